"""The payment step of the set-up: a practice card is kept by its last four, or added later."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import BusinessCenter
from billing import queries
from billing.models import PaymentMethod
from bizcenter.clock.models import PracticeClock
from tests.accounts.setup.steps import BUSINESS, NAME, accept, begun, send
from tests.billing.test_payment_methods import address, card
from tests.factories.accounts import make_person


@pytest.fixture
def founder(practice_clock: PracticeClock, client_of: Callable[..., Client]) -> Client:
    """Has come as far as the payment."""
    browser = client_of(make_person("Fred Founder", "fred@acme.example"))
    send(browser, "business", BUSINESS)
    send(browser, "name", NAME)
    send(browser, "documents", {}, go="skip")
    return browser


def test_a_card_given_in_the_set_up_belongs_to_the_business_center(founder: Client) -> None:
    saved = founder.post("/setup/payment/", card(), follow=True).content.decode()
    send(founder, "payment", {})
    terms = founder.get("/setup/terms/").content.decode()
    accept(founder)

    center = BusinessCenter.objects.get()
    assert "Visa ending in 4242" in saved
    assert "Visa ending in 4242" in terms
    assert [str(m) for m in queries.methods_of(center)] == ["Visa ending in 4242"]
    assert "Visa ending in 4242" in founder.get(address(center)).content.decode()
    assert "4242424242424242" not in str(begun().data)


def test_it_may_be_skipped_and_is_resumed_from_financial(founder: Client) -> None:
    send(founder, "payment", {})
    accept(founder)
    center = BusinessCenter.objects.get()

    founder.post(address(center), card())

    assert PaymentMethod.objects.get().business_center == center


def test_the_methods_of_the_country_are_offered(founder: Client) -> None:
    send(founder, "business", {**BUSINESS, "country": "JP", "postal_code": "100-0001"})
    send(founder, "name", {**NAME, "currency": "JPY", "timezone": "Asia/Tokyo"})
    send(founder, "documents", {}, go="skip")

    page = founder.get("/setup/payment/").content.decode()

    assert "Accepted (Japan): Visa, Mastercard and American Express." in page
    assert 'value="paypal"' not in page


def test_a_card_that_is_refused_says_why_and_the_step_stays(founder: Client) -> None:
    answer = founder.post("/setup/payment/", card("4000000000009995"))

    assert "insufficient funds" in answer.content.decode()
    assert founder.get("/setup/terms/").headers["Location"] == "/setup/"


def test_a_saved_method_can_be_removed_again(founder: Client) -> None:
    founder.post("/setup/payment/", card())
    method = PaymentMethod.objects.get()

    founder.post("/setup/payment/", {"go": "remove", "method": str(method.pk)})

    assert not PaymentMethod.objects.exists()


def test_when_the_default_is_removed_another_method_is_it(founder: Client) -> None:
    for number in ("4242424242424242", "5555555555554444"):
        founder.post("/setup/payment/", card(number))
    first = PaymentMethod.objects.get(is_default=True)

    founder.post("/setup/payment/", {"go": "remove", "method": str(first.pk)})

    assert PaymentMethod.objects.get().is_default


def test_nobody_removes_a_method_of_somebody_elses_set_up(
    founder: Client, client_of: Callable[..., Client]
) -> None:
    founder.post("/setup/payment/", card())
    thief = client_of(make_person())
    send(thief, "business", BUSINESS)
    send(thief, "name", NAME)
    send(thief, "documents", {}, go="skip")

    number = str(PaymentMethod.objects.get().pk)
    assert thief.post("/setup/payment/", {"go": "remove", "method": number}).status_code == 404


def test_neither_card_nor_paypal_reads_as_optional_and_only_the_chosen_one_is_asked_for(
    founder: Client,
) -> None:
    page = founder.get("/setup/payment/").content.decode()

    nothing = [
        founder.post("/setup/payment/", {"kind": kind}).context["form"].errors
        for kind in ("card", "paypal")
    ]

    assert "PayPal e-mail" in page
    assert "(optional)" not in page
    assert [sorted(errors) for errors in nothing] == [
        ["cvc", "expiry", "holder", "number"],
        ["paypal_email"],
    ]
