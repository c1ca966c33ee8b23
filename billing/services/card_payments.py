"""One charge on a practice card, at most once per idempotency key."""

from datetime import datetime

from accounts.models import User
from adaccounts.models import AdAccount
from billing.models import Invoice, Payment
from billing.queries import PracticeCard
from bizcenter.lib.errors import DomainError


class IdempotencyKeyReused(DomainError):
    """The key already stands for another payment."""

    code = "idempotency_key_reused"


def take_payment(
    *,
    ad_account: AdAccount,
    amount: int,
    card: PracticeCard,
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
        card_brand=card.brand,
        card_last_four=card.number[-4:],
        state=Payment.State.DECLINED if card.refusal else Payment.State.SUCCEEDED,
        message=card.refusal,
        at=at,
        actor=actor,
    )
    return payment, True
