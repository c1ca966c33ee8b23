"""Shards: every account has its turn, none holds up another, and what stands still is seen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.queries import clock
from bizcenter.clock.services import set_clock
from campaigns import services
from campaigns.models import DeliveryCursor, DeliveryShard
from campaigns.queries import shards
from campaigns.queries.shards import PATIENCE, shard_of, shards_behind, troubles
from tests.factories.accounts import Cast

HOUR = timedelta(hours=1)
REAL = datetime(2030, 1, 1, 12, tzinfo=UTC)


def slot(account: AdAccount) -> datetime:
    return DeliveryCursor.objects.get(pk=account.pk).next_slot


def deliver(at: datetime, **settings: float) -> bool:
    return services.deliver_shard(number=0, until=at + 5 * HOUR, **settings)


def seen(at: datetime, real: datetime = REAL):
    return troubles(clock=clock(), until=at + 5 * HOUR, real=real)


@pytest.mark.django_db
def test_ids_are_spread_evenly_and_for_good_over_the_shards(settings) -> None:
    settings.DELIVERY_SHARDS = 8
    sizes = [0] * 8
    for number in range(7_000_000_000_000_000, 7_000_000_000_008_000, 10):
        sizes[shard_of(number)] += 1

    assert min(sizes) > 70
    assert shard_of(7_000_000_000_000_000) == shard_of(7_000_000_000_000_000)


@pytest.mark.django_db
def test_a_shard_delivers_all_its_accounts_and_doing_it_again_changes_nothing(
    pair: tuple[AdAccount, AdAccount], at: datetime
) -> None:
    assert shards_behind(until=at + 5 * HOUR).keys() == {0}

    assert deliver(at)
    assert deliver(at)

    assert [slot(each) for each in pair] == [at + 5 * HOUR] * 2
    assert shards_behind(until=at + 5 * HOUR) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("most_ads", "turns"), [(10_000, 5), (0, 10)], ids=["together", "alone"])
def test_everybody_has_a_turn_when_time_is_short(
    pair: tuple[AdAccount, AdAccount],
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
    most_ads: int,
    turns: int,
) -> None:
    monkeypatch.setattr(shards, "MOST_ADS", most_ads)

    assert [deliver(at, time_limit=0) for _ in range(turns)] == [False] * (turns - 1) + [True]
    assert [slot(each) for each in pair] == [at + 5 * HOUR] * 2


@pytest.mark.django_db
def test_an_account_that_fails_is_noted_and_the_others_go_on(
    pair: tuple[AdAccount, AdAccount], at: datetime, poison
) -> None:
    bad, good = pair
    cure = poison(bad)

    assert deliver(at)

    cursor = DeliveryCursor.objects.get(pk=bad.pk)
    assert slot(good) == at + 5 * HOUR
    assert slot(bad) < at + 5 * HOUR
    assert cursor.failure == "ZeroDivisionError: no people left"
    assert [each.pk for each in seen(at).failing] == [bad.pk]

    assert deliver(at)  # within half a minute it is not tried again
    assert DeliveryCursor.objects.get(pk=bad.pk).failed_at == cursor.failed_at

    cure()
    long_ago = cursor.failed_at - timedelta(minutes=1)
    DeliveryCursor.objects.filter(pk=bad.pk).update(failed_at=long_ago)
    assert deliver(at)
    assert slot(bad) == at + 5 * HOUR
    assert not seen(at).failing


@pytest.mark.django_db
def test_a_shard_that_stands_still_is_seen_after_a_minute_until_it_moves(
    pair: tuple[AdAccount, AdAccount], at: datetime
) -> None:
    services.note_waiting([0], real=REAL)
    services.note_waiting([0], real=REAL + PATIENCE)

    assert not seen(at, REAL + PATIENCE).shards
    (stuck,) = seen(at, REAL + 2 * PATIENCE).shards
    assert (stuck.number, stuck.accounts, stuck.since) == (0, 2, REAL)

    deliver(at)
    assert not seen(at, REAL + 2 * PATIENCE).shards  # nothing waits any more
    services.note_waiting([], real=REAL)
    assert DeliveryShard.objects.get().behind_since is None


@pytest.mark.django_db
def test_progress_is_a_sign_of_life(pair: tuple[AdAccount, AdAccount], at: datetime) -> None:
    services.note_waiting([0], real=REAL)
    DeliveryShard.objects.update(progress_at=REAL + 5 * PATIENCE)

    assert not seen(at, REAL + 6 * PATIENCE).shards
    assert seen(at, REAL + 7 * PATIENCE).shards


@pytest.mark.django_db
def test_workers_that_are_silent_are_missed(at: datetime) -> None:
    set_clock(at=at, rate=PracticeClock.REAL)
    beat = clock().beat_at
    assert beat is not None

    assert seen(at, beat + PATIENCE).silent_since is None
    assert seen(at, beat + 2 * PATIENCE).silent_since == beat


@pytest.mark.django_db
def test_trainers_see_what_fails_on_the_clock_page_and_members_do_not(
    pair: tuple[AdAccount, AdAccount], at: datetime, poison, client: Client, cast: Cast
) -> None:
    poison(pair[0])
    deliver(at)
    client.force_login(cast.mia)
    page = reverse("practice:clock")

    assert "no people left" not in client.get(page).content.decode()
    client.force_login(cast.tom)
    shown = client.get(page).content.decode()

    assert "Delivery does not get on" in shown
    assert "ZeroDivisionError: no people left" in shown
    assert client.get("/readyz").json()["delivery"] == "Behind: 1 ad accounts fail"


@pytest.mark.django_db
def test_an_accounts_pages_say_that_delivery_is_behind(
    pair: tuple[AdAccount, AdAccount], at: datetime, client: Client, cast: Cast
) -> None:
    client.force_login(cast.mia)
    page = reverse("campaigns:campaign_list", args=[pair[0].pk])

    assert "Delivery is behind" in client.get(page).content.decode()
    deliver(at)
    assert "Delivery is behind" not in client.get(page).content.decode()
