"""Paying with what was saved: an ad account chooses, others cannot."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, User
from adaccounts.models import AdAccount
from billing import queries
from billing.models import Payment, PaymentMethod
from billing.services import add_card, add_paypal
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from tests.billing.test_payment_methods import address
from tests.factories.accounts import Cast
from tests.factories.billing import make_card

ClientOf = Callable[[User], Client]


def test_another_centers_method_is_not_found_and_not_chosen(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime,
    client_of: ClientOf,
) -> None:  # fmt: skip
    other = BusinessCenter.objects.get(name="Carl & Co")
    foreign = add_paypal(owner=other, email="carl@wallet.example", actor=cast.carl, at=at)
    fay = client_of(cast.fay)
    top_up, payment = (
        f"/ad-accounts/{ad_account.pk}/finance/{page}/" for page in ("top-up", "payment")
    )

    assert fay.post(f"{address(business_center)}{foreign.pk}/remove/").status_code == 404
    assert fay.post(payment, {"method": str(foreign.pk)}).status_code == 422
    key = "11111111-1111-4111-8111-111111111111"
    sent = {"amount": "50", "method": str(foreign.pk), "idempotency_key": key}
    assert fay.post(top_up, sent).status_code == 422
    assert PaymentMethod.objects.filter(pk=foreign.pk).exists()


def test_balance_is_added_with_a_saved_method(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: ClientOf
) -> None:
    center = ad_account.business_center
    by = {"owner": center, "actor": cast.fay, "at": at}
    visa, paypal = add_card(card=make_card(), **by), add_paypal(email="f@w.example", **by)
    fay = client_of(cast.fay)
    payment, top_up = (
        f"/ad-accounts/{ad_account.pk}/finance/{page}/" for page in ("payment", "top-up")
    )

    fay.post(payment, {"method": str(paypal.pk)})
    offered = fay.get(top_up).context["form"].fields["method"]
    for number, method in enumerate((paypal, visa)):
        key = f"11111111-1111-4111-8111-11111111111{number}"
        sent = {"amount": "50", "method": str(method.pk), "idempotency_key": key}
        assert fay.post(top_up, sent).status_code == 302

    assert offered.initial == str(paypal.pk)
    assert queries.spendable_balance(ad_account=ad_account) == 100_00
    paid = Payment.objects.order_by("id")
    assert [payment.card for payment in paid] == ["PayPal", "Visa ending in 4242"]


def test_a_saved_card_that_has_expired_since_is_not_offered(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: ClientOf
) -> None:
    december = make_card(expiry_month=12, expiry_year=2026)
    method = add_card(owner=ad_account.business_center, card=december, actor=cast.fay, at=at)

    def is_offered() -> bool:
        page = client_of(cast.fay).get(f"/ad-accounts/{ad_account.pk}/finance/top-up/")
        return str(method) in page.content.decode()

    assert is_offered()
    set_clock(at=at + timedelta(days=59), rate=PracticeClock.PAUSED)
    assert is_offered()
    set_clock(at=at + timedelta(days=60), rate=PracticeClock.PAUSED)
    assert not is_offered()


def test_choosing_the_same_method_again_is_no_change(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: ClientOf
) -> None:
    by = {"owner": ad_account.business_center, "actor": cast.fay, "at": at}
    visa, fay = add_card(card=make_card(), **by), client_of(cast.fay)
    url = f"/ad-accounts/{ad_account.pk}/finance/payment/"

    for chosen in ("", str(visa.pk), str(visa.pk), ""):
        assert fay.post(url, {"method": chosen}).status_code == 302

    assert ActivityEntry.objects.filter(action="choose_funding").count() == 2


def test_the_account_says_how_it_pays(
    cast: Cast, ad_account: AdAccount, client_of: ClientOf
) -> None:
    page = client_of(cast.fay).get(f"/ad-accounts/{ad_account.pk}/finance/payment/")

    text = page.content.decode()
    assert "Manual balance" in text
    assert "Monthly invoicing" in text
    assert "After approval" in text
