"""The ledger's tables. PostgreSQL guards them (see the migrations): a posting sums to zero per
currency, nothing is updated or deleted, and no wallet falls below zero. `docs/ledger.md` explains.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import BusinessCenter
from adaccounts.models import AdAccount
from bizcenter.lib.ids import IdField


class LedgerAccount(models.Model):
    """Seen from the customer's books: what they have and what they spent is positive."""

    class Kind(models.TextChoices):
        WALLET = "wallet", "Account balance"
        CARD = "card", "Paid by card"
        COST = "cost", "Advertising cost"
        TAX = "tax", "Tax"
        PAYABLE = "payable", "Owed on invoices"
        CREDIT = "credit", "Credited cost"

    id = IdField()
    business_center = models.ForeignKey(BusinessCenter, models.PROTECT, related_name="+")
    ad_account = models.ForeignKey(AdAccount, models.PROTECT, related_name="ledger_accounts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    currency = models.CharField(max_length=3)
    balance = models.BigIntegerField(
        default=0, help_text="Sum of its entries; kept by the database as they are written."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ad_account", "kind"], name="ledger_account_once"),
            models.CheckConstraint(
                condition=~models.Q(kind="wallet") | models.Q(balance__gte=0),
                name="wallet_never_below_zero",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="credit") | models.Q(balance__lte=0),
                name="credits_only_give_back",
            ),
        ]


class Posting(models.Model):
    """One event in the books. `key` makes posting it twice a no-op."""

    class Kind(models.TextChoices):
        TOP_UP = "top_up", "Balance added"
        SPEND = "spend", "Advertising cost"
        CREDIT = "credit", "Credit for over-delivery"
        INVOICE = "invoice", "Invoice issued"
        PAYMENT = "payment", "Invoice paid"
        REVERSAL = "reversal", "Reversal"

    id = IdField()
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    ad_account = models.ForeignKey(
        AdAccount, models.PROTECT, related_name="postings", db_index=False
    )
    at = models.DateTimeField(help_text="Practice time at which it counts.")
    day = models.DateField(
        help_text="Account-local day it belongs to; spend belongs to the day its hour begins in."
    )
    label = models.CharField(max_length=200)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["ad_account", "day", "kind"], name="postings_by_day")
        ]


class Entry(models.Model):
    """An amount on one ledger account; `reference` is opaque here ("campaign:7…")."""

    id = models.BigAutoField(primary_key=True)
    # Entries are always reached through their posting: one index serves both, and the tick stays
    # fast.
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="entries", db_index=False)
    account = models.ForeignKey(
        LedgerAccount, models.PROTECT, related_name="entries", db_index=False
    )
    amount = models.BigIntegerField(help_text="Minor units; signed.")
    reference = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(amount=0), name="entry_is_not_zero")
        ]
        indexes: ClassVar = [models.Index(fields=["posting", "account"], name="entries_of_posting")]


class Books(models.Model):
    """How far an ad account's spend is complete, and which month is to be invoiced next."""

    ad_account = models.OneToOneField(
        AdAccount, models.PROTECT, primary_key=True, related_name="books"
    )
    charged_until = models.DateTimeField(help_text="All spend before this moment is posted.")
    open_month = models.DateField(
        help_text="First day of the earliest month without an invoice run; account-local."
    )
    open_month_ends_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(open_month__day=1), name="open_month_starts_on_the_first"
            )
        ]


class BillableItem(models.Model):
    """The words an invoice uses for a reference: the latest name and order number."""

    reference = models.CharField(max_length=60, primary_key=True)
    label = models.CharField(max_length=600)
    po_number = models.CharField(max_length=60, blank=True)
