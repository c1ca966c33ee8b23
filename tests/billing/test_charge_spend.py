"""Charging an hour of delivery: once, never more than there is, named for the invoice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from adaccounts.models import AdAccount
from billing import queries
from billing.models import BillableItem, Books, Entry, LedgerAccount, Posting
from billing.services import InsufficientFunds, MonthIsClosed, charge_spend
from tests.factories.billing import charge, close_month, fund, local_hour, make_invoice, spend

DAY = date(2026, 11, 2)


def test_an_hour_is_one_posting_with_an_entry_for_each_campaign(
    ad_account: AdAccount, at: datetime
) -> None:
    fund(ad_account, 100_00, at)

    spend(ad_account, ad_account.slot_of(at), c1=5_00, c2=20)

    posting = Posting.objects.get(kind=Posting.Kind.SPEND)
    rows = posting.entries.values_list("account__kind", "amount", "reference")
    assert set(rows) == {
        ("cost", 500, "campaign:1"),
        ("cost", 20, "campaign:2"),
        ("wallet", -520, ""),
    }
    assert posting.at == ad_account.slot_of(at) + timedelta(hours=1)
    assert queries.spendable_balance(ad_account=ad_account) == 94_80


def test_charging_the_same_hour_again_changes_nothing(ad_account: AdAccount, at: datetime) -> None:
    fund(ad_account, 100_00, at)
    for _ in range(2):
        spend(ad_account, ad_account.slot_of(at), c1=5_00)

    assert queries.spendable_balance(ad_account=ad_account) == 95_00
    assert Entry.objects.filter(account__kind=LedgerAccount.Kind.COST).count() == 1


def test_the_last_hour_of_a_day_counts_for_that_day(ad_account: AdAccount, at: datetime) -> None:
    fund(ad_account, 100_00, at)

    spend(ad_account, local_hour(ad_account, DAY, 23), c1=7_00)

    found = queries.costs_by_day(
        ad_account=ad_account, first_day=DAY, last_day=DAY + timedelta(days=1)
    )
    assert found == {DAY: 7_00}


def test_spend_by_campaign_counts_only_the_days_asked_for(
    ad_account: AdAccount, at: datetime
) -> None:
    fund(ad_account, 100_00, at)
    spend(ad_account, local_hour(ad_account, DAY, 22), c1=7_00, c2=1)
    spend(ad_account, local_hour(ad_account, DAY, 23), c1=1_00)
    spend(ad_account, local_hour(ad_account, DAY + timedelta(days=1), 0), c1=50)

    found = queries.spend_by_campaign(ad_account=ad_account, first_day=DAY, last_day=DAY)

    assert found == {1: 8_00, 2: 1}


def test_more_than_the_balance_is_refused_and_leaves_no_trace(
    ad_account: AdAccount, at: datetime
) -> None:
    fund(ad_account, 20_00, at)

    with pytest.raises(InsufficientFunds, match=r"\$20.00, which is less than \$20.01"):
        spend(ad_account, ad_account.slot_of(at), c1=20_00, c2=1)

    assert queries.spendable_balance(ad_account=ad_account) == 20_00
    assert not Posting.objects.filter(kind=Posting.Kind.SPEND).exists()
    assert not Books.objects.exists()


def test_an_hour_without_charges_only_moves_the_books_on(
    ad_account: AdAccount, at: datetime
) -> None:
    slot = ad_account.slot_of(at)

    charge_spend(ad_account=ad_account, slot=slot, charges=[])

    books = Books.objects.get(ad_account=ad_account)
    assert books.charged_until == slot + timedelta(hours=1)
    assert books.open_month == date(2026, 11, 1)
    assert books.open_month_ends_at == datetime(2026, 12, 1, 5, tzinfo=UTC)
    assert not Posting.objects.exists()


def test_a_month_that_was_invoiced_takes_no_further_cost(
    ad_account: AdAccount, at: datetime
) -> None:
    invoice = make_invoice(ad_account, DAY, c1=30_00)
    late = local_hour(ad_account, DAY, 13)

    with pytest.raises(MonthIsClosed):
        spend(ad_account, late, c1=1)

    spend(ad_account, ad_account.day_start(DAY), c1=30_00)
    charge_spend(ad_account=ad_account, slot=late, charges=[])
    found = queries.billable_lines(ad_account=ad_account, month=DAY)
    assert sum(line.net for line in found) == invoice.net


def test_the_latest_name_and_order_number_are_kept(ad_account: AdAccount, at: datetime) -> None:
    fund(ad_account, 100_00, at)
    slot = ad_account.slot_of(at)
    for hours, (name, po) in enumerate([("Spring", ""), ("Spring", ""), ("Summer", "PO 7")]):
        charges = [charge(1, 1_00, name, po)]
        charge_spend(ad_account=ad_account, slot=slot + timedelta(hours=hours), charges=charges)

    item = BillableItem.objects.get()
    assert (item.reference, item.label, item.po_number) == ("campaign:1", "Summer", "PO 7")


def test_the_number_of_statements_does_not_grow_with_the_campaigns(
    ad_account: AdAccount, at: datetime, django_assert_max_num_queries
) -> None:
    fund(ad_account, 10_000_00, at)
    slot = ad_account.slot_of(at)
    spend(ad_account, slot, c1=1)

    with django_assert_max_num_queries(9):
        charges = [charge(number, number) for number in range(1, 501)]
        charge_spend(ad_account=ad_account, slot=slot + timedelta(hours=1), charges=charges)


def test_a_slot_that_is_no_full_hour_and_a_charge_of_nothing_are_mistakes(
    ad_account: AdAccount, at: datetime
) -> None:
    slot = ad_account.slot_of(at)
    with pytest.raises(ValueError, match="full hour"):
        spend(ad_account, slot + timedelta(minutes=5), c1=1)
    with pytest.raises(ValueError, match="above zero"):
        spend(ad_account, slot, c1=0)


def test_closing_a_month_needs_every_hour(ad_account: AdAccount) -> None:
    end = close_month(ad_account, DAY)

    assert [books.ad_account_id for books in queries.due_books(at=end)] == [ad_account.pk]
    assert not queries.due_books(at=end - timedelta(seconds=1))
