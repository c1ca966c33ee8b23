"""Paying the tax of an invoice with a practice card."""

from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from accounts.services import record_activity
from billing import ledger
from billing.models import Invoice, LedgerAccount, Payment, Posting
from billing.queries import amount_due
from bizcenter.lib.errors import DomainError
from bizcenter.lib.money import format_minor

from .card_payments import take_payment
from .cards import CardInput, read_card

_Kind = LedgerAccount.Kind


class NothingDue(DomainError):
    """The invoice is paid, or never had anything to pay."""

    code = "nothing_due"


@sensitive_variables("card")
@transaction.atomic
def pay_invoice(
    *,
    invoice: Invoice,
    card: CardInput,
    idempotency_key: str,
    actor: User | None,
    at: datetime,
) -> Payment:
    """What was due on the invoice is paid, once, or the payment is declined and says why.

    Raises NothingDue, InvalidCard, RealCardRefused or IdempotencyKeyReused.
    """
    known = read_card(card, at=at)
    ledger.locked_accounts(invoice.ad_account, [_Kind.CARD, _Kind.PAYABLE])
    earlier = Payment.objects.filter(idempotency_key=idempotency_key, invoice=invoice).first()
    if earlier is not None:
        return earlier
    due = amount_due(invoice)
    if due <= 0:
        raise NothingDue(f"Nothing is due on {invoice.full_number}.")
    payment, _ = take_payment(
        ad_account=invoice.ad_account,
        amount=due,
        payer=known,
        idempotency_key=idempotency_key,
        actor=actor,
        at=at,
        invoice=invoice,
    )
    if payment.succeeded:
        _post(payment, invoice)
    _record(payment, invoice)
    return payment


def _post(payment: Payment, invoice: Invoice) -> None:
    reference = f"invoice:{invoice.pk}"
    ledger.post(
        key=f"payment:{payment.pk}",
        kind=Posting.Kind.PAYMENT,
        ad_account=invoice.ad_account,
        at=payment.at,
        day=invoice.ad_account.day_of(payment.at),
        label=f"{invoice.tax_name} of {invoice.full_number} paid by {payment.card}",
        entries=[
            ledger.Move(_Kind.PAYABLE, payment.amount, reference),
            ledger.Move(_Kind.CARD, -payment.amount, reference),
        ],
        actor=payment.actor,
    )


def _record(payment: Payment, invoice: Invoice) -> None:
    account = invoice.ad_account
    amount = format_minor(payment.amount, payment.currency)
    what = f"{amount} due on {invoice.full_number} with {payment.card}"
    record_activity(
        business_center=account.business_center,
        ad_account_id=account.pk,
        actor=payment.actor,
        at=payment.at,
        action="pay_invoice" if payment.succeeded else "pay_invoice_declined",
        summary=f"Paid {what}" if payment.succeeded else f"Paying {what} failed: {payment.message}",
        reference=f"invoice:{invoice.pk}",
        label=account.name,
        after={"amount": amount, "card": payment.card, "state": payment.state},
    )
