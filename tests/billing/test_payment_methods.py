"""Saved ways to pay: what each practice card answers, what is kept, and what a region offers."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, User
from billing import queries
from billing.models import PaymentMethod
from billing.services import add_card, add_paypal
from tests.factories.accounts import Cast
from tests.factories.billing import DECLINED, VISA, make_card

ClientOf = Callable[[User], Client]
MASTERCARD, AMEX = "5555555555554444", "378282246310005"


def address(center: BusinessCenter) -> str:
    return f"/bc/{center.pk}/finance/payment-methods/"


def card(number: str = VISA, **changes: str) -> dict[str, str]:
    usual = {"kind": "card", "number": number, "expiry": "12/30", "cvc": "123", "holder": "Fay"}
    return usual | changes


def test_a_practice_card_is_saved_by_brand_and_last_four(
    cast: Cast, business_center: BusinessCenter, client_of: ClientOf
) -> None:
    fay = client_of(cast.fay)
    answer = fay.post(address(business_center), card("4242 4242 4242 4242"), follow=True)

    assert "Visa ending in 4242 is saved." in answer.content.decode()
    method = PaymentMethod.objects.get()
    kept = " ".join(str(value) for value in vars(method).values())
    assert VISA not in kept
    assert (method.is_default, method.expiry, method.added_by) == (True, "12/30", cast.fay)
    assert ActivityEntry.objects.filter(action="add_payment_method").exists()


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        (card("4242424242424241"), "number", "its check digit is wrong"),
        (card("4111"), "number", "This is not a card number"),
        (card("4012888888881881"), "number", "Never enter a real card here"),
        (card(expiry="10/26"), "expiry", "This expiry date has passed."),
        (card("4000000000009995"), "number", "The card has insufficient funds."),
        (card(DECLINED), "number", "The bank declined the card."),
        (card("4000000000000069"), "number", "The card has expired."),
        (card(cvc="12"), "cvc", "has 3 digits"),
    ],
)
def test_every_card_that_cannot_be_used_says_why(
    wrong: dict[str, str],
    field: str,
    message: str,
    cast: Cast,
    business_center: BusinessCenter,
    client_of: ClientOf,
) -> None:
    answer = client_of(cast.fay).post(address(business_center), wrong)

    assert answer.status_code == 422
    assert message in answer.context["form"].errors[field][0]
    assert not PaymentMethod.objects.exists()


def test_paypal_is_saved_where_it_is_offered_and_refused_elsewhere(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    wallet = {"kind": "paypal", "paypal_email": "Fay@Wallet.example"}
    fay = client_of(cast.fay)
    for _ in range(2):
        fay.post(address(business_center), wallet)
    assert [str(m) for m in queries.methods_of(business_center)] == ["PayPal (fay@wallet.example)"]

    BusinessCenter.objects.filter(pk=business_center.pk).update(country="JP")
    page = fay.get(address(business_center)).content.decode()
    refused = fay.post(address(business_center), wallet)

    assert "Accepted (Japan): Visa, Mastercard and American Express." in page
    assert 'value="paypal"' not in page
    assert refused.status_code == 422


def test_each_region_has_its_list() -> None:
    assert queries.methods_offered("US").in_words == (
        "Visa, Mastercard, American Express and PayPal"
    )
    assert queries.methods_offered("IN").in_words == "Visa and Mastercard"


def test_a_brand_that_is_not_taken_in_the_country_is_refused(
    cast: Cast, business_center: BusinessCenter, client_of: ClientOf
) -> None:
    BusinessCenter.objects.filter(pk=business_center.pk).update(country="IN")

    answer = client_of(cast.fay).post(address(business_center), card(AMEX, cvc="1234"))

    assert "Use Visa and Mastercard." in answer.context["form"].errors["number"][0]


def test_there_is_one_default_also_after_it_is_removed(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    by = {"owner": business_center, "actor": cast.fay, "at": at}
    first = add_card(card=make_card(), **by)
    second = add_card(card=make_card(MASTERCARD), **by)
    fay = client_of(cast.fay)

    fay.post(f"{address(business_center)}{second.pk}/default/")
    assert [m.pk for m in queries.methods_of(business_center) if m.is_default] == [second.pk]
    assert "Remove Mastercard ending in 4444?" in (
        fay.get(f"{address(business_center)}{second.pk}/remove/").content.decode()
    )
    fay.post(f"{address(business_center)}{second.pk}/remove/")

    assert [m.pk for m in queries.methods_of(business_center) if m.is_default] == [first.pk]


def test_a_finance_analyst_sees_the_list_and_changes_nothing(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    add_paypal(owner=business_center, email="fay@wallet.example", actor=cast.fay, at=at)
    cast.fay.memberships.update(finance_role="analyst")
    fay = client_of(cast.fay)

    page = fay.get(address(business_center)).content.decode()

    assert "PayPal (fay@wallet.example)" in page
    assert "Add a payment method" not in page
    assert fay.post(address(business_center), card()).status_code == 403


def test_card_numbers_do_not_come_to_lie_in_the_session(
    cast: Cast, business_center: BusinessCenter, client_of: ClientOf
) -> None:
    fay = client_of(cast.fay)
    session = fay.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1}]
    session.save()

    answer = fay.post(address(business_center), card())

    assert answer.headers["Location"].startswith("/account/reauthenticate/")
    assert VISA not in str(dict(fay.session))
    assert not PaymentMethod.objects.exists()
