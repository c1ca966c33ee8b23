"""Giving back what a day billed above its budget, where an account's delivery may do that."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from adaccounts.models import AdAccount
from billing import ledger
from billing.models import BillableItem, Books, LedgerAccount, Posting
from billing.queries import campaign_reference, month_of, spend_by_campaign
from bizcenter.lib.errors import DomainError

from .spending import MonthIsClosed

_Kind = LedgerAccount.Kind
LONGEST_NAME = 140


class CreditAboveCost(DomainError):
    """More would be given back than the campaign cost on the day."""

    code = "credit_above_cost"


@transaction.atomic
def credit_over_delivery(
    *, ad_account: AdAccount, day: date, amounts: Mapping[int, int], at: datetime
) -> list[Posting]:
    """The wallet has back what the campaigns (by id, minor units above zero) billed too much on
    the account-local day: one posting for each, once; one that is there stays as it is.

    The cost stays what was delivered. Raises CreditAboveCost, and MonthIsClosed when the day's
    month was invoiced without the credit.
    """
    if any(amount <= 0 for amount in amounts.values()):
        raise ValueError("a credit is above zero")
    keys = {campaign: f"credit:{ad_account.pk}:{day}:{campaign}" for campaign in sorted(amounts)}
    # Invoicing holds this row while it reads what the month cost.
    books = Books.objects.select_for_update(no_key=True).filter(pk=ad_account.pk).first()
    known = {each.key: each for each in Posting.objects.filter(key__in=keys.values())}
    new = {campaign: amounts[campaign] for campaign, key in keys.items() if key not in known}
    if new:
        _check(ad_account, day, new, books)
        names = _names(new)
        for campaign, amount in new.items():
            name = names.get(campaign_reference(campaign), str(campaign))
            known[keys[campaign]] = _post(
                ad_account, day, at, key=keys[campaign], campaign=campaign, name=name, amount=amount
            )
    return [known[key] for key in keys.values()]


def _check(ad_account: AdAccount, day: date, new: Mapping[int, int], books: Books | None) -> None:
    if books is not None and books.open_month > month_of(day):
        raise MonthIsClosed("This month has been invoiced; nothing of it is credited any more.")
    cost = spend_by_campaign(ad_account=ad_account, first_day=day, last_day=day)
    for campaign, amount in new.items():
        if amount > cost.get(campaign, 0):
            raise CreditAboveCost(
                f"Campaign {campaign} cost less on {day:%-d %b} than is to be credited."
            )


def _names(campaigns: Mapping[int, int]) -> dict[str, str]:
    references = [campaign_reference(campaign) for campaign in campaigns]
    items = BillableItem.objects.filter(reference__in=references)
    return {item.reference: item.label[:LONGEST_NAME] for item in items}


def _post(
    ad_account: AdAccount,
    day: date,
    at: datetime,
    *,
    key: str,
    campaign: int,
    name: str,
    amount: int,
) -> Posting:
    return ledger.post(
        key=key,
        kind=Posting.Kind.CREDIT,
        ad_account=ad_account,
        at=at,
        day=day,
        label=f"Credit for over-delivery on {day:%-d %b}, campaign {name}",
        entries=[
            ledger.Move(_Kind.CREDIT, -amount, campaign_reference(campaign)),
            ledger.Move(_Kind.WALLET, amount),
        ],
        actor=None,
    )
