"""Money moved by two at once. Each race is shown to happen with the lock taken out, and not to
happen with it: both threads are held between reading and writing, where a lock lets in only one.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from adaccounts.models import AdAccount
from billing import ledger, queries
from billing.models import Payment
from billing.services import card_payments
from bizcenter.lib.prepared import Prepared
from tests.factories.billing import fund, spend
from tests.races.money_threads import LOCKED, UNLOCKED, Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = date(2026, 11, 1)


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are read as they are, and nobody waits for anybody."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    locking = ledger._LOCK
    looking = Prepared(locking.statement.replace("FOR NO KEY UPDATE", ""), *locking.types)
    monkeypatch.setattr(ledger, "_LOCK", looking)


def hold_at(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, seconds: float) -> None:
    """Both threads meet just before this function, which writes what was decided on."""
    meeting, original = Meeting(seconds), getattr(module, name)

    def held(*args: Any, **kwargs: Any) -> Any:
        meeting.wait()
        return original(*args, **kwargs)

    monkeypatch.setattr(module, name, held)


def kinds(answers: list[Any]) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


@pytest.fixture
def twice(ad_account: AdAccount, at: datetime) -> Callable[[], list[Any]]:
    """The same top-up submitted twice at once."""
    fund(ad_account, 20_00, at)
    work = partial(fund, ad_account, 100_00, at, key="same")
    return lambda: at_once(work, work)


def hold_payments(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    meeting, create = Meeting(seconds), Payment.objects.create

    def held(**fields: Any) -> Payment:
        meeting.wait()
        return create(**fields)

    monkeypatch.setattr(card_payments.Payment.objects, "create", held)


def test_a_top_up_submitted_twice_at_once_charges_once(
    twice: Callable[[], list[Any]], ad_account: AdAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_payments(monkeypatch, LOCKED)

    first, second = twice()

    assert first == second
    assert Payment.objects.filter(idempotency_key="same").count() == 1
    assert queries.spendable_balance(ad_account=ad_account) == 120_00


def test_without_the_lock_the_second_submit_breaks_on_the_unique_key(
    without_locks: None, twice: Callable[[], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_payments(monkeypatch, UNLOCKED)

    assert kinds(twice()) == ["IntegrityError", "Payment"]


@pytest.fixture
def last_cent(ad_account: AdAccount, at: datetime) -> Callable[[], list[Any]]:
    """Two hours that each want more than half of the balance."""
    fund(ad_account, 20_00, at)
    slot = ad_account.slot_of(at)
    spend(ad_account, slot, c1=1)
    hours = [slot + timedelta(hours=n) for n in (1, 2)]
    return lambda: at_once(*(partial(spend, ad_account, hour, c1=15_00) for hour in hours))


def test_two_charges_for_the_last_money_take_it_once(
    last_cent: Callable[[], list[Any]], ad_account: AdAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_at(monkeypatch, ledger, "_write", LOCKED)

    assert kinds(last_cent()) == ["InsufficientFunds", "NoneType"]
    assert queries.spendable_balance(ad_account=ad_account) == 4_99


def test_without_the_lock_only_the_database_keeps_the_wallet_above_zero(
    without_locks: None,
    last_cent: Callable[[], list[Any]],
    ad_account: AdAccount,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hold_at(monkeypatch, ledger, "_write", UNLOCKED)
    monkeypatch.setattr("billing.services.spending._move_books", lambda *_: {ad_account.pk})

    answers = last_cent()

    assert kinds(answers) == ["IntegrityError", "NoneType"]
    assert queries.spendable_balance(ad_account=ad_account) == 4_99


def test_a_top_up_against_a_charge_loses_neither(ad_account: AdAccount, at: datetime) -> None:
    fund(ad_account, 1_000_00, at)
    slot = ad_account.slot_of(at)
    charges = [partial(spend, ad_account, slot + timedelta(hours=n), c1=1_00) for n in range(4)]
    payments = [partial(fund, ad_account, 20_00, at, key=f"p{n}") for n in range(4)]

    answers = at_once(*charges, *payments)

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert queries.spendable_balance(ad_account=ad_account) == 1_000_00 - 4_00 + 80_00
    assert queries.reconcile(ad_account=ad_account, month=at.date()).agrees


def test_delivery_that_reads_the_wallet_first_never_deadlocks_with_a_top_up(
    ad_account: AdAccount, at: datetime
) -> None:
    fund(ad_account, 100_00, at)
    slot = ad_account.slot_of(at)

    def deliver() -> int:
        with transaction.atomic():
            (spendable,) = queries.lock_spendable(ad_accounts=[ad_account], slot=slot)
            held = spendable.amount
            spend(ad_account, slot, c1=held)
            return held

    held, payment = at_once(deliver, partial(fund, ad_account, 20_00, at, key="during"))

    assert payment.succeeded
    left = queries.spendable_balance(ad_account=ad_account)
    assert (held, left) in [(100_00, 20_00), (120_00, 0)]
