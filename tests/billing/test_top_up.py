"""Adding balance with a practice card."""

from datetime import datetime

import pytest

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from billing import queries
from billing.models import Entry, Payment, Posting
from billing.services import IdempotencyKeyReused, InvalidAmount, InvalidCard, top_up
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import DECLINED, fund, make_card


def test_a_payment_is_on_the_balance_and_in_the_activity_log(
    ad_account: AdAccount, cast: Cast, at: datetime
) -> None:
    payment = top_up(
        ad_account=ad_account,
        amount=100_00,
        card=make_card(),
        idempotency_key="one",
        actor=cast.fay,
        at=at,
    )

    assert (payment.card_brand, payment.card_last_four) == ("Visa", "4242")
    assert queries.spendable_balance(ad_account=ad_account) == 100_00
    assert set(Entry.objects.values_list("account__kind", "amount")) == {
        ("wallet", 100_00),
        ("card", -100_00),
    }
    entry = ActivityEntry.objects.get(action="top_up")
    assert entry.summary == "Added $100.00 to the balance with Visa ending in 4242"
    assert (entry.actor, entry.ad_account_id) == (cast.fay, ad_account.pk)


def test_submitting_twice_charges_once(ad_account: AdAccount, at: datetime) -> None:
    first = fund(ad_account, 100_00, at, key="same")
    second = fund(ad_account, 100_00, at, key="same")

    assert first == second
    assert queries.spendable_balance(ad_account=ad_account) == 100_00
    assert ActivityEntry.objects.filter(action="top_up").count() == 1


def test_a_key_that_stood_for_another_payment_is_refused(
    ad_account: AdAccount, at: datetime
) -> None:
    other = make_ad_account(ad_account.business_center, None, at, currency="EUR")
    fund(ad_account, 100_00, at, key="same")

    with pytest.raises(IdempotencyKeyReused):
        fund(ad_account, 101_00, at, key="same")
    with pytest.raises(IdempotencyKeyReused):
        fund(other, 100_00, at, key="same")


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (DECLINED, "The bank declined the card."),
        ("4000000000009995", "The card has insufficient funds."),
        ("4000000000000069", "The card has expired."),
    ],
)
def test_a_declined_payment_is_recorded_and_moves_no_money(
    number: str, message: str, ad_account: AdAccount, at: datetime
) -> None:
    payment = fund(ad_account, 100_00, at, number=number)

    assert (payment.state, payment.message) == (Payment.State.DECLINED, message)
    assert not Posting.objects.exists()
    assert queries.spendable_balance(ad_account=ad_account) == 0
    assert message in ActivityEntry.objects.get(action="top_up_declined").summary


@pytest.mark.parametrize(
    ("currency", "low", "high"),
    [("USD", 20_00, 50_000_00), ("JPY", 3_000, 7_500_000)],
)
def test_the_smallest_and_largest_amounts_pass_and_one_more_does_not(
    currency: str, low: int, high: int, ad_account: AdAccount, at: datetime
) -> None:
    account = make_ad_account(ad_account.business_center, None, at, currency, name="Limits")
    for amount in (low, high):
        assert fund(account, amount, at).succeeded

    for amount in (low - 1, high + 1, 0, -low):
        with pytest.raises(InvalidAmount) as caught:
            fund(account, amount, at)
        assert caught.value.field == "amount"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"expiry_month": 10, "expiry_year": 2026}, "expiry"),
        ({"expiry_month": 10, "expiry_year": 26}, "expiry"),
        ({"expiry_month": 13}, "expiry"),
        ({"expiry_year": 999}, "expiry"),
        ({"cvc": "12"}, "cvc"),
        ({"cvc": "٣٢١"}, "cvc"),
        ({"number": "378282246310005", "cvc": "123"}, "cvc"),
        ({"holder": " "}, "holder"),
        ({"number": "4242424242424241"}, "number"),
        ({"number": ""}, "number"),
    ],
)
def test_what_is_wrong_with_a_card_is_said_at_its_field(
    wrong: dict[str, object], field: str, ad_account: AdAccount, at: datetime
) -> None:
    with pytest.raises(InvalidCard) as caught:
        top_up(
            ad_account=ad_account,
            amount=100_00,
            card=make_card(**wrong),
            idempotency_key="one",
            actor=None,
            at=at,
        )

    assert caught.value.field == field
    assert not Payment.objects.exists()


def test_a_card_is_good_until_the_end_of_its_last_month(
    ad_account: AdAccount, at: datetime
) -> None:
    card = make_card("5555 5555 5555 4444", expiry_month=at.month, expiry_year=at.year % 100)

    payment = top_up(
        ad_account=ad_account, amount=20_00, card=card, idempotency_key="one", actor=None, at=at
    )

    assert payment.card == "Mastercard ending in 4444"
