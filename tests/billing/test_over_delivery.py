"""What a day billed above its budget comes back: once, beside the cost, and off the invoice."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from adaccounts.models import AdAccount
from billing import queries
from billing.models import LedgerAccount, Posting
from billing.queries import TransactionKind, Transactions
from billing.services import (
    CreditAboveCost,
    MonthIsClosed,
    charge_spend,
    credit_over_delivery,
    issue_invoice,
)
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from tests.factories.accounts import Cast
from tests.factories.billing import (
    HOUR,
    charge,
    close_month,
    fund,
    local_hour,
    make_invoice,
    spend,
)

DAY = date(2026, 11, 3)


@pytest.fixture
def midnight(ad_account: AdAccount, at: datetime) -> datetime:
    """Boots and Coats have spent 62.50 and 8.00 on 3 November, and the day is over."""
    fund(ad_account, 100_00, at)
    charge_spend(
        ad_account=ad_account,
        slot=local_hour(ad_account, DAY, 12),
        charges=[charge(7, 62_50, "Boots"), charge(8, 8_00, "Coats")],
    )
    return ad_account.day_start(DAY + timedelta(days=1))


def test_the_excess_of_a_day_is_credited_once_however_often_it_is_tried(
    ad_account: AdAccount, midnight: datetime
) -> None:
    for amounts in ({7: 12_50}, {7: 12_50, 8: 1}, {7: 1}):
        credit_over_delivery(ad_account=ad_account, day=DAY, amounts=amounts, at=midnight)

    labels = Posting.objects.filter(kind="credit").order_by("id").values_list("label", flat=True)
    assert list(labels) == [
        "Credit for over-delivery on 3 Nov, campaign Boots",
        "Credit for over-delivery on 3 Nov, campaign Coats",
    ]
    assert queries.spendable_balance(ad_account=ad_account) == 100_00 - 70_50 + 12_51


def test_cost_stays_what_was_delivered_and_what_was_paid_is_less(
    ad_account: AdAccount, midnight: datetime
) -> None:
    credit_over_delivery(ad_account=ad_account, day=DAY, amounts={7: 12_50}, at=midnight)

    month = {"ad_account": ad_account, "first_day": DAY, "last_day": DAY}
    assert queries.spend_by_campaign(**month) == {7: 62_50, 8: 8_00}
    assert queries.credits_by_campaign(**month) == {7: 12_50}
    found = queries.reconcile(ad_account=ad_account, month=DAY)
    assert found.paid_by_campaign == {7: 50_00, 8: 8_00}
    assert found.agrees


def test_the_invoice_charges_what_was_paid(ad_account: AdAccount, midnight: datetime) -> None:
    amounts = {7: 12_50, 8: 8_00}
    credit_over_delivery(ad_account=ad_account, day=DAY, amounts=amounts, at=midnight)
    end = close_month(ad_account, DAY)

    invoice = issue_invoice(ad_account=ad_account, month=DAY, at=end + HOUR)

    assert invoice is not None
    assert [(line.description, line.net) for line in invoice.lines.all()] == [("Boots", 50_00)]
    assert queries.reconcile(ad_account=ad_account, month=DAY).agrees


def test_a_credit_follows_the_cost_of_its_day_among_the_transactions(
    ad_account: AdAccount, midnight: datetime, cast: Cast, client_of
) -> None:
    credit_over_delivery(ad_account=ad_account, day=DAY, amounts={7: 12_50}, at=midnight)
    rows = Transactions(
        ad_account=ad_account, first_day=DAY, last_day=DAY, kind=TransactionKind.COSTS
    )

    assert [(row.type, row.change, row.balance, row.campaign_id) for row in rows] == [
        ("Credit", 12_50, 42_00, 7),
        ("Advertising cost", -8_00, 29_50, 8),
        ("Advertising cost", -62_50, 37_50, 7),
    ]
    assert (rows.totals.cost, rows.totals.credited, rows.totals.change) == (70_50, 12_50, -58_00)
    set_clock(at=midnight, rate=PracticeClock.PAUSED)
    page = client_of(cast.fay).get(reverse("billing:account", args=[ad_account.pk]))
    assert "Credit for over-delivery on 3 Nov, campaign Boots" in page.content.decode()
    assert "credited $12.50" in page.content.decode()


def test_nobody_gets_back_more_than_it_cost(ad_account: AdAccount, midnight: datetime) -> None:
    for amounts in ({8: 8_01}, {9: 1}):
        with pytest.raises(CreditAboveCost):
            credit_over_delivery(ad_account=ad_account, day=DAY, amounts=amounts, at=midnight)
    with pytest.raises(ValueError, match="above zero"):
        credit_over_delivery(ad_account=ad_account, day=DAY, amounts={7: 0}, at=midnight)

    assert not Posting.objects.filter(kind="credit").exists()


def test_a_month_that_was_invoiced_is_credited_no_more_but_may_be_asked_again(
    ad_account: AdAccount, midnight: datetime
) -> None:
    known = credit_over_delivery(ad_account=ad_account, day=DAY, amounts={7: 5}, at=midnight)
    end = close_month(ad_account, DAY)
    issue_invoice(ad_account=ad_account, month=DAY, at=end)

    again = credit_over_delivery(ad_account=ad_account, day=DAY, amounts={7: 5}, at=end)
    assert again == known
    with pytest.raises(MonthIsClosed):
        credit_over_delivery(ad_account=ad_account, day=DAY, amounts={8: 5}, at=end)


def test_books_opened_before_there_were_credits_get_theirs(
    ad_account: AdAccount, at: datetime
) -> None:
    make_invoice(ad_account, date(2026, 10, 1), c1=20_00)
    LedgerAccount.objects.filter(kind="credit").delete()
    fund(ad_account, 20_00, at)
    spend(ad_account, local_hour(ad_account, DAY, 1), c1=2_00)

    credit_over_delivery(ad_account=ad_account, day=DAY, amounts={1: 50}, at=at)

    assert queries.balance_of(ad_account=ad_account, kind="credit") == -50
