"""A number that may be a real card's is refused, and stays nowhere."""

import logging
import re
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import ActivityEntry, User
from adaccounts.models import AdAccount
from billing.models import Payment
from billing.queries import PRACTICE_CARDS
from billing.queries.practice_cards import passes_luhn
from billing.services import CardInput, RealCardRefused
from tests.factories.accounts import Cast
from tests.factories.billing import fund, make_card

REAL_LOOKING = "4539578763621486"
# Ids and tokens hold any three digits now and then.
CHANCE = re.compile(r"\b\d{19}\b|\b[A-Za-z0-9]{32,}\b")


def test_it_is_refused_unsaved_with_the_reason(ad_account: AdAccount, at: datetime) -> None:
    with pytest.raises(RealCardRefused, match="Only the practice card numbers") as caught:
        fund(ad_account, 100_00, at, number=REAL_LOOKING)

    assert REAL_LOOKING not in caught.value.message
    assert not Payment.objects.exists()
    assert not ActivityEntry.objects.filter(action__startswith="top_up").exists()


def test_the_page_does_not_repeat_it_and_nothing_logs_it(
    cast: Cast,
    ad_account: AdAccount,
    client_of: Callable[[User], Client],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    form = {
        "amount": "100",
        "number": "4539 5787 6362 1486",
        "expiry": "12/30",
        "cvc": "987",
        "holder": "Fay",
        "idempotency_key": str(UUID(int=0)),
    }

    answer = client_of(cast.fay).post(reverse("billing:top_up", args=[ad_account.pk]), form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Only the practice card numbers" in page
    logged = "".join(record.getMessage() for record in caplog.records)
    for secret in ("6362", "987", REAL_LOOKING):
        assert secret not in CHANCE.sub("", page)
        assert secret not in CHANCE.sub("", logged)


def test_a_card_shows_neither_number_nor_code_when_printed() -> None:
    shown = repr(make_card(REAL_LOOKING, cvc="987"))

    assert shown == "CardInput(expiry_month=12, expiry_year=2030, holder='Fay Finance')"
    assert CardInput.__dataclass_params__.frozen


def test_every_practice_number_has_a_right_check_digit() -> None:
    assert all(passes_luhn(card.number) for card in PRACTICE_CARDS)


@settings(deadline=None)
@given(st.from_regex(r"[0-9]{11,18}", fullmatch=True), st.integers(0, 9))
def test_exactly_one_check_digit_in_ten_is_right(number: str, digit: int) -> None:
    right = [d for d in range(10) if passes_luhn(f"{number}{d}")]

    assert len(right) == 1
    assert passes_luhn(f"{number}{digit}") == (digit == right[0])


@pytest.mark.parametrize("text", ["", "0", "4242 4242", "四二" * 8, "4" * 40])
def test_what_is_no_number_has_no_check_digit(text: str) -> None:
    assert not passes_luhn(text)
