"""Paying the tax of an invoice with a practice card."""

from datetime import date, datetime, timedelta

import pytest

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from billing import queries
from billing.models import Invoice, LedgerAccount, Payment
from billing.queries import InvoiceState
from billing.services import IdempotencyKeyReused, NothingDue, pay_invoice
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import DECLINED, VISA, fund, make_card, make_invoice


@pytest.fixture
def invoice(ad_account: AdAccount, at: datetime) -> Invoice:
    """Over 100.00 and 19 % tax, issued on 1 December."""
    berlin = make_ad_account(ad_account.business_center, None, at, "EUR")
    return make_invoice(berlin, date(2026, 11, 1), c1=100_00)


def pay(invoice: Invoice, number: str = VISA, key: str = "pay") -> Payment:
    return pay_invoice(
        invoice=invoice,
        card=make_card(number),
        idempotency_key=key,
        actor=None,
        at=invoice.issued_at + timedelta(days=2),
    )


def state_of(invoice: Invoice, days: int = 2) -> InvoiceState:
    at = invoice.issued_at + timedelta(days=days)
    return queries.invoice_rows([invoice], at=at)[0].state


def test_paying_settles_what_is_owed(invoice: Invoice) -> None:
    payment = pay(invoice)

    account = invoice.ad_account
    assert payment.amount == 19_00
    assert queries.amount_due(invoice) == 0
    assert state_of(invoice) == InvoiceState.PAID
    payable = queries.balance_of(ad_account=account, kind=LedgerAccount.Kind.PAYABLE)
    card = queries.balance_of(ad_account=account, kind=LedgerAccount.Kind.CARD)
    assert (payable, card) == (0, -119_00)
    summary = ActivityEntry.objects.get(action="pay_invoice").summary
    assert summary == "Paid €19.00 due on INV-2026-000001 with Visa ending in 4242"


def test_submitting_twice_pays_once_and_a_second_payment_is_refused(invoice: Invoice) -> None:
    assert pay(invoice) == pay(invoice)

    with pytest.raises(NothingDue):
        pay(invoice, key="another")
    assert Payment.objects.filter(invoice=invoice).count() == 1


def test_a_declined_payment_leaves_the_invoice_unpaid_and_can_be_tried_again(
    invoice: Invoice,
) -> None:
    assert pay(invoice, DECLINED).message == "The bank declined the card."
    assert state_of(invoice) == InvoiceState.UNPAID

    assert pay(invoice, VISA, "second").succeeded
    assert state_of(invoice) == InvoiceState.PAID


def test_after_thirty_days_it_is_overdue(invoice: Invoice) -> None:
    assert state_of(invoice, 30) == InvoiceState.UNPAID
    assert state_of(invoice, 31) == InvoiceState.OVERDUE


def test_an_invoice_without_tax_has_nothing_to_pay(ad_account: AdAccount) -> None:
    invoice = make_invoice(ad_account, date(2026, 11, 1))

    assert state_of(invoice) == InvoiceState.NO_PAYMENT_DUE
    with pytest.raises(NothingDue):
        pay(invoice)


def test_the_key_of_a_top_up_cannot_pay_an_invoice(invoice: Invoice) -> None:
    fund(invoice.ad_account, 20_00, invoice.issued_at, key="taken")

    with pytest.raises(IdempotencyKeyReused):
        pay(invoice, key="taken")
