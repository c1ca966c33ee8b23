"""Paying through the pages: adding balance, and the tax of an invoice."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Membership, User
from adaccounts.models import AdAccount
from billing import queries
from billing.models import Payment
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import DECLINED, VISA, make_invoice

ClientOf = Callable[[User], Client]


def form(**changes: str) -> dict[str, str]:
    usual = {
        "amount": "100.50",
        "number": VISA,
        "expiry": "12/30",
        "cvc": "123",
        "holder": "Fay Finance",
        "idempotency_key": str(uuid4()),
    }
    return usual | changes


def test_a_double_submit_charges_once_and_shows_the_new_balance(
    cast: Cast, ad_account: AdAccount, client_of: ClientOf
) -> None:
    client, filled = client_of(cast.fay), form()
    address = reverse("billing:top_up", args=[ad_account.pk])

    for _ in range(2):
        answer = client.post(address, filled, follow=True)

    assert queries.spendable_balance(ad_account=ad_account) == 100_50
    assert "$100.50 added to the balance of Northwind USD." in answer.content.decode()


def test_the_form_lists_the_practice_cards_and_offers_no_real_one(
    cast: Cast, ad_account: AdAccount, client_of: ClientOf
) -> None:
    page = client_of(cast.fay).get(reverse("billing:top_up", args=[ad_account.pk]))

    text = page.content.decode()
    assert all(card.spaced in text for card in queries.PRACTICE_CARDS)
    assert "Between $20.00 and $50,000.00 in one payment." in text
    assert 'autocomplete="cc-' not in text


def test_a_declined_card_is_said_and_the_next_try_is_a_new_payment(
    cast: Cast, ad_account: AdAccount, client_of: ClientOf
) -> None:
    client = client_of(cast.fay)
    address = reverse("billing:top_up", args=[ad_account.pk])

    answer = client.post(address, form(number=DECLINED))

    assert answer.status_code == 422
    assert "The bank declined the card. Nothing was charged" in answer.content.decode()
    new_key = answer.context["form"]["idempotency_key"].value()
    client.post(address, form(idempotency_key=new_key))
    states = list(Payment.objects.order_by("id").values_list("state", flat=True))
    assert states == ["declined", "succeeded"]


@pytest.mark.parametrize(
    "amount", ["", "0", "-5", "19.99", "50000.01", "NaN", "1e308", "100.001", "ten", "Infinity"]
)
def test_an_amount_that_makes_no_sense_is_refused_at_its_field(
    amount: str, cast: Cast, ad_account: AdAccount, client_of: ClientOf
) -> None:
    answer = client_of(cast.fay).post(
        reverse("billing:top_up", args=[ad_account.pk]), form(amount=amount)
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["amount"]
    assert not Payment.objects.exists()


@pytest.mark.parametrize("amount", ["5000.5", "2999"])
def test_yen_have_no_decimals_and_limits_of_their_own(
    amount: str, cast: Cast, ad_account: AdAccount, at: datetime, client_of: ClientOf
) -> None:
    tokyo = make_ad_account(ad_account.business_center, None, at, "JPY")

    answer = client_of(cast.fay).post(
        reverse("billing:top_up", args=[tokyo.pk]), form(amount=amount)
    )

    assert answer.context["form"].errors["amount"]


@pytest.mark.parametrize("wrong", [{"expiry": "1230"}, {"idempotency_key": "x"}, {"cvc": "1"}])
def test_other_mistakes_keep_what_was_typed_except_the_code(
    wrong: dict[str, str], cast: Cast, ad_account: AdAccount, client_of: ClientOf
) -> None:
    answer = client_of(cast.fay).post(
        reverse("billing:top_up", args=[ad_account.pk]), form(**wrong)
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="100.50"' in text
    assert f'value="{VISA}"' in text
    assert 'value="123"' not in text


def test_the_tax_of_an_invoice_is_paid_on_its_page(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: ClientOf
) -> None:
    berlin = make_ad_account(ad_account.business_center, None, at, "EUR")
    invoice = make_invoice(berlin, date(2026, 10, 1), c1=100_00)
    client, arguments = client_of(cast.fay), [berlin.pk, invoice.pk]

    before = client.get(reverse("billing:invoice", args=arguments)).content.decode()
    answer = client.post(reverse("billing:pay_invoice", args=arguments), form(), follow=True)

    assert "Pay €19.00" in before
    page = answer.content.decode()
    assert "INV-2026-000001 is paid." in page
    assert "Pay €19.00" not in page


def test_a_finance_analyst_sees_and_cannot_pay(
    cast: Cast, ad_account: AdAccount, client_of: ClientOf
) -> None:
    member = Membership.objects.get(user=cast.fay)
    member.finance_role = Membership.FinanceRole.ANALYST
    member.save()
    client = client_of(cast.fay)

    account = client.get(reverse("billing:account", args=[ad_account.pk]))
    top_up = client.post(reverse("billing:top_up", args=[ad_account.pk]), form())

    assert "Add balance" not in account.content.decode()
    assert top_up.status_code == 403
    assert not Payment.objects.exists()
