"""The transactions of an ad account: every movement with the balance after it."""

from datetime import date, datetime, timedelta

import pytest

from adaccounts.models import AdAccount
from billing.queries import Transaction, TransactionKind, Transactions
from billing.services import charge_spend, pay_invoice
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import DECLINED, charge, fund, local_hour, make_card, make_invoice

DAY = date(2026, 11, 2)


def all_of(
    account: AdAccount,
    first: date = DAY,
    last: date = DAY + timedelta(days=60),
    kind: TransactionKind = TransactionKind.ALL,
) -> Transactions:
    return Transactions(ad_account=account, first_day=first, last_day=last, kind=kind)


def brief(row: Transaction) -> tuple[str, str, int, int]:
    return row.type, row.label, row.change, row.balance


@pytest.fixture
def story(ad_account: AdAccount, at: datetime) -> AdAccount:
    """Money in, two campaigns over two days, more money in, and a card that fails."""
    tomorrow = DAY + timedelta(days=1)
    fund(ad_account, 100_00, local_hour(ad_account, DAY, 9))
    for day, hour, amount in ((DAY, 10, 3_00), (DAY, 23, 4_00), (tomorrow, 0, 50)):
        charge_spend(
            ad_account=ad_account,
            slot=local_hour(ad_account, day, hour),
            charges=[charge(7, amount, "Boots"), charge(8, 1, "Coats")],
        )
    fund(ad_account, 20_00, local_hour(ad_account, tomorrow, 15))
    fund(ad_account, 30_00, local_hour(ad_account, tomorrow, 16), number=DECLINED)
    return ad_account


def test_cost_is_one_row_for_each_campaign_and_day_after_the_days_payments(
    story: AdAccount,
) -> None:
    assert [brief(row) for row in all_of(story)] == [
        ("Advertising cost", "Coats", -1, 112_47),
        ("Advertising cost", "Boots", -50, 112_48),
        ("Payment declined", "Visa ending in 0002: The bank declined the card.", 0, 112_98),
        ("Balance added", "Balance added by Visa ending in 4242", 20_00, 112_98),
        ("Advertising cost", "Coats", -2, 92_98),
        ("Advertising cost", "Boots", -7_00, 93_00),
        ("Balance added", "Balance added by Visa ending in 4242", 100_00, 100_00),
    ]


def test_the_balance_runs_on_from_the_days_before(story: AdAccount) -> None:
    rows = all_of(story, first=DAY + timedelta(days=1))

    assert [row.balance for row in rows] == [112_47, 112_48, 112_98, 112_98]


def test_choosing_a_kind_keeps_the_balances(story: AdAccount) -> None:
    costs = all_of(story, kind=TransactionKind.COSTS)
    payments = all_of(story, kind=TransactionKind.PAYMENTS)

    assert [row.balance for row in costs] == [112_47, 112_48, 92_98, 93_00]
    assert [row.type for row in payments] == [
        "Payment declined",
        "Balance added",
        "Balance added",
    ]
    assert (costs.totals.cost, costs.totals.added) == (7_53, 0)
    assert (payments.totals.added, payments.totals.charged) == (120_00, 120_00)


def test_pages_are_parts_of_the_whole(story: AdAccount) -> None:
    whole = list(all_of(story))

    assert len(all_of(story)) == 7
    assert all_of(story)[0:3] + all_of(story)[3:6] + all_of(story)[6:9] == whole
    assert all_of(story)[2] == whole[2]


def test_paying_an_invoice_is_paid_by_card_and_leaves_the_balance(
    ad_account: AdAccount, at: datetime
) -> None:
    berlin = make_ad_account(ad_account.business_center, None, at, "EUR")
    invoice = make_invoice(berlin, date(2026, 11, 1), c1=100_00)
    pay_invoice(
        invoice=invoice,
        card=make_card(),
        idempotency_key="pay",
        actor=None,
        at=invoice.issued_at,
    )

    [row] = all_of(berlin, first=date(2026, 12, 1))

    assert brief(row) == (
        "Invoice paid",
        "VAT of INV-2026-000001 paid by Visa ending in 4242",
        0,
        0,
    )
    assert row.charged == 19_00


def test_an_account_without_money_has_no_transactions(ad_account: AdAccount) -> None:
    found = all_of(ad_account)

    assert (list(found), len(found), found.totals.cost) == ([], 0, 0)
