"""What every change of a campaign, ad group or ad leaves behind: one entry in the activity log."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import User
from accounts.services import record_activity
from bizcenter.lib import money

from ..models import Ad, AdGroup, Campaign

Node = Campaign | AdGroup | Ad
_WORDS: dict[type[models.Model], tuple[str, str]] = {
    Campaign: ("campaign", "Campaign"),
    AdGroup: ("ad_group", "Ad group"),
    Ad: ("ad", "Ad"),
}


def kind_of(node: Node) -> str:
    """ "campaign", "ad_group" or "ad": the word in references and action names."""
    return _WORDS[type(node)][0]


def title_of(node: Node) -> str:
    return _WORDS[type(node)][1]


def reference_of(node: Node) -> str:
    return f"{kind_of(node)}:{node.pk}"


def plain(value: Any) -> Any:
    """A value as the log and JSON can keep it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value


def snapshot(node: Node, fields: Iterable[str]) -> dict[str, Any]:
    return {name: plain(getattr(node, name)) for name in fields}


def record(
    *,
    node: Node,
    actor: User | None,
    at: datetime,
    verb: str,
    summary: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """The change is in the activity log of the ad account, in the caller's transaction."""
    record_activity(
        business_center=node.ad_account.business_center,
        actor=actor,
        at=at,
        action=f"{verb}_{kind_of(node)}",
        summary=summary,
        reference=reference_of(node),
        label=node.name,
        ad_account_id=node.ad_account_id,
        before=_in_words(node, before),
        after=_in_words(node, after),
    )


def _in_words(node: Node, values: Mapping[str, Any] | None) -> dict[str, Any]:
    """Money with its currency: who reads the log must not know of minor units."""
    found, currency = dict(values or {}), node.ad_account.currency
    if found.get("budget") is not None:
        found["budget"] = money.format_minor(found["budget"], currency)
    if "bid_micros" in found:
        bid = found.pop("bid_micros")
        amount = None if bid is None else money.micros_to_decimal(bid)
        found["bid"] = None if amount is None else money.format_amount(amount, currency)
    return found
