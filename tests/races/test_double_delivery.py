"""Two workers at one hour, and people who switch while an hour is being delivered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from adaccounts.models import AdAccount
from billing.models import Posting
from billing.queries import spendable_balance
from campaigns import services
from campaigns.delivery import tick
from campaigns.models import DeliveryCursor, HourFact, StopRequest, SwitchEvent
from campaigns.services import deliver_slot, deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_tree

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    fund(ad_account, 500_000, at)
    tree = make_tree(ad_account, at)
    approve(tree.ad, at)
    return tree


def in_thread(work: Callable[[], Any], answers: list[Any]) -> Thread:
    """The work on a connection of its own; its answer or error is added to `answers`."""

    def run() -> None:
        try:
            answers.append(work())
        except Exception as error:
            answers.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def test_of_two_workers_one_delivers_the_hour(tree: Tree, ad_account: AdAccount, at) -> None:
    start = Barrier(2)
    answers: list[Any] = []

    def deliver() -> bool:
        start.wait()
        return deliver_slot(ad_account_id=ad_account.pk, slot=at)

    for thread in [in_thread(deliver, answers) for _ in range(2)]:
        thread.join()

    fact = HourFact.objects.get()
    assert sorted(answers) == [False, True]
    assert spendable_balance(ad_account=ad_account) == 500_000 - fact.spend


def test_without_the_lock_the_second_worker_would_collide(
    tree: Tree, ad_account: AdAccount, at, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_claimed = Barrier(2)
    answers: list[Any] = []

    def claim_unlocked(
        *, ad_account_ids: list[int], slot: datetime, is_durable: bool
    ) -> list[DeliveryCursor]:
        cursors = DeliveryCursor.objects.select_related("ad_account")
        found = list(cursors.filter(pk__in=ad_account_ids, next_slot=slot))
        both_claimed.wait()
        return found

    monkeypatch.setattr(tick, "claim", claim_unlocked)
    deliver = lambda: deliver_slot(ad_account_id=ad_account.pk, slot=at)  # noqa: E731
    for thread in [in_thread(deliver, answers) for _ in range(2)]:
        thread.join()

    # The database still keeps the books right: the second copy of the facts is refused.
    assert [type(answer).__name__ for answer in answers].count("bool") == 1
    assert [type(answer).__name__ for answer in answers].count("IntegrityError") == 1
    assert Posting.objects.filter(kind="spend").count() == 1


def test_two_workers_catching_up_share_the_hours(tree: Tree, ad_account: AdAccount, at) -> None:
    answers: list[Any] = []

    def catch_up() -> int:
        return deliver_until(ad_account_id=ad_account.pk, until=at + 12 * HOUR)

    for thread in [in_thread(catch_up, answers) for _ in range(2)]:
        thread.join()

    assert sum(answers) == 12
    assert HourFact.objects.count() == Posting.objects.filter(kind="spend").count() == 12


def test_a_switch_during_the_hours_delivery_takes_effect_after_it(
    tree: Tree, ad_account: AdAccount, at
) -> None:
    """The person read the clock inside the hour, but the worker was first."""
    answers: list[Any] = []
    asked = Event()

    def switch_off() -> None:
        asked.set()
        services.switch_off(node=tree.ad, actor=None, at=at + 30 * MINUTE)

    with transaction.atomic():
        cursors = tick.claim(ad_account_ids=[ad_account.pk], slot=at, is_durable=True)
        person = in_thread(switch_off, answers)
        assert asked.wait(10)
        assert cursors
        tick.run(cursors)
    person.join()

    assert answers == [None]
    assert at + HOUR < SwitchEvent.objects.get().effective_at <= at + HOUR + MINUTE
    deliver_until(ad_account_id=ad_account.pk, until=at + 4 * HOUR)
    assert set(HourFact.objects.values_list("slot", flat=True)) <= {at, at + HOUR}


def test_two_clicks_at_once_make_one_stop(tree: Tree, at) -> None:
    start = Barrier(2)
    answers: list[Any] = []

    def stop() -> int:
        start.wait()
        return services.request_stop(
            campaign=tree.campaign, kind="pause", reason="other", note="",
            expected_version=None, actor=None, at=at,
        ).pk  # fmt: skip

    for thread in [in_thread(stop, answers) for _ in range(2)]:
        thread.join()

    assert StopRequest.objects.count() == 1
    assert set(answers) == {StopRequest.objects.get().pk}


def test_two_workers_finish_a_stop_once(tree: Tree, at) -> None:
    services.request_stop(
        campaign=tree.campaign, kind="pause", reason="other", note="",
        expected_version=None, actor=None, at=at,
    )  # fmt: skip
    start = Barrier(2)
    answers: list[Any] = []

    def settle() -> int:
        start.wait()
        return services.settle_due(ad_account_ids=None, until=at + HOUR)

    for thread in [in_thread(settle, answers) for _ in range(2)]:
        thread.join()

    assert SwitchEvent.objects.filter(node_id=tree.campaign.pk).count() == 1
