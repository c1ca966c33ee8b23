"""Saving ways to pay. The practice bank is asked when a card is added; its number is not kept."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables

from accounts.models import BusinessCenter, BusinessSetup, User
from accounts.services import record_activity
from adaccounts.models import AdAccount
from billing.models import AccountFunding, PaymentMethod
from billing.queries.methods import funding_method, methods_of, methods_of_setup
from billing.queries.regions import methods_offered
from bizcenter.lib.errors import DomainError

from .cards import CardInput, read_card

Kind = PaymentMethod.Kind
Owner = BusinessCenter | BusinessSetup


class MethodRefused(DomainError):
    """The bank said no, or the method is not offered here."""

    code = "method_refused"


class UnknownMethod(DomainError):
    """The method belongs to somebody else, or was removed."""

    code = "unknown_method"


@sensitive_variables("card")
@transaction.atomic
def add_card(*, owner: Owner, card: CardInput, actor: User, at: datetime) -> PaymentMethod:
    """The card can be paid with; the same card again is the one saved before.

    Raises InvalidCard or RealCardRefused at the input that is wrong, and MethodRefused when the
    bank refuses the card or it is not taken in the country.
    """
    known = read_card(card, at=at)
    offered = methods_offered(_country(owner))
    if known.brand not in offered.cards:
        raise MethodRefused(
            f"{known.brand} is not taken in this country. Use {offered.in_words}.", field="number"
        )
    if known.refusal:
        raise MethodRefused(f"{known.refusal} Nothing was saved; use another card.", field="number")
    last_four = known.number[-4:]
    _lock(owner)
    same = _of(owner).filter(kind=Kind.CARD, brand=known.brand, last_four=last_four).first()
    method = same or PaymentMethod(kind=Kind.CARD, brand=known.brand, last_four=last_four)
    method.expiry_month, method.expiry_year = card.expiry_month, card.year
    method.holder = card.holder.strip()
    return _save(method, owner, actor, at)


@transaction.atomic
def add_paypal(*, owner: Owner, email: str, actor: User, at: datetime) -> PaymentMethod:
    """The PayPal account can be paid with; the same one again is the one saved before.

    Raises MethodRefused where PayPal is not offered.
    """
    if not methods_offered(_country(owner)).paypal:
        raise MethodRefused("PayPal is not offered in this country.", field="paypal_email")
    _lock(owner)
    same = _of(owner).filter(kind=Kind.PAYPAL, paypal_email__iexact=email.strip()).first()
    method = same or PaymentMethod(kind=Kind.PAYPAL, paypal_email=email.strip().lower())
    return _save(method, owner, actor, at)


@transaction.atomic
def make_default(
    *, method: PaymentMethod, business_center: BusinessCenter, actor: User, at: datetime
) -> None:
    """People are offered this method first, and no other of the Business Center's; nothing changes
    for one that was removed."""
    _lock(business_center)
    if not methods_of(business_center).filter(pk=method.pk).exists():
        return
    methods_of(business_center).exclude(pk=method.pk).update(is_default=False)
    if PaymentMethod.objects.filter(pk=method.pk, is_default=False).update(is_default=True):
        _record(
            business_center, method, "make_payment_method_default", "is paid with first", actor, at
        )


@transaction.atomic
def remove_method(
    *, method: PaymentMethod, business_center: BusinessCenter, actor: User, at: datetime
) -> None:
    """The method is gone; payments made with it stay as they are, and another is the default.
    Nothing changes for one that was removed already."""
    _lock(business_center)
    if not methods_of(business_center).filter(pk=method.pk).exists():
        return
    _record(business_center, method, "remove_payment_method", "was removed", actor, at)
    method.delete()
    _keep_a_default(business_center)


@transaction.atomic
def remove_setup_method(*, method: PaymentMethod) -> None:
    """The set-up has the method no more, and another is the default. No log has an entry: there is
    no Business Center yet."""
    setup = method.setup
    method.delete()
    if setup is not None:
        _keep_a_default(setup)


@transaction.atomic
def choose_funding(
    *, ad_account: AdAccount, method: PaymentMethod | None, actor: User, at: datetime
) -> None:
    """The ad account's balance is topped up with this method unless people choose another one;
    None leaves it to them each time; choosing the same again changes nothing.

    Raises UnknownMethod.
    """
    center = ad_account.business_center
    _lock(center)
    if method is not None and not methods_of(center).filter(pk=method.pk).exists():
        raise UnknownMethod("Choose a payment method of this Business Center.", field="method")
    if method == funding_method(ad_account):
        return
    AccountFunding.objects.update_or_create(
        ad_account=ad_account, defaults={"method": method, "chosen_by": actor, "chosen_at": at}
    )
    what = f"with {method}" if method else "with what people choose each time"
    record_activity(
        business_center=center,
        ad_account_id=ad_account.pk,
        actor=actor,
        at=at,
        action="choose_funding",
        summary=f"{ad_account.name} is topped up {what}",
        reference=f"ad_account:{ad_account.pk}",
        label=ad_account.name,
        after={"method": str(method) if method else ""},
    )


def _country(owner: Owner) -> str:
    if isinstance(owner, BusinessCenter):
        return owner.country
    return str(owner.data.get("business", {}).get("country", ""))


def _of(owner: Owner) -> QuerySet[PaymentMethod]:
    return methods_of(owner) if isinstance(owner, BusinessCenter) else methods_of_setup(owner)


def _lock(owner: Owner) -> None:
    """Two tabs must neither save one card twice nor make two defaults."""
    type(owner).objects.select_for_update(no_key=True).get(pk=owner.pk)


def _keep_a_default(owner: Owner) -> None:
    first = _of(owner).first()
    if first is not None and not first.is_default:
        PaymentMethod.objects.filter(pk=first.pk).update(is_default=True)


def _save(method: PaymentMethod, owner: Owner, actor: User, at: datetime) -> PaymentMethod:
    if method.business_center is None and method.setup is None:
        key = "business_center" if isinstance(owner, BusinessCenter) else "setup"
        setattr(method, key, owner)
        method.is_default = not _of(owner).exists()
        method.added_by, method.added_at = actor, at
    method.save()
    if isinstance(owner, BusinessCenter):
        _record(owner, method, "add_payment_method", "was added", actor, at)
    return method


def _record(
    center: BusinessCenter, method: PaymentMethod, action: str, said: str, actor: User, at: datetime
) -> None:
    record_activity(
        business_center=center,
        actor=actor,
        at=at,
        action=action,
        summary=f"The payment method {method} {said}",
        reference=f"payment_method:{method.pk}",
        label=str(method),
    )
