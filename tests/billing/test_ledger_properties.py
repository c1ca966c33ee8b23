"""Whatever happens in whatever order, the books balance, the wallet is never below zero, a cached
balance is the sum of its entries, and doing a thing again changes nothing.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adaccounts.models import AdAccount
from billing import queries
from billing.models import Books, Entry, Invoice, LedgerAccount, Posting
from billing.services import (
    CreditAboveCost,
    InsufficientFunds,
    MonthIsClosed,
    NothingDue,
    charge_spend,
    credit_over_delivery,
    issue_due_invoices,
    pay_invoice,
)
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import DECLINED, VISA, charge, close_month, fund, make_card

START = date(2026, 10, 31)
CAMPAIGNS = st.dictionaries(st.integers(1, 4), st.integers(1, 40_00), max_size=4)
STEPS = st.one_of(
    st.tuples(st.just("top_up"), st.integers(20_00, 200_00), st.sampled_from([VISA, DECLINED])),
    st.tuples(st.just("spend"), CAMPAIGNS, st.integers(1, 9)),
    st.tuples(st.just("credit"), st.integers(1, 60_00), st.none()),
    st.tuples(st.just("month_end"), st.none(), st.none()),
    st.tuples(st.just("pay"), st.sampled_from([VISA, DECLINED]), st.none()),
)


@dataclass
class Story:
    """What a plain calculation says that the ledger must agree with."""

    account: AdAccount
    slot: datetime
    added: int = 0
    spent: int = 0
    by_month: dict[date, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    credited: dict[tuple[date, int], int] = field(default_factory=dict)
    cost: dict[tuple[date, int], int] = field(default_factory=dict)

    @property
    def balance(self) -> int:
        return self.added - self.spent + sum(self.credited.values())

    def top_up(self, amount: int, number: str) -> None:
        key = f"{self.slot}-{amount}-{number}"
        first = fund(self.account, amount, self.slot, key=key, number=number)
        assert fund(self.account, amount, self.slot, key=key, number=number) == first
        if number == VISA and key not in self.keys:
            self.added += amount
        self.keys.add(key)

    def spend(self, by_campaign: dict[int, int], hours: int) -> None:
        self.slot += timedelta(hours=hours)
        charges = [charge(number, amount) for number, amount in by_campaign.items()]
        total = sum(by_campaign.values())
        try:
            for _ in range(2):
                charge_spend(ad_account=self.account, slot=self.slot, charges=charges)
        except InsufficientFunds:
            assert total > self.balance
            return
        self.spent += total
        month = self.account.day_of(self.slot).replace(day=1)
        self.by_month[month] = self.by_month.get(month, 0) + total
        for number, amount in by_campaign.items():
            cost = (self.account.day_of(self.slot), number)
            self.cost[cost] = self.cost.get(cost, 0) + amount

    def credit(self, amount: int, _: None) -> None:
        """The first campaign that ever cost something on the latest day gets it back, in part."""
        if not self.cost:
            return
        day, number = max(self.cost)
        month = day.replace(day=1)
        is_known, is_open = (day, number) in self.credited, not self.is_invoiced(month)
        facts = {"ad_account": self.account, "day": day, "at": self.slot}
        try:
            for _again in range(2):
                credit_over_delivery(amounts={number: amount}, **facts)
        except (CreditAboveCost, MonthIsClosed):
            assert not is_known
            assert amount > self.cost[day, number] or not is_open
            return
        if not is_known:
            assert is_open
            self.credited[day, number] = amount
            self.by_month[month] -= amount

    def is_invoiced(self, month: date) -> bool:
        return Books.objects.filter(ad_account=self.account, open_month__gt=month).exists()

    def month_end(self, *_: None) -> None:
        end = close_month(self.account, self.account.day_of(self.slot))
        self.slot = end
        issue_due_invoices(at=end)
        assert issue_due_invoices(at=end) == 0

    def pay(self, number: str, _: None) -> None:
        for invoice in Invoice.objects.all():
            due = queries.amount_due(invoice)
            try:
                payment = pay_invoice(
                    invoice=invoice,
                    card=make_card(number),
                    idempotency_key=f"{invoice.pk}-{self.slot}",
                    actor=None,
                    at=self.slot,
                )
            except NothingDue:
                assert due == 0
            else:
                assert queries.amount_due(invoice) == (0 if payment.succeeded else due)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, max_size=14))
def test_any_sequence_of_events_keeps_the_books_in_order(
    steps: list[tuple[str, object, object]], ad_account: AdAccount, at: datetime
) -> None:
    with transaction.atomic():
        account = make_ad_account(ad_account.business_center, None, at, "EUR", name="Story")
        story = Story(account=account, slot=account.day_start(START))
        for name, first, second in steps:
            getattr(story, name)(first, second)
        check(story)
        transaction.set_rollback(True)


def check(story: Story) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert queries.spendable_balance(ad_account=story.account) == story.balance >= 0
    assert (Entry.objects.aggregate(n=Sum("amount"))["n"] or 0) == 0
    sums = Posting.objects.annotate(n=Sum("entries__amount")).exclude(n=0)
    assert not sums.exists()
    accounts = LedgerAccount.objects.annotate(n=Sum("entries__amount", default=0))
    assert not accounts.exclude(n=F("balance")).exists()
    invoices = {invoice.month: invoice.net for invoice in Invoice.objects.all()}
    assert invoices.items() <= story.by_month.items()
    owed = sum(queries.amount_due(invoice) for invoice in Invoice.objects.all())
    kind = LedgerAccount.Kind.PAYABLE
    assert queries.balance_of(ad_account=story.account, kind=kind) == -owed
    for month in story.by_month:
        assert queries.reconcile(ad_account=story.account, month=month).agrees
