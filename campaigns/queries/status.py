"""The two-level status of campaigns, ad groups and ads: one list of causes in order of precedence.

Pure functions over rows already loaded: the first cause that applies is what people are told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from adaccounts.models import AdAccount

from ..models import Ad, AdGroup, Campaign, ReviewState, StopKind, StopRequest
from .causes import TEXTS, Cause, Level, Primary
from .pending import Pending, clock_time

Node = Campaign | AdGroup | Ad
IsOn = Callable[[Node], bool]


@dataclass(frozen=True)
class Status:
    """`primary` and `secondary` are people's words, `code` is the Business API's secondary_status,
    `next_step` what to do about it, if anything. `cause` is stable: for styles and tests. `asked`
    is the cause by the rows alone; it differs while a switch is being processed."""

    primary: Primary
    secondary: str
    code: str
    next_step: str
    cause: Cause
    asked: Cause


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


@dataclass(frozen=True)
class Surroundings:
    """What the statuses of an account's nodes have in common: `pending` are its switches that are
    not processed."""

    account: AdAccount
    at: datetime
    purse: Purse
    pending: Mapping[int, Pending]


def campaign_status(
    campaign: Campaign, around: Surroundings, *, open_stop: StopRequest | None
) -> Status:
    def causes(is_on: IsOn) -> set[Cause]:
        found = _account_causes(around.account) | _money_causes(campaign, around)
        if campaign.is_deleted:
            found.add(Cause.DELETED)
        if campaign.is_deactivated:
            found.add(Cause.DEACTIVATED)
        if not is_on(campaign):
            found.add(Cause.OFF)
        if open_stop is not None:
            is_final = open_stop.kind == StopKind.DEACTIVATE
            found.add(Cause.DEACTIVATING if is_final else Cause.PAUSING)
        return found

    return _status(Level.CAMPAIGN, causes, [campaign], around)


def ad_group_status(
    group: AdGroup, campaign: Campaign, around: Surroundings, *, ads_review: AdsReview
) -> Status:
    def causes(is_on: IsOn) -> set[Cause]:
        found = _account_causes(around.account) | _money_causes(campaign, around)
        found |= _parent_causes(campaign, is_on) | _schedule_causes(group, around)
        if group.is_deleted:
            found.add(Cause.DELETED)
        if not is_on(group):
            found.add(Cause.OFF)
        if (review := _ads_cause(ads_review)) is not None:
            found.add(review)
        return found

    return _status(Level.AD_GROUP, causes, [group, campaign], around)


def ad_status(ad: Ad, group: AdGroup, campaign: Campaign, around: Surroundings) -> Status:
    def causes(is_on: IsOn) -> set[Cause]:
        found = _account_causes(around.account) | _money_causes(campaign, around)
        found |= _parent_causes(campaign, is_on) | _schedule_causes(group, around)
        if ad.is_deleted:
            found.add(Cause.DELETED)
        if group.is_deleted:
            found.add(Cause.GROUP_DELETED)
        if not is_on(ad):
            found.add(Cause.OFF)
        if not is_on(group):
            found.add(Cause.GROUP_OFF)
        if ad.review_state == ReviewState.REJECTED:
            found.add(Cause.DENIED)
        elif ad.review_state == ReviewState.PENDING:
            found.add(_waiting_cause(ad))
        return found

    return _status(Level.AD, causes, [ad, group, campaign], around)


def _ads_cause(review: AdsReview) -> Cause | None:
    if not review.total:
        return Cause.NO_ADS
    if review.denied == review.total:
        return Cause.DENIED
    if not review.running:
        return Cause.IN_REVIEW
    return Cause.PARTLY_DENIED if review.denied else None


def _waiting_cause(ad: Ad) -> Cause:
    if ad.is_runnable:
        return Cause.RUNNING_EDITED
    return Cause.EDIT_IN_REVIEW if ad.approved_at is not None else Cause.IN_REVIEW


def _account_causes(account: AdAccount) -> set[Cause]:
    cause = ACCOUNT_CAUSES[AdAccount.Status(account.status)]
    return set() if cause is None else {cause}


def _parent_causes(campaign: Campaign, is_on: IsOn) -> set[Cause]:
    if campaign.is_deleted:
        return {Cause.CAMPAIGN_DELETED}
    if campaign.is_deactivated:
        return {Cause.CAMPAIGN_DEACTIVATED}
    return set() if is_on(campaign) else {Cause.CAMPAIGN_OFF}


def _money_causes(campaign: Campaign, around: Surroundings) -> set[Cause]:
    causes = set() if around.purse.has_money else {Cause.NO_BALANCE}
    if not around.purse.has_cap_left:
        causes.add(Cause.ACCOUNT_CAP)
    if campaign.is_exhausted(around.account.day_of(around.at)):
        causes.add(Cause.CAMPAIGN_BUDGET)
    return causes


def _schedule_causes(group: AdGroup, around: Surroundings) -> set[Cause]:
    account, at = around.account, around.at
    causes = set()
    if group.is_exhausted(account.day_of(at)):
        causes.add(Cause.GROUP_BUDGET)
    if group.end_at is not None and group.end_at <= at:
        causes.add(Cause.COMPLETED)
    if group.start_at > at or not group.is_scheduled_hour(account.local(at)):
        causes.add(Cause.OUTSIDE_SCHEDULE)
    return causes


_SWITCHED_OFF = {Cause.OFF, Cause.GROUP_OFF, Cause.CAMPAIGN_OFF}


def _status(
    level: Level,
    causes: Callable[[IsOn], set[Cause]],
    nodes: Sequence[Node],
    around: Surroundings,
) -> Status:
    """By the rows; where a switch between them and what delivers now is pending, that is said."""
    asked = _first(causes(lambda node: node.is_on))
    told, code, time = asked, TEXTS[asked][level].code, ""
    if waiting := [around.pending[node.pk] for node in nodes if node.pk in around.pending]:
        now = _first(causes(lambda node: _delivers(node, around)))
        if now.primary == Primary.ACTIVE and asked in _SWITCHED_OFF:
            told, moment = Cause.SWITCHING_OFF, min(each.until for each in waiting if each.is_on)
        elif now in _SWITCHED_OFF and asked.primary == Primary.ACTIVE:
            told, moment = Cause.SWITCHING_ON, max(each.until for each in waiting)
        if told != asked:
            time = clock_time(moment, account=around.account, at=around.at)
    text = TEXTS[told][level]
    step = text.next_step.format(time=time)
    return Status(told.primary, text.secondary, code, step, told, asked)


def _delivers(node: Node, around: Surroundings) -> bool:
    pending = around.pending.get(node.pk)
    return node.is_on if pending is None else pending.is_on


def _first(causes: set[Cause]) -> Cause:
    return next((each for each in Cause if each in causes), Cause.ACTIVE)
