"""What a campaign, ad group or ad has spent, in minor units: on a day, or in all."""

from datetime import date

from django.db.models import Q, QuerySet, Sum

from ..models import Ad, AdGroup, BudgetMode, Campaign, DayFact, DeliveryCursor, HourFact

Node = Campaign | AdGroup | Ad


def ads_of(node: Node) -> QuerySet:
    """The ids of the node's ads, the deleted ones too: their spend stays."""
    if isinstance(node, Ad):
        return Ad.objects.filter(pk=node.pk).values("pk")
    return node.ads.values("pk")


def lifetime_spend(node: Node) -> int:
    return _closed_spend(node, Q()) + _open_spend(node)


def spend_on(node: Node, day: date) -> int:
    """Spend of the account-local day."""
    cursor = DeliveryCursor.objects.filter(ad_account_id=node.ad_account_id).first()
    if cursor is not None and cursor.open_day == day:
        return _open_spend(node)
    return _closed_spend(node, Q(day=day))


def spend_for_budget(node: Campaign | AdGroup, *, day: date) -> int:
    """Spend that the node's budget has to cover: of the day, or of its whole life."""
    return spend_on(node, day) if node.budget_mode == BudgetMode.DAY else lifetime_spend(node)


def _closed_spend(node: Node, days: Q) -> int:
    facts = DayFact.objects.filter(days, ad_id__in=ads_of(node))
    return facts.aggregate(spend=Sum("spend", default=0))["spend"]


def _open_spend(node: Node) -> int:
    cursor = DeliveryCursor.objects.filter(ad_account_id=node.ad_account_id).first()
    if cursor is None:
        return 0
    facts = HourFact.objects.filter(
        ad_id__in=ads_of(node), slot__gte=node.ad_account.day_start(cursor.open_day)
    )
    return facts.aggregate(spend=Sum("spend", default=0))["spend"]
