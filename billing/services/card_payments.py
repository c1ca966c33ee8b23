"""One charge on a practice card or PayPal, at most once per idempotency key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from accounts.models import User
from adaccounts.models import AdAccount
from billing.models import Invoice, Payment, PaymentMethod
from bizcenter.lib.errors import DomainError


class IdempotencyKeyReused(DomainError):
    """The key already stands for another payment."""

    code = "idempotency_key_reused"


class Payer(Protocol):
    """What is charged; an empty `refusal` is a success."""

    @property
    def brand(self) -> str: ...
    @property
    def last_four(self) -> str: ...
    @property
    def refusal(self) -> str: ...


@dataclass(frozen=True)
class SavedPayer:
    brand: str
    last_four: str
    refusal: str


def saved_payer(method: PaymentMethod, *, at: datetime) -> SavedPayer:
    """A saved method as the practice bank sees it: good, until its card has expired."""
    if method.kind == PaymentMethod.Kind.PAYPAL:
        return SavedPayer("PayPal", "", "")
    refusal = "The card has expired." if method.has_expired(at) else ""
    return SavedPayer(method.brand, method.last_four, refusal)


def take_payment(
    *,
    ad_account: AdAccount,
    amount: int,
    payer: Payer,
    idempotency_key: str,
    actor: User | None,
    at: datetime,
    invoice: Invoice | None = None,
) -> tuple[Payment, bool]:
    """The payment of this key and whether it was made just now.

    The caller holds a lock on one of the account's ledger accounts, so that a second submit waits
    here and then finds the first. Raises IdempotencyKeyReused.
    """
    known = Payment.objects.filter(idempotency_key=idempotency_key).first()
    if known is not None:
        wanted = (ad_account.pk, amount, invoice and invoice.pk)
        if (known.ad_account_id, known.amount, known.invoice_id) != wanted:
            raise IdempotencyKeyReused(
                "This form was already used for another payment. Reload the page and try again."
            )
        return known, False
    payment = Payment.objects.create(
        ad_account=ad_account,
        invoice=invoice,
        idempotency_key=idempotency_key,
        amount=amount,
        currency=ad_account.currency,
        card_brand=payer.brand,
        card_last_four=payer.last_four,
        state=Payment.State.DECLINED if payer.refusal else Payment.State.SUCCEEDED,
        message=payer.refusal,
        at=at,
        actor=actor,
    )
    return payment, True
