"""Creating and changing ads; what people see goes through review."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from adaccounts.models import AdAccount
from assets.models import Creative

from ..models import Ad, AdFormat, AdGroup, CallToAction, Objective, OperationStatus
from ..queries import suitability
from . import audit, editing
from .errors import CampaignDeactivated, InvalidInput, LimitReached, NodeDeleted
from .inputs import AdInput
from .review import submit_review
from .rules import policy, texts

MOST_ADS = 50
REVIEWED = frozenset({"creative", "ad_format", "text", "display_name", "landing_page_url"})
EDITABLE = REVIEWED | {"name", "call_to_action", "extra"}
_KINDS = {AdFormat.VIDEO: Creative.Kind.VIDEO, AdFormat.IMAGE: Creative.Kind.IMAGE}


def check_ad(data: AdInput, *, ad_group: AdGroup) -> None:
    """Raises InvalidInput for the first rule the ad breaks."""
    texts.check_name(data.name)
    texts.check_display_name(data.display_name)
    texts.check_ad_text(data.text)
    if data.operation_status not in (OperationStatus.ENABLE, OperationStatus.DISABLE):
        raise InvalidInput("A new ad is on or off.", field="operation_status")
    if data.call_to_action not in CallToAction.values:
        raise InvalidInput("Choose a call to action.", field="call_to_action")
    objective = ad_group.campaign.objective
    texts.check_landing_page(
        data.landing_page_url, required=suitability.needs_landing_page(objective)
    )
    _check_creative(data, ad_group=ad_group)


def _check_words(ad_account: AdAccount, values: Mapping[str, Any]) -> None:
    """Only of what is new or changed: a word blocked later must not keep people from mending an
    ad's link."""
    found = policy.first_blocked(values, ad_account.blocked_words)
    if found is not None:
        raise InvalidInput(found.explanation, field=found.field)


def _check_creative(data: AdInput, *, ad_group: AdGroup) -> None:
    if data.ad_format not in AdFormat.values:
        raise InvalidInput("Choose a video or an image ad.", field="ad_format")
    if data.creative.ad_account_id != ad_group.ad_account_id:
        raise InvalidInput("This creative belongs to another ad account.", field="creative")
    if data.creative.kind != _KINDS[AdFormat(data.ad_format)]:
        wanted = Creative.Kind(_KINDS[AdFormat(data.ad_format)]).label.lower()
        raise InvalidInput(f"This format needs a creative of kind {wanted}.", field="creative")
    if not suitability.suits_format(ad_group.optimization_goal, data.ad_format):
        label = Objective(ad_group.campaign.objective).label
        raise InvalidInput(f"{label} are counted on videos: choose a video.", field="ad_format")


def _next_ordinal(ad_account: AdAccount) -> int:
    accounts = AdAccount.objects.filter(pk=ad_account.pk)
    accounts.update(next_ad_ordinal=F("next_ad_ordinal") + 1)
    return accounts.values_list("next_ad_ordinal", flat=True).get() - 1


@transaction.atomic
def create_ad(*, ad_group: AdGroup, data: AdInput, actor: User | None, at: datetime) -> Ad:
    """The ad exists and its review is submitted; it delivers once approved.

    Raises InvalidInput, NodeDeleted or CampaignDeactivated for its parents, LimitReached at 50.
    """
    group = editing.locked(ad_group)
    campaign = group.campaign
    if campaign.is_deleted:
        raise NodeDeleted(f"Campaign {campaign.name} is deleted; deleting is final.")
    if campaign.is_deactivated:
        raise CampaignDeactivated(f"{campaign.name} is deactivated; recreate it to go on.")
    check_ad(data, ad_group=group)
    _check_words(group.ad_account, vars(data))
    if Ad.objects.filter(ad_group=group).not_deleted().count() >= MOST_ADS:
        raise LimitReached(f"An ad group holds at most {MOST_ADS} ads.")
    values = {**_values(data), "name": data.name.strip(), "extra": dict(data.extra)}
    ad = Ad.objects.create(
        ad_account=group.ad_account,
        campaign=campaign,
        ad_group=group,
        ordinal=_next_ordinal(group.ad_account),
        created_at=at,
        modified_at=at,
        **values,
    )
    _learn_again(group)
    submit_review(ad=ad, at=at)
    audit.record(
        node=ad,
        actor=actor,
        at=at,
        verb="create",
        summary=f"Created ad in {group.name} and submitted it for review"[:300],
        after=audit.snapshot(ad, values),
    )
    return ad


@transaction.atomic
def update_ad(
    *,
    ad: Ad,
    changes: Mapping[str, Any],
    expected_version: int | None,
    actor: User | None,
    at: datetime,
) -> Ad:
    """The ad carries the changes; changed creative, texts or link go through review again, and an
    approved ad keeps running meanwhile. A new creative starts without fatigue.

    Raises InvalidInput, FieldIsFixed, StaleVersion, NodeDeleted, CampaignDeactivated.
    """
    row = editing.locked(ad, expected_version=expected_version, changes=changes)
    found = editing.real_changes(row, changes, editable=EDITABLE)
    if not found:
        return row
    if row.campaign.is_deactivated:
        raise CampaignDeactivated(f"{row.campaign.name} is deactivated and stays as it was.")
    check_ad(replace(AdInput(**_values(row)), **found), ad_group=row.ad_group)
    _check_words(row.ad_account, found)
    if "creative" in found:
        row.creative_revision += 1
        _learn_again(row.ad_group)
    if REVIEWED & found.keys():
        submit_review(ad=row, at=at)
    editing.apply(row, found, actor=actor, at=at)
    return row


def _learn_again(group: AdGroup) -> None:
    """Another creative is something new to learn about."""
    AdGroup.objects.filter(pk=group.pk).update(learning_epoch=F("learning_epoch") + 1)


def _values(source: AdInput | Ad) -> dict[str, Any]:
    return {field.name: getattr(source, field.name) for field in fields(AdInput)}
