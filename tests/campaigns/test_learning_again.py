"""Which edits start the learning phase again, and which are too small to."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from campaigns import services
from campaigns.delivery.loading import look
from campaigns.models import AdGroup, Campaign
from campaigns.services import InvalidInput
from campaigns.services.rules.significance import LISTS
from tests.factories.campaigns import Tree, approve, make_ad_group, make_campaign, make_tree

DAY = timedelta(days=1)
SEVERAL: dict[str, tuple[str, ...]] = {
    "countries": ("US", "CA", "DE"),
    "age_groups": ("AGE_18_24", "AGE_25_34"),
    "languages": ("en", "es", "de"),
    "operating_systems": ("ANDROID", "IOS"),
    "interests": ("15", "26"),
    "behaviours": ("LIKED:7:15", "FOLLOWING:0:26"),
}


def update(group: AdGroup, at: datetime, **changes: Any) -> AdGroup:
    return services.update_ad_group(
        ad_group=group, changes=changes, expected_version=None, actor=None, at=at
    )


def epochs() -> list[int]:
    return list(AdGroup.objects.order_by("pk").values_list("learning_epoch", flat=True))


@pytest.fixture
def rises(at: datetime) -> Callable[..., bool]:
    """Does the edit start learning again?"""

    def does(group: AdGroup, **changes: Any) -> bool:
        before = AdGroup.objects.get(pk=group.pk).learning_epoch
        return update(group, at, **changes).learning_epoch > before

    return does


def test_a_name_a_schedule_and_a_budget_moved_by_half_do_not(
    ad_account: AdAccount, at: datetime, rises: Callable[..., bool]
) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at, budget=100_00)

    assert not rises(group, name="Another name")
    assert not rises(group, schedule_type="SCHEDULE_START_END", end_at=at + 30 * DAY)
    assert not rises(group, budget=150_00)
    assert not rises(group, budget=75_00)
    assert rises(group, budget=112_51)
    assert not rises(group, budget=56_26)
    assert rises(group, budget=28_12)


@pytest.mark.parametrize(
    "change",
    [
        {"gender": "GENDER_FEMALE"}, {"countries": ("CA",)}, {"age_groups": ("AGE_18_24",)},
        {"languages": ("es",)}, {"operating_systems": ("IOS",)}, {"interests": ("15",)},
        {"behaviours": ("LIKED:7:15",)}, {"click_window_days": 1}, {"view_window_days": 0},
        {"bid_type": "BID_TYPE_CUSTOM", "bid_micros": 1_000_000},
    ],
)  # fmt: skip
def test_who_is_addressed_what_counts_and_how_it_bids_do(
    ad_account: AdAccount, at: datetime, rises: Callable[..., bool], change: dict[str, Any]
) -> None:
    assert rises(make_ad_group(make_campaign(ad_account, at), at), **change)


def test_a_bid_does_when_it_moves_by_more_than_half(
    ad_account: AdAccount, at: datetime, rises: Callable[..., bool]
) -> None:
    group = make_ad_group(
        make_campaign(ad_account, at), at, bid_type="BID_TYPE_CUSTOM", bid_micros=1_000_000
    )

    assert not rises(group, bid_micros=1_100_000)
    assert not rises(group, bid_micros=1_000_000)
    assert not rises(group, bid_micros=1_500_000)
    assert rises(group, bid_micros=2_250_001)
    assert rises(group, bid_micros=1_000_000)
    assert rises(group, bid_type="BID_TYPE_NO_BID")


@pytest.mark.parametrize("name", LISTS)
def test_the_same_in_another_order_is_no_edit(
    ad_account: AdAccount, at: datetime, name: str
) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at, **{name: SEVERAL[name]})

    same = update(group, at + DAY, **{name: SEVERAL[name][::-1]})

    assert (same.version, same.learning_epoch) == (group.version, group.learning_epoch)
    assert getattr(same, name) == list(SEVERAL[name])
    assert not ActivityEntry.objects.filter(action="update_ad_group").exists()


def test_beside_another_edit_the_order_changes_nothing_either(
    ad_account: AdAccount, at: datetime
) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at, countries=("US", "CA"))

    renamed = update(group, at, countries=("CA", "US"), name="North America")

    assert (renamed.name, renamed.learning_epoch) == ("North America", group.learning_epoch)
    assert ActivityEntry.objects.get(action="update_ad_group").after == {"name": "North America"}


def test_naming_something_twice_is_still_a_mistake(ad_account: AdAccount, at: datetime) -> None:
    group = make_ad_group(make_campaign(ad_account, at), at, countries=("US", "CA"))

    with pytest.raises(InvalidInput) as refused:
        update(group, at, countries=("US", "CA", "US"))

    assert refused.value.field == "countries"


@pytest.fixture
def shared(ad_account: AdAccount, at: datetime) -> Tree:
    """Two ad groups share a hundred dollars a day; one of them delivers."""
    budget = {"budget_mode": "BUDGET_MODE_DAY", "budget": 100_00, "is_budget_optimized": True}
    tree = make_tree(ad_account, at, campaign=budget, group={"budget": None})
    make_ad_group(tree.campaign, at, budget=None)
    approve(tree.ad, at)
    return tree


def raise_to(campaign: Campaign, at: datetime, budget: int) -> None:
    services.update_campaign(
        campaign=campaign, changes={"budget": budget}, expected_version=None, actor=None, at=at
    )


def test_a_shared_budget_moved_by_more_than_half_does_for_all_who_share_it(
    ad_account: AdAccount, shared: Tree, at: datetime
) -> None:
    other = make_ad_group(make_campaign(ad_account, at), at)
    before = epochs()
    seen = look([ad_account], since=at)[0][0].plan.group_epoch.tolist()

    raise_to(shared.campaign, at, 150_00)
    assert epochs() == before

    raise_to(shared.campaign, at, 1_500_00)
    assert epochs() == [before[0] + 1, before[1] + 1, before[2]]
    assert look([ad_account], since=at)[0][0].plan.group_epoch.tolist() == [seen[0] + 1]
    assert AdGroup.objects.get(pk=other.pk).learning_epoch == other.learning_epoch

    raise_to(shared.campaign, at, 1_500_00)
    assert epochs() == [before[0] + 1, before[1] + 1, before[2]]


def test_a_campaigns_limit_over_budgets_of_their_own_does_not(
    ad_account: AdAccount, at: datetime
) -> None:
    campaign = make_campaign(ad_account, at, budget_mode="BUDGET_MODE_DAY", budget=100_00)
    make_ad_group(campaign, at)

    raise_to(campaign, at, 1_000_00)

    assert epochs() == [0]


def test_a_new_ad_does_and_its_name_does_not(ad_account: AdAccount, at: datetime) -> None:
    ad = make_tree(ad_account, at).ad
    assert epochs() == [1]

    services.update_ad(ad=ad, changes={"name": "Renamed"}, expected_version=None, actor=None, at=at)
    assert epochs() == [1]
