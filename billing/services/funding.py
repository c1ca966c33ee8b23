"""Adding balance to an ad account with a practice card or a saved payment method."""

from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from accounts.models import User
from accounts.services import record_activity
from adaccounts.models import AdAccount
from billing import ledger
from billing.models import LedgerAccount, Payment, PaymentMethod, Posting
from billing.queries import top_up_limits
from bizcenter.lib.errors import DomainError
from bizcenter.lib.money import format_minor

from .card_payments import Payer, saved_payer, take_payment
from .cards import CardInput, read_card

_Kind = LedgerAccount.Kind


class InvalidAmount(DomainError):
    """The amount is below the minimum or above the maximum of one payment."""

    code = "invalid_amount"


@transaction.atomic
def open_ledger(*, ad_account: AdAccount, at: datetime) -> None:
    """The ad account has its ledger accounts; doing it again changes nothing."""
    ledger.open_accounts(ad_account)


@sensitive_variables("card")
@transaction.atomic
def top_up(
    *,
    ad_account: AdAccount,
    amount: int,
    card: CardInput | PaymentMethod,
    idempotency_key: str,
    actor: User | None,
    at: datetime,
) -> Payment:
    """The card, or saved method, was charged once under the key; `amount` (minor units) is on the
    balance, or the payment is declined and says why. Raises InvalidAmount, InvalidCard,
    RealCardRefused or IdempotencyKeyReused."""
    _check_amount(amount, ad_account.currency)
    payer: Payer = (
        saved_payer(card, at=at) if isinstance(card, PaymentMethod) else read_card(card, at=at)
    )
    ledger.open_accounts(ad_account)
    ledger.locked_accounts(ad_account, [_Kind.WALLET])
    payment, is_new = take_payment(
        ad_account=ad_account,
        amount=amount,
        payer=payer,
        idempotency_key=idempotency_key,
        actor=actor,
        at=at,
    )
    if is_new and payment.succeeded:
        _post(payment)
    if is_new:
        _record(payment)
    return payment


def _check_amount(amount: int, currency: str) -> None:
    low, high = top_up_limits(currency)
    if not low <= amount <= high:
        lowest, highest = format_minor(low, currency), format_minor(high, currency)
        raise InvalidAmount(f"Add between {lowest} and {highest} in one payment.", field="amount")


def _post(payment: Payment) -> None:
    account = payment.ad_account
    ledger.post(
        key=f"top_up:{payment.pk}",
        kind=Posting.Kind.TOP_UP,
        ad_account=account,
        at=payment.at,
        day=account.day_of(payment.at),
        label=f"Balance added by {payment.card}",
        entries=[
            ledger.Move(_Kind.WALLET, payment.amount, f"payment:{payment.pk}"),
            ledger.Move(_Kind.CARD, -payment.amount, f"payment:{payment.pk}"),
        ],
        actor=payment.actor,
    )


def _record(payment: Payment) -> None:
    account = payment.ad_account
    amount = format_minor(payment.amount, payment.currency)
    record_activity(
        business_center=account.business_center,
        ad_account_id=account.pk,
        actor=payment.actor,
        at=payment.at,
        action="top_up" if payment.succeeded else "top_up_declined",
        summary=f"Added {amount} to the balance with {payment.card}"
        if payment.succeeded
        else f"Adding {amount} with {payment.card} failed: {payment.message}",
        reference=f"payment:{payment.pk}",
        label=account.name,
        after={"amount": amount, "card": payment.card, "state": payment.state},
    )
