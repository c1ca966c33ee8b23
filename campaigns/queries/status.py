"""The two-level status of campaigns, ad groups and ads: one list of causes in order of precedence.

Pure functions over rows already loaded: the first cause that applies is what people are told.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from adaccounts.models import AdAccount

from ..models import Ad, AdGroup, Campaign, ReviewState, StopKind, StopRequest
from .causes import TEXTS, Cause, Level, Primary


@dataclass(frozen=True)
class Status:
    """`primary` and `secondary` are people's words, `code` is the Business API's secondary_status,
    `next_step` what to do about it, if anything. `cause` is stable: for styles and tests."""

    primary: Primary
    secondary: str
    code: str
    next_step: str
    cause: Cause


ACCOUNT_CAUSES: dict[AdAccount.Status, Cause | None] = {
    AdAccount.Status.APPROVED: None,
    AdAccount.Status.IN_REVIEW: Cause.ACCOUNT_IN_REVIEW,
    AdAccount.Status.DISAPPROVED: Cause.ACCOUNT_DENIED,
    AdAccount.Status.CONTRACT_PENDING: Cause.ACCOUNT_CONTRACT,
    AdAccount.Status.SUSPENDED: Cause.ACCOUNT_SUSPENDED,
    AdAccount.Status.DISABLED: Cause.ACCOUNT_DISABLED,
}


class Purse(NamedTuple):
    """Whether the account could pay for another event."""

    has_money: bool = True
    has_cap_left: bool = True


class AdsReview(NamedTuple):
    """How the ads of an ad group (deleted ones aside) stand in review."""

    total: int = 0
    running: int = 0  # approved, or approved earlier and edited since
    waiting: int = 0  # never approved and in review
    denied: int = 0


def campaign_status(
    campaign: Campaign,
    *,
    account: AdAccount,
    at: datetime,
    open_stop: StopRequest | None,
    purse: Purse,
) -> Status:
    causes = _account_causes(account) | _money_causes(campaign, account, at, purse)
    if campaign.is_deleted:
        causes.add(Cause.DELETED)
    if campaign.is_deactivated:
        causes.add(Cause.DEACTIVATED)
    if not campaign.is_on:
        causes.add(Cause.OFF)
    if open_stop is not None:
        is_final = open_stop.kind == StopKind.DEACTIVATE
        causes.add(Cause.DEACTIVATING if is_final else Cause.PAUSING)
    return _status(Level.CAMPAIGN, causes)


def ad_group_status(
    group: AdGroup,
    campaign: Campaign,
    *,
    account: AdAccount,
    at: datetime,
    purse: Purse,
    ads_review: AdsReview,
) -> Status:
    causes = _account_causes(account) | _money_causes(campaign, account, at, purse)
    causes |= _parent_causes(campaign) | _schedule_causes(group, account, at)
    if group.is_deleted:
        causes.add(Cause.DELETED)
    if not group.is_on:
        causes.add(Cause.OFF)
    if not ads_review.total:
        causes.add(Cause.NO_ADS)
    elif ads_review.denied == ads_review.total:
        causes.add(Cause.DENIED)
    elif not ads_review.running:
        causes.add(Cause.IN_REVIEW)
    elif ads_review.denied:
        causes.add(Cause.PARTLY_DENIED)
    return _status(Level.AD_GROUP, causes)


def ad_status(
    ad: Ad,
    group: AdGroup,
    campaign: Campaign,
    *,
    account: AdAccount,
    at: datetime,
    purse: Purse,
) -> Status:
    causes = _account_causes(account) | _money_causes(campaign, account, at, purse)
    causes |= _parent_causes(campaign) | _schedule_causes(group, account, at)
    if ad.is_deleted:
        causes.add(Cause.DELETED)
    if group.is_deleted:
        causes.add(Cause.GROUP_DELETED)
    if not ad.is_on:
        causes.add(Cause.OFF)
    if not group.is_on:
        causes.add(Cause.GROUP_OFF)
    if ad.review_state == ReviewState.REJECTED:
        causes.add(Cause.DENIED)
    elif ad.review_state == ReviewState.PENDING:
        causes.add(_waiting_cause(ad))
    return _status(Level.AD, causes)


def _waiting_cause(ad: Ad) -> Cause:
    if ad.is_runnable:
        return Cause.RUNNING_EDITED
    return Cause.EDIT_IN_REVIEW if ad.approved_at is not None else Cause.IN_REVIEW


def _account_causes(account: AdAccount) -> set[Cause]:
    cause = ACCOUNT_CAUSES[AdAccount.Status(account.status)]
    return set() if cause is None else {cause}


def _parent_causes(campaign: Campaign) -> set[Cause]:
    if campaign.is_deleted:
        return {Cause.CAMPAIGN_DELETED}
    if campaign.is_deactivated:
        return {Cause.CAMPAIGN_DEACTIVATED}
    return set() if campaign.is_on else {Cause.CAMPAIGN_OFF}


def _money_causes(campaign: Campaign, account: AdAccount, at: datetime, purse: Purse) -> set[Cause]:
    causes = set() if purse.has_money else {Cause.NO_BALANCE}
    if not purse.has_cap_left:
        causes.add(Cause.ACCOUNT_CAP)
    if campaign.is_exhausted(account.day_of(at)):
        causes.add(Cause.CAMPAIGN_BUDGET)
    return causes


def _schedule_causes(group: AdGroup, account: AdAccount, at: datetime) -> set[Cause]:
    causes = set()
    if group.is_exhausted(account.day_of(at)):
        causes.add(Cause.GROUP_BUDGET)
    if group.end_at is not None and group.end_at <= at:
        causes.add(Cause.COMPLETED)
    if group.start_at > at or not group.is_scheduled_hour(account.local(at)):
        causes.add(Cause.OUTSIDE_SCHEDULE)
    return causes


def _status(level: Level, causes: set[Cause]) -> Status:
    cause = next((each for each in Cause if each in causes), Cause.ACTIVE)
    text = TEXTS[cause][level]
    return Status(cause.primary, text.secondary, text.code, text.next_step, cause)
