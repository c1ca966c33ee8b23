"""The books of a month beside its invoice, so that anybody can see that they agree."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from adaccounts.models import AdAccount
from billing.models import Entry, Invoice, InvoiceLine, LedgerAccount, Posting

from .months import last_day, month_of
from .spend import campaign_id_of, costs_by_day, credits_by_campaign, spend_by_campaign

_Kind = LedgerAccount.Kind


@dataclass(frozen=True)
class Reconciliation:
    """One account and month; amounts in minor units."""

    month: date
    by_campaign: dict[int, int]
    by_day: dict[date, int]
    credited_by_campaign: dict[int, int]
    opening_balance: int
    added: int
    closing_balance: int
    invoice: Invoice | None
    invoiced_by_campaign: dict[int, int]

    @property
    def cost(self) -> int:
        return sum(self.by_campaign.values())

    @property
    def credited(self) -> int:
        return sum(self.credited_by_campaign.values())

    @property
    def paid_by_campaign(self) -> dict[int, int]:
        """Cost minus credit; campaigns that were credited all they cost are missing."""
        paid = {
            campaign: cost - self.credited_by_campaign.get(campaign, 0)
            for campaign, cost in self.by_campaign.items()
        }
        return {campaign: amount for campaign, amount in paid.items() if amount}

    @property
    def differences(self) -> dict[str, int]:
        """Every figure that must be zero, by what it compares."""
        found = {
            "campaigns and days": self.cost - sum(self.by_day.values()),
            "balance": self.opening_balance
            + self.added
            + self.credited
            - self.cost
            - self.closing_balance,
            "credits and cost": self.cost - self.credited - sum(self.paid_by_campaign.values()),
        }
        if self.invoice is not None:
            found["cost and invoice"] = self.cost - self.credited - self.invoice.net
            found["invoice lines"] = self.invoice.net - sum(self.invoiced_by_campaign.values())
        return found

    @property
    def agrees(self) -> bool:
        return not any(self.differences.values()) and (
            self.invoice is None or self.paid_by_campaign == self.invoiced_by_campaign
        )


def reconcile(*, ad_account: AdAccount, month: date) -> Reconciliation:
    """Ledger, balance and invoice of the month."""
    first, last = month_of(month), last_day(month)
    invoice = Invoice.objects.filter(ad_account=ad_account, month=first).first()
    lines = InvoiceLine.objects.filter(invoice=invoice).values_list("reference", "net")
    return Reconciliation(
        month=first,
        by_campaign=spend_by_campaign(ad_account=ad_account, first_day=first, last_day=last),
        by_day=costs_by_day(ad_account=ad_account, first_day=first, last_day=last),
        credited_by_campaign=credits_by_campaign(
            ad_account=ad_account, first_day=first, last_day=last
        ),
        opening_balance=balance_at_end_of(ad_account=ad_account, day=first - timedelta(days=1)),
        added=_added(ad_account, first, last),
        closing_balance=balance_at_end_of(ad_account=ad_account, day=last),
        invoice=invoice,
        invoiced_by_campaign={campaign_id_of(reference) or 0: net for reference, net in lines},
    )


def balance_at_end_of(*, ad_account: AdAccount, day: date) -> int:
    """The wallet's balance after everything that belongs to the day and those before."""
    found = Entry.objects.filter(
        posting__ad_account=ad_account, posting__day__lte=day, account__kind=_Kind.WALLET
    )
    return found.aggregate(n=Sum("amount"))["n"] or 0


def _added(ad_account: AdAccount, first: date, last: date) -> int:
    found = Entry.objects.filter(
        posting__ad_account=ad_account,
        posting__day__range=(first, last),
        account__kind=_Kind.WALLET,
    ).exclude(posting__kind__in=[Posting.Kind.SPEND, Posting.Kind.CREDIT])
    return found.aggregate(n=Sum("amount"))["n"] or 0
