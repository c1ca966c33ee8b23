"""Short findings: what did best, what moved most, what needs a hand. Each leads to its object."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Count, QuerySet

from adaccounts.models import AdAccount
from bizcenter.lib import money
from bizcenter.lib.periods import Period
from campaigns.models import Ad, AdGroup, Campaign, OperationStatus, ReviewState
from campaigns.queries import metrics, totals
from campaigns.queries.totals import Totals

from .overview import AccountFigures

Kind = Literal["account_campaigns", "campaign", "rejected_ads", "ad_account", "finance"]
NOTEWORTHY_PERCENT = 20
EACH = 3  # findings of one sort
FOR_GOOD = date.max  # how a used-up lifetime budget is marked


@dataclass(frozen=True)
class Insight:
    """`tone` and `icon` are for the eye; `target` says which page `target_id` is opened on."""

    tone: Literal["green", "red", "amber", "blue"]
    icon: str
    title: str
    text: str
    target: Kind
    ad_account_id: int
    target_id: int = 0


def insights(
    accounts: QuerySet[AdAccount], biggest: Sequence[AccountFigures], period: Period
) -> list[Insight]:
    """Warnings first, then the top campaign and the biggest change among the `biggest` accounts."""
    campaigns = totals.by_node(
        "campaign",
        ad_account_ids=accounts.order_by().values("pk"),
        first_day=period.start,
        last_day=period.end,
    )
    found = [*_out_of_balance(accounts), *_rejected(accounts), *_out_of_budget(accounts)]
    return [*found, *_top(campaigns), *_biggest_change(biggest)]


def _out_of_balance(accounts: QuerySet[AdAccount]) -> list[Insight]:
    empty = accounts.filter(delivery_cursor__is_out_of_balance=True)[:EACH]
    return [
        Insight(
            "red",
            "wallet",
            f"{account.name} is out of balance",
            "Nothing delivers there until balance is added.",
            "ad_account",
            account.pk,
        )
        for account in empty
    ]


def _rejected(accounts: QuerySet[AdAccount]) -> list[Insight]:
    rejected = (
        Ad.objects.filter(
            ad_account__in=accounts.order_by().values("pk"), review_state=ReviewState.REJECTED
        )
        .exclude(operation_status=OperationStatus.DELETE)
        .exclude(campaign__operation_status=OperationStatus.DELETE)
        .filter(campaign__deactivated_at=None)
        .order_by()
        .values_list("ad_account_id", "ad_account__name")
        .annotate(number=Count("pk"))
        .order_by("-number", "ad_account_id")[:EACH]
    )
    return [
        Insight(
            "amber",
            "circle-x",
            f"{number} {'ad was' if number == 1 else 'ads were'} not approved",
            f"In {name}. Each says which words broke which rule.",
            "rejected_ads",
            account_id,
        )
        for account_id, name, number in rejected
    ]


def _out_of_budget(accounts: QuerySet[AdAccount]) -> list[Insight]:
    """Ad accounts in which running campaigns or ad groups have used up their budgets for good."""
    groups = (
        AdGroup.objects.filter(
            ad_account__in=accounts.order_by().values("pk"),
            operation_status=OperationStatus.ENABLE,
            campaign__operation_status=OperationStatus.ENABLE,
            exhausted_on=FOR_GOOD,
        )
        .order_by()
        .values_list("ad_account_id", "ad_account__name")
        .annotate(number=Count("pk"))
        .order_by("-number", "ad_account_id")[:EACH]
    )
    return [
        Insight(
            "amber",
            "coin",
            f"{number} {'ad group has' if number == 1 else 'ad groups have'} used up the budget",
            f"In {name}. Raise the lifetime budget or let them end.",
            "account_campaigns",
            account_id,
        )
        for account_id, name, number in groups
    ]


def _top(figures: dict[int, Totals]) -> list[Insight]:
    """The campaign with most conversions; with most clicks where nothing converted."""
    if not figures:
        return []
    best = max(figures, key=lambda key: (figures[key].conversions, figures[key].clicks, -key))
    campaign = Campaign.objects.select_related("ad_account").get(pk=best)
    account, sums = campaign.ad_account, figures[best]
    metric = metrics.CONVERSIONS if sums.conversions else metrics.CLICKS
    spent = money.format_minor(sums.spend, account.currency)
    return [
        Insight(
            "green",
            "crown",
            f"“{campaign.name}” brings most",
            f"{metric.text(sums, account.currency)} {metric.label.lower()} for {spent}, in "
            f"{account.name}.",
            "campaign",
            account.pk,
            campaign.pk,
        )
    ]


def _biggest_change(accounts: Sequence[AccountFigures]) -> list[Insight]:
    """The account whose spend moved most against the period before."""
    changes = [
        (change, each, each.before)
        for each in accounts
        if each.before is not None
        and (change := each.spend_change) is not None
        and abs(change) >= NOTEWORTHY_PERCENT
    ]
    if not changes:
        return []
    change, each, then = max(changes, key=lambda found: abs(found[0]))
    account, way = each.ad_account, "up" if change > 0 else "down"
    now, before = (money.format_minor(t.spend, account.currency) for t in (each.now, then))
    return [
        Insight(
            "blue",
            f"trending-{way}",
            f"Spend in {account.name} went {way} by {abs(change):.0f} %",
            f"{now} after {before} in the period before.",
            "ad_account",
            account.pk,
        )
    ]
