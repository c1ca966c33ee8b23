"""Advertising cost as posted, by campaign and by day; equal to what reports call spend. What was
credited for over-delivery lies beside it: what was paid is cost minus credit."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet, Sum

from adaccounts.models import AdAccount
from billing.models import Entry, LedgerAccount

CAMPAIGN = "campaign:"


def campaign_reference(campaign_id: int) -> str:
    return f"{CAMPAIGN}{campaign_id}"


def campaign_id_of(reference: str) -> int | None:
    """The campaign behind a reference, or None when it names something else."""
    return int(reference.removeprefix(CAMPAIGN)) if reference.startswith(CAMPAIGN) else None


def costs(*, ad_accounts: Sequence[AdAccount], first_day: date, last_day: date) -> QuerySet[Entry]:
    """Cost entries of the account-local days, both included."""
    return _entries(ad_accounts, first_day, last_day).filter(account__kind=LedgerAccount.Kind.COST)


def _entries(ad_accounts: Sequence[AdAccount], first: date, last: date) -> QuerySet[Entry]:
    return Entry.objects.filter(
        posting__ad_account__in=ad_accounts, posting__day__range=(first, last)
    ).order_by()


def paid(*, ad_accounts: Sequence[AdAccount], first_day: date, last_day: date) -> QuerySet[Entry]:
    """Entries of cost and, with the other sign, of credits: their sum is what was paid."""
    return _entries(ad_accounts, first_day, last_day).filter(
        account__kind__in=[LedgerAccount.Kind.COST, LedgerAccount.Kind.CREDIT]
    )


def spend_by_campaign(*, ad_account: AdAccount, first_day: date, last_day: date) -> dict[int, int]:
    """{campaign id: minor units} for the days, both included."""
    found = costs(ad_accounts=[ad_account], first_day=first_day, last_day=last_day)
    return _by_campaign(found)


def credits_by_campaign(
    *, ad_account: AdAccount, first_day: date, last_day: date
) -> dict[int, int]:
    """{campaign id: minor units above zero} credited for over-delivery on the days."""
    found = _entries([ad_account], first_day, last_day)
    sums = _by_campaign(found.filter(account__kind=LedgerAccount.Kind.CREDIT))
    return {campaign: -amount for campaign, amount in sums.items()}


def _by_campaign(entries: QuerySet[Entry]) -> dict[int, int]:
    rows = (
        entries.filter(reference__startswith=CAMPAIGN)
        .values_list("reference")
        .annotate(total=Sum("amount"))
    )
    return {int(reference.removeprefix(CAMPAIGN)): total for reference, total in rows}


def costs_by_day(*, ad_account: AdAccount, first_day: date, last_day: date) -> dict[date, int]:
    """{account-local day: minor units}; days without cost are missing."""
    rows = (
        costs(ad_accounts=[ad_account], first_day=first_day, last_day=last_day)
        .values_list("posting__day")
        .annotate(total=Sum("amount"))
    )
    return dict(rows)


def spend_of_days(*, ad_account: AdAccount, first_day: date, last_day: date) -> int:
    """All cost of the days, both included."""
    found = costs(ad_accounts=[ad_account], first_day=first_day, last_day=last_day)
    return found.aggregate(total=Sum("amount"))["total"] or 0
