"""Changing ad groups: schedules that have begun, budgets, targeting."""

from datetime import datetime, timedelta

import pytest

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import AdGroup, BudgetMode, OptimizationGoal, ScheduleType
from campaigns.services import FieldIsFixed, InvalidInput, StaleVersion
from tests.factories.campaigns import make_ad_group, make_campaign

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def change(group: AdGroup, at: datetime, version: int | None = None, **changes: object) -> AdGroup:
    return services.update_ad_group(
        ad_group=group, changes=changes, expected_version=version, actor=None, at=at
    )


def test_a_group_that_runs_continuously_keeps_its_start_when_edited(
    ad_account: AdAccount, at: datetime
) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at)

    changed = change(group, at + DAY, version=1, budget=20_000)

    assert (changed.start_at, changed.budget, changed.version) == (at, 20_000, 2)


def test_only_what_is_newly_entered_must_lie_ahead(ad_account: AdAccount, at: datetime) -> None:
    group = make_ad_group(
        make_campaign(ad_account, at), at, schedule_type=ScheduleType.START_END,
        start_at=at + HOUR, end_at=at + 5 * DAY,
    )  # fmt: skip

    later = change(group, at + DAY, end_at=at + 9 * DAY)

    assert later.end_at == at + 9 * DAY
    with pytest.raises(InvalidInput) as caught:
        change(group, at + DAY, end_at=at + 2 * HOUR)
    assert caught.value.field == "end_at"
    with pytest.raises(InvalidInput) as caught:
        change(group, at + DAY, start_at=at + 2 * HOUR)
    assert caught.value.field == "start_at"


def test_a_longer_flight_needs_a_lifetime_budget_that_reaches(
    ad_account: AdAccount, at: datetime
) -> None:
    group = make_ad_group(
        make_campaign(ad_account, at), at, schedule_type=ScheduleType.START_END,
        start_at=at, end_at=at + 5 * DAY, budget_mode=BudgetMode.TOTAL, budget=10_000,
    )  # fmt: skip

    with pytest.raises(InvalidInput, match=r"\$120.00 for 6") as caught:
        change(group, at, end_at=at + 6 * DAY)

    assert caught.value.field == "budget"
    assert change(group, at, end_at=at + 6 * DAY, budget=12_000).budget == 12_000


def test_new_targeting_recounts_the_audience_and_the_log_has_both(
    ad_account: AdAccount, at: datetime
) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at)

    changed = change(group, at, countries=("DE",))

    entry = ActivityEntry.objects.get(action="update_ad_group")
    assert changed.audience_size < group.audience_size
    assert entry.before["countries"] == ["US"]
    assert entry.after == {"countries": ["DE"], "audience_size": changed.audience_size}


def test_switching_to_maximum_delivery_forgets_the_bid(ad_account: AdAccount, at: datetime) -> None:
    group = make_ad_group(
        make_campaign(ad_account, at), at, bid_type="BID_TYPE_CUSTOM", bid_micros=800_000
    )

    assert change(group, at, bid_type="BID_TYPE_NO_BID").bid_micros is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("budget_mode", BudgetMode.TOTAL), ("optimization_goal", OptimizationGoal.REACH)],
)
def test_goal_and_kind_of_budget_stay(
    ad_account: AdAccount, at: datetime, field: str, value: str
) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at)

    with pytest.raises(FieldIsFixed) as caught:
        change(group, at, **{field: value})

    assert caught.value.field == field


def test_an_old_version_is_refused(ad_account: AdAccount, at: datetime) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at)
    change(group, at, version=1, budget=20_000)

    with pytest.raises(StaleVersion) as caught:
        change(group, at, version=1, budget=30_000)

    assert (caught.value.current, caught.value.wanted) == ({"budget": 20_000}, {"budget": 30_000})


def test_the_log_tells_money_with_its_currency(ad_account: AdAccount, at: datetime) -> None:
    group = make_ad_group(
        make_campaign(ad_account, at), at, bid_type="BID_TYPE_CUSTOM", bid_micros=800_000
    )
    change(group, at, budget=12_000, bid_micros=1_250_000)

    entry = ActivityEntry.objects.get(action="update_ad_group")
    assert (entry.after["budget"], entry.before["bid"]) == ("$120.00", "$0.80")
    assert entry.after["bid"] == "$1.25"
