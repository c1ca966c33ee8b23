"""Interests, attribution windows and frequency caps: what can be set, and delivery heeds it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.delivery.loading import look
from campaigns.models import AdGroup, LateConversion
from campaigns.services import InvalidInput, deliver_until
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_ad_group, make_campaign, make_tree

DAY = timedelta(days=1)
NO_BEHAVIOURS = (
    "", "LIKED", "LIKED:7", "LIKED:8:15", "ADORED:7:15", "LIKED:7:cooking", "LIKED:7:",
    "FOLLOWING:7:15", "LIKED:07:15", "LIKED:7:15:16", "LIKED:x:15", "LIKED:7:" + 20 * "1",
)  # fmt: skip


@pytest.fixture
def group(ad_account: AdAccount, at: datetime) -> AdGroup:
    return make_ad_group(make_campaign(ad_account, at), at)


def change(group: AdGroup, at: datetime, **changes: Any) -> AdGroup:
    return services.update_ad_group(
        ad_group=group, changes=changes, expected_version=None, actor=None, at=at
    )


def test_languages_and_interests_narrow_the_audience_that_the_form_shows(
    group: AdGroup, at: datetime
) -> None:
    whole = group.audience_size

    spanish = change(group, at, languages=("es",)).audience_size
    sports = change(group, at, interests=("sports",)).audience_size

    assert 0 < sports < spanish < whole


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"click_window_days": 3}, "click_window_days"),
        ({"view_window_days": 14}, "view_window_days"),
        ({"frequency_cap": 3, "frequency_days": 7}, "frequency_cap"),  # not a reach group
        ({"interests": ("a", "a")}, "interests"),
        ({"interests": ("",)}, "interests"),
        *(({"behaviours": (text,)}, "behaviours") for text in NO_BEHAVIOURS),
        ({"behaviours": ("LIKED:7:15", "LIKED:15:15")}, "behaviours"),
    ],
)
def test_what_does_not_go_is_refused_by_name(
    group: AdGroup, at: datetime, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        change(group, at, **changes)

    assert refused.value.field == field


@pytest.mark.parametrize(("cap", "days", "field"), [
    (None, 7, "frequency_cap"), (0, 7, "frequency_cap"), (3, None, "frequency_days"),
    (3, 31, "frequency_days"),
])  # fmt: skip
def test_a_frequency_cap_has_its_days(
    ad_account: AdAccount, at: datetime, cap: int | None, days: int | None, field: str
) -> None:
    reach = make_ad_group(
        make_campaign(ad_account, at, objective="REACH"), at, optimization_goal="REACH"
    )

    with pytest.raises(InvalidInput) as refused:
        change(reach, at, frequency_cap=cap, frequency_days=days)

    assert refused.value.field == field
    assert change(reach, at, frequency_cap=3, frequency_days=7).frequency_cap == 3


def test_too_many_or_too_long_is_said_with_what_to_do(group: AdGroup, at: datetime) -> None:
    def words(**changes: Any) -> str:
        with pytest.raises(InvalidInput) as refused:
            change(group, at, **changes)
        assert refused.value.field in changes
        return refused.value.message

    numbers = [str(number) for number in range(130)]
    assert words(interests=numbers).startswith("130 interests are too many: choose at most 100.")
    assert "Take 30 out" in words(interests=numbers)
    assert words(behaviours=[f"LIKED:7:{number}" for number in numbers]).startswith(
        "130 behaviours are too many"
    )
    long = words(interests=["x" * 41])
    assert "is too long: it has 41 characters, an interest category at most 40" in long
    assert change(group, at, interests=numbers[:100]).interests == numbers[:100]


def test_people_who_did_something_lately_are_fewer_and_kinds_of_doing_add_up(
    group: AdGroup, at: datetime
) -> None:
    whole = group.audience_size

    likers = change(group, at, behaviours=("LIKED:15:26",)).audience_size
    both = change(group, at, behaviours=("LIKED:15:26", "FOLLOWING:0:26")).audience_size
    everybody = change(group, at, behaviours=()).audience_size

    assert 0 < likers < both < whole == everybody


def test_what_is_set_reaches_the_engine(ad_account: AdAccount, at: datetime) -> None:
    tree = make_tree(ad_account, at)
    approve(tree.ad, at)
    change(
        tree.group, at, languages=("en",), interests=("sports",), behaviours=("SHARED:7:15",),
        click_window_days=28, view_window_days=0,
    )  # fmt: skip

    plan = look([ad_account], since=at)[0][0].plan

    assert plan.group_click_days.tolist() == [28]
    assert plan.group_view_days.tolist() == [0]
    assert plan.audience.sum() == AdGroup.objects.get().audience_size
    assert plan.group_epoch.tolist() == [AdGroup.objects.get().learning_epoch]


def test_a_day_after_the_click_fewer_conversions_count_than_in_four_weeks(
    ad_account: AdAccount, at: datetime
) -> None:
    fund(ad_account, 900_000, at)
    for days in (1, 28):
        tree = make_tree(
            ad_account, at,
            campaign={"objective": "WEB_CONVERSIONS"},
            group={
                "optimization_goal": "CONVERT", "click_window_days": days, "budget": 100_000,
            },
        )  # fmt: skip
        approve(tree.ad, at)

    deliver_until(ad_account_id=ad_account.pk, until=at + 2 * DAY)

    longest = {
        days: max(
            late.event_slot - late.slot
            for late in LateConversion.objects.filter(
                kind=0, ad_group_id=AdGroup.objects.get(click_window_days=days).pk
            )
        )
        for days in (1, 28)
    }
    assert longest[1] < DAY
    assert longest[28] > 2 * DAY
