"""A Business Center's money: every ad account's balance and spend, summed per currency only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import BusinessCenter
from adaccounts.models import AdAccount
from billing.models import Entry, LedgerAccount

from .months import month_of


@dataclass(frozen=True)
class AccountMoney:
    """An ad account's balance and spend, in minor units; days are its own."""

    ad_account: AdAccount
    balance: int
    owed: int
    today: int
    month: int


@dataclass(frozen=True)
class CurrencyTotals:
    """What all accounts of one currency hold together."""

    currency: str
    accounts: int
    balance: int
    owed: int
    today: int
    month: int


def money_of_accounts(ad_accounts: Sequence[AdAccount], *, at: datetime) -> list[AccountMoney]:
    """Balance, tax owed, spend today and this month, in two queries however many accounts."""
    held: dict[tuple[int, str], int] = {
        (account, kind): balance
        for account, kind, balance in LedgerAccount.objects.filter(
            ad_account__in=ad_accounts
        ).values_list("ad_account_id", "kind", "balance")
    }
    spent = _spent(ad_accounts, at)
    return [
        AccountMoney(
            ad_account=account,
            balance=held.get((account.pk, LedgerAccount.Kind.WALLET), 0),
            owed=-held.get((account.pk, LedgerAccount.Kind.PAYABLE), 0),
            today=spent.get(account.pk, (0, 0))[0],
            month=spent.get(account.pk, (0, 0))[1],
        )
        for account in ad_accounts
    ]


def _spent(ad_accounts: Sequence[AdAccount], at: datetime) -> dict[int, tuple[int, int]]:
    today, month = Q(pk__in=[]), Q(pk__in=[])
    for account in ad_accounts:
        day = account.day_of(at)
        own = Q(posting__ad_account=account)
        today |= own & Q(posting__day=day)
        month |= own & Q(posting__day__range=(month_of(day), day))
    rows = (
        Entry.objects.filter(month, account__kind=LedgerAccount.Kind.COST)
        .order_by()
        .values_list("posting__ad_account_id")
        .annotate(today=Sum("amount", filter=today), month=Sum("amount"))
    )
    return {account: (day or 0, whole) for account, day, whole in rows}


def totals_by_currency(business_center: BusinessCenter, *, at: datetime) -> list[CurrencyTotals]:
    """One row for each currency, summed by the database: nothing is ever converted."""
    own = AdAccount.objects.filter(business_center=business_center).order_by()
    held = (
        LedgerAccount.objects.filter(business_center=business_center)
        .order_by()
        .values_list("currency", "kind")
        .annotate(total=Sum("balance"))
    )
    balances = {(currency, kind): total for currency, kind, total in held}
    spent = _spent_by_currency(business_center, _days(own, at))
    counts = own.values_list("currency").annotate(number=Count("pk"))
    return [
        CurrencyTotals(
            currency=currency,
            accounts=number,
            balance=balances.get((currency, LedgerAccount.Kind.WALLET), 0),
            owed=-balances.get((currency, LedgerAccount.Kind.PAYABLE), 0),
            today=spent.get(currency, (0, 0))[0],
            month=spent.get(currency, (0, 0))[1],
        )
        for currency, number in counts.order_by("currency")
    ]


def _days(accounts: QuerySet[AdAccount], at: datetime) -> dict[int, date]:
    """{offset from UTC in minutes: what day it is there}"""
    offsets = accounts.values_list("utc_offset_minutes", flat=True).distinct()
    return {offset: AdAccount(utc_offset_minutes=offset).day_of(at) for offset in offsets}


def _spent_by_currency(
    business_center: BusinessCenter, days: dict[int, date]
) -> dict[str, tuple[int, int]]:
    today, month = Q(pk__in=[]), Q(pk__in=[])
    for offset, day in days.items():
        there = Q(posting__ad_account__utc_offset_minutes=offset)
        today |= there & Q(posting__day=day)
        month |= there & Q(posting__day__range=(month_of(day), day))
    rows = (
        Entry.objects.filter(
            month,
            account__kind=LedgerAccount.Kind.COST,
            posting__ad_account__business_center=business_center,
        )
        .order_by()
        .values_list("account__currency")
        .annotate(today=Sum("amount", filter=today), month=Sum("amount"))
    )
    return {currency: (day or 0, whole) for currency, day, whole in rows}


def accounts_of(business_center: BusinessCenter) -> QuerySet[AdAccount]:
    """All ad accounts of the Business Center: finance sees the money of every one."""
    found = AdAccount.objects.filter(business_center=business_center)
    return found.select_related("business_center").order_by("name", "id")
