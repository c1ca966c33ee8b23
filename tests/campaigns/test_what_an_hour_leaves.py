"""Beside its facts an hour leaves what comes later and why; a day leaves who its people were."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zlib import decompress

import numpy as np
import pytest

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.delivery import closing, day_sums, tick
from campaigns.delivery.breakdown import SPLIT_METRICS
from campaigns.delivery.market import country_number
from campaigns.delivery.plan import LATE, LOG, Outcome
from campaigns.models import (
    DayBreakdown,
    DayFact,
    DeliveryCursor,
    HourFact,
    HourLog,
    LateConversion,
    Objective,
)
from campaigns.services import deliver_slot, deliver_until
from tests.factories import facts
from tests.factories.billing import fund
from tests.factories.campaigns import Tree, approve, make_ad, make_tree

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MIDNIGHT = 14  # hours after the story's 10:00


@pytest.fixture
def shop(ad_account: AdAccount, at: datetime) -> Tree:
    """It sells: at home and in Canada, at 20,000 dollars a day."""
    for _ in range(2):
        fund(ad_account, 50_000_00, at)
    tree = make_tree(
        ad_account,
        at,
        campaign={"objective": Objective.WEB_CONVERSIONS},
        group={"budget": 20_000_00, "countries": ("US", "CA")},
    )
    approve(tree.ad, at)
    return tree


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> list[Outcome]:
    """What the engine answered."""
    found: list[Outcome] = []
    ask = tick.ask

    def asked(questions):
        answers = ask(questions)
        found.extend(answer.outcome for answer in answers)
        return answers

    monkeypatch.setattr(tick, "ask", asked)
    return found


def test_late_conversions_are_kept_with_the_hour_of_their_click(
    shop: Tree, ad_account: AdAccount, at: datetime, outcomes: list[Outcome]
) -> None:
    deliver_until(ad_account_id=ad_account.pk, until=at + 3 * HOUR)

    expected = [
        (shop.ad.pk, at + hour * HOUR, *(int(row[name]) for name in LATE.names[2:]))
        for hour, outcome in enumerate(outcomes)
        for row in outcome.late
    ]
    columns = ("ad_id", "slot", "event_slot", *LATE.names[3:])
    kept = [
        (ad, slot, int(event.timestamp()), *counts)
        for ad, slot, event, *counts in LateConversion.objects.order_by(
            "slot", "event_slot", "kind"
        ).values_list(*columns)
    ]
    assert kept == expected != []
    assert set(
        LateConversion.objects.values_list("day", "ad_account_id", "campaign_id", "ad_group_id")
    ) == {(date(2026, 11, 2), ad_account.pk, shop.campaign.pk, shop.group.pk)}
    assert {row.country for row in LateConversion.objects.all()} <= {
        country_number(code) for code in ("US", "CA")
    }


def test_the_day_of_a_late_conversion_is_that_of_its_click_on_the_accounts_clock(
    shop: Tree, ad_account: AdAccount, at: datetime
) -> None:
    deliver_until(ad_account_id=ad_account.pk, until=at + (MIDNIGHT + 2) * HOUR)

    for slot, day in LateConversion.objects.values_list("slot", "day"):
        assert day == ad_account.day_of(slot)
    assert LateConversion.objects.values("day").distinct().count() == 2


def test_the_log_of_an_hour_says_what_held_each_ad_back(
    shop: Tree, ad_account: AdAccount, at: datetime, outcomes: list[Outcome]
) -> None:
    approve(make_ad(shop.group, at), at)

    deliver_until(ad_account_id=ad_account.pk, until=at + 2 * HOUR)

    logs = HourLog.objects.filter(ad_account_id=ad_account.pk).order_by("slot")
    assert [log.slot for log in logs] == [at, at + HOUR]
    for log, outcome in zip(logs, outcomes, strict=True):
        entries = np.frombuffer(decompress(log.entries), LOG)
        assert len(entries) == 2
        assert np.array_equal(entries, outcome.log)


def test_an_hour_repeated_leaves_nothing_twice(
    shop: Tree, ad_account: AdAccount, at: datetime
) -> None:
    deliver_slot(ad_account_id=ad_account.pk, slot=at)
    before = LateConversion.objects.count(), HourLog.objects.count()

    assert not deliver_slot(ad_account_id=ad_account.pk, slot=at)

    assert (LateConversion.objects.count(), HourLog.objects.count()) == before


def checked_against_its_day(row: DayBreakdown) -> Iterator[str]:
    """The metrics whose three ways of dividing each add up to the day."""
    day = DayFact.objects.get(ad_id=row.ad_id, day=row.day)
    assert (row.ad_account_id, row.campaign_id, row.ad_group_id) == (
        day.ad_account_id, day.campaign_id, day.ad_group_id,
    )  # fmt: skip
    for metric in SPLIT_METRICS:
        cells = getattr(row, metric)
        assert len(cells) == 20 + len(row.countries)
        assert all(type(cell) is int and cell >= 0 for cell in cells)
        sums = sum(cells[:18]), sum(cells[18:20]), sum(cells[20:])
        assert set(sums) == {getattr(day, metric)}, metric
        yield metric


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("large", [0, 10_000], ids=["on the way", "by the database"])
def test_the_audience_of_a_closed_day_adds_up_to_the_day(
    shop: Tree, ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    """Also of an ad that was deleted during it, and of groups with other countries."""
    monkeypatch.setattr(day_sums, "LARGE", large)
    if not large:
        monkeypatch.setattr(tick.writing, "add_up_day", None)
    DeliveryCursor.objects.filter(pk=ad_account.pk).update(next_slot=at - 10 * HOUR)
    at_home = make_tree(ad_account, at, group={"budget": 200_00})
    gone = make_ad(shop.group, at)
    for ad in (at_home.ad, gone):
        approve(ad, at)
    deliver_until(ad_account_id=ad_account.pk, until=at + 6 * HOUR)
    assert not DayBreakdown.objects.exists()
    services.delete_node(node=gone, actor=None, at=at + 6 * HOUR)

    deliver_until(ad_account_id=ad_account.pk, until=at + (MIDNIGHT + 1) * HOUR)

    rows = {row.ad_id: row for row in DayBreakdown.objects.all()}
    assert set(rows) == {shop.ad.pk, at_home.ad.pk, gone.pk}
    assert set(rows) == set(DayFact.objects.values_list("ad_id", flat=True))
    for row in rows.values():
        assert tuple(checked_against_its_day(row)) == SPLIT_METRICS
    numbers = {code: country_number(code) for code in ("CA", "US")}
    assert rows[shop.ad.pk].countries == rows[gone.pk].countries == list(numbers.values())
    assert rows[at_home.ad.pk].countries == [numbers["US"]]
    assert min(rows[shop.ad.pk].impressions[18:]) > 0


def test_the_audience_is_the_same_whoever_adds_up_the_day(
    shop: Tree, ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver_until(ad_account_id=ad_account.pk, until=at + (MIDNIGHT + 1) * HOUR)
    expected = list(DayBreakdown.objects.values())
    end = at + MIDNIGHT * HOUR
    found, _ = tick.look([ad_account], since=end - HOUR)[0]
    day = date(2026, 11, 2)
    sums = tick.writing.add_up_day
    for model in (DayFact, DayBreakdown):
        facts.empty(model)
    whole = day_sums.OpenDay(end)
    of_day = sums(ad_account_id=ad_account.pk, day=day, start=end - DAY, end=end)
    facts.empty(DayFact)
    monkeypatch.setattr(whole, "sums", lambda: of_day)

    closing.close_days([closing.Closing(ad_account, day, found, whole, b"")], end=end)

    assert list(DayBreakdown.objects.values()) == expected != []


def test_a_group_that_reaches_nobody_at_midnight_still_adds_up(
    shop: Tree, ad_account: AdAccount, at: datetime
) -> None:
    """It was narrowed to nobody in the evening, after all the day's impressions."""
    end = at + MIDNIGHT * HOUR
    deliver_until(ad_account_id=ad_account.pk, until=end - HOUR)
    found, _ = tick.look([ad_account], since=end - HOUR)[0]
    sizes = ("audience", "target_cells", "target_systems")
    empty = {name: np.zeros_like(getattr(found.plan, name)) for name in sizes}
    narrowed = replace(found, plan=replace(found.plan, **empty))

    day = closing.Closing(ad_account, date(2026, 11, 2), narrowed, None, b"")
    closing.close_days([day], end=end)

    assert tuple(checked_against_its_day(DayBreakdown.objects.get())) == SPLIT_METRICS


def test_a_day_whose_audience_cannot_be_written_is_not_closed(
    shop: Tree, ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver_until(ad_account_id=ad_account.pk, until=at + (MIDNIGHT - 1) * HOUR)
    slot = at + (MIDNIGHT - 1) * HOUR
    with monkeypatch.context() as patched:
        patched.setattr(tick.writing, "copy_breakdowns", lambda *each, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deliver_slot(ad_account_id=ad_account.pk, slot=slot)
    assert not DayFact.objects.exists()
    assert not HourFact.objects.filter(slot=slot).exists()

    assert deliver_slot(ad_account_id=ad_account.pk, slot=slot)
    assert DayFact.objects.count() == DayBreakdown.objects.count() == 1


def test_a_day_of_which_only_half_the_audience_can_be_made_is_not_closed(
    shop: Tree, ad_account: AdAccount, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was made has gone to the database by then; the reason is told as it is."""
    slot = at + (MIDNIGHT - 1) * HOUR
    deliver_until(ad_account_id=ad_account.pk, until=slot)
    split = closing.split

    def half(*day):
        yield from split(*day)
        1 / 0  # noqa: B018 - it is the failure

    with monkeypatch.context() as patched:
        patched.setattr(closing, "split", half)
        with pytest.raises(ZeroDivisionError):
            deliver_slot(ad_account_id=ad_account.pk, slot=slot)
    assert not DayFact.objects.exists()
    assert not DayBreakdown.objects.exists()

    assert deliver_slot(ad_account_id=ad_account.pk, slot=slot)
    assert DayFact.objects.count() == DayBreakdown.objects.count() == 1


def test_a_day_on_which_nothing_ran_has_no_audience(ad_account: AdAccount, at: datetime) -> None:
    make_tree(ad_account, at)

    deliver_until(ad_account_id=ad_account.pk, until=datetime(2026, 11, 4, tzinfo=UTC))

    assert not DayBreakdown.objects.exists()
