"""Behaviours over the API: `actions` are checked, narrow the audience, and read back as sent."""

from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.delivery.loading import look
from campaigns.models import AdGroup
from tests.api.bodies import ad_group_body, make_ad_group, make_campaign
from tests.api.conftest import Caller, data_of
from tests.factories.campaigns import approve, make_ad

VIDEOS = {
    "action_scene": "VIDEO_RELATED",
    "action_period": 15,
    "video_user_actions": ["LIKED", "SHARED"],
    "action_category_ids": ["26", "27"],
}
CREATORS = {
    "action_scene": "CREATOR_RELATED",
    "action_period": 0,
    "video_user_actions": ["FOLLOWING"],
    "action_category_ids": ["26"],
}
HASHTAG = {
    "action_scene": "HASHTAG_RELATED",
    "action_period": 0,
    "video_user_actions": ["VIEW_HASHTAG"],
    "action_category_ids": ["7000000000000000001"],
}


@pytest.fixture
def campaign_id(mia: Caller, advertiser_id: str) -> str:
    return make_campaign(mia, advertiser_id)["campaign_id"]


def test_they_read_back_as_they_were_sent(
    mia: Caller, advertiser_id: str, campaign_id: str
) -> None:
    row = make_ad_group(mia, advertiser_id, campaign_id, actions=[VIDEOS, CREATORS, HASHTAG])

    assert row["actions"] == [VIDEOS, CREATORS, HASHTAG]
    assert AdGroup.objects.get().behaviours == [
        "LIKED:15:26", "LIKED:15:27", "SHARED:15:26", "SHARED:15:27", "FOLLOWING:0:26",
        "VIEW_HASHTAG:0:7000000000000000001",
    ]  # fmt: skip
    assert "actions" not in AdGroup.objects.get().extra
    found = mia.get("adgroup/get/", advertiser_id=advertiser_id)
    assert data_of(found)["list"][0]["actions"] == row["actions"]


def test_fewer_people_are_left_and_delivery_goes_to_them(
    mia: Caller, advertiser_id: str, campaign_id: str, ad_account: AdAccount, at: datetime
) -> None:
    made = make_ad_group(mia, advertiser_id, campaign_id)
    whole = AdGroup.objects.get()
    approve(make_ad(whole, at), at)
    everybody = look([ad_account], since=at)[0][0].plan.audience.sum()

    body = {"advertiser_id": advertiser_id, "adgroup_id": made["adgroup_id"]}
    data_of(mia.post("adgroup/update/", **body, actions=[VIDEOS]))

    group = AdGroup.objects.get()
    people = look([ad_account], since=at)[0][0].plan.audience.sum()
    assert 0 < people < everybody == whole.audience_size
    assert group.audience_size == people
    assert group.learning_epoch == whole.learning_epoch + 2  # the ad, and the audience

    data_of(mia.post("adgroup/update/", **body, actions=[]))
    assert look([ad_account], since=at)[0][0].plan.audience.sum() == everybody


def test_what_is_not_said_is_what_the_documents_say(
    mia: Caller, advertiser_id: str, campaign_id: str
) -> None:
    """Hashtags can only be viewed, and following has no particular time."""
    short = {name: HASHTAG[name] for name in ("action_scene", "action_category_ids")}
    row = make_ad_group(
        mia, advertiser_id, campaign_id, actions=[short, CREATORS | {"action_period": 15}]
    )

    assert row["actions"] == [HASHTAG, CREATORS]


@pytest.mark.parametrize(
    ("actions", "said"),
    [
        (VIDEOS, "actions: Expected a list"),
        ([VIDEOS | {"action_scene": "SHOP_RELATED"}], "actions.0.action_scene: SHOP_RELATED is"),
        (
            [VIDEOS | {"action_period": 30}],
            "actions.action_period: VIDEO_RELATED needs one of 0, 7",
        ),
        ([VIDEOS | {"action_period": None}], "actions.action_period"),
        ([VIDEOS | {"video_user_actions": []}], "actions.video_user_actions: VIDEO_RELATED needs"),
        ([VIDEOS | {"video_user_actions": ["FOLLOWING"]}], "actions.video_user_actions"),
        ([VIDEOS | {"video_user_actions": ["ADORED"]}], "actions.0.video_user_actions"),
        ([VIDEOS | {"action_category_ids": []}], "actions.0.action_category_ids"),
        ([VIDEOS | {"action_category_ids": ["cooking"]}], "actions.0.action_category_ids"),
        ([VIDEOS, VIDEOS | {"action_period": 7}], "actions: LIKED of category 26 is named twice"),
        (
            [VIDEOS | {"action_category_ids": [str(n) for n in range(60)]}],
            "actions: 120 behaviours are too many: choose at most 100",
        ),
        ("LIKED", "actions: Must be JSON text"),
    ],
)
def test_a_mistake_is_named_as_on_the_wire(
    mia: Caller, advertiser_id: str, campaign_id: str, actions: Any, said: str
) -> None:
    body = ad_group_body(advertiser_id=advertiser_id, campaign_id=campaign_id, actions=actions)
    found = mia.post("adgroup/create/", **body)

    assert found["message"].startswith(said)
    assert found["code"] == 40002
    assert not AdGroup.objects.exists()


def keep(group: AdGroup, actions: Any, behaviours: list[str] | None = None) -> AdGroup:
    """As it stood when actions were only kept, then brought up to date, twice."""
    AdGroup.objects.filter(pk=group.pk).update(
        extra={"actions": actions, "pixel_id": "7"}, behaviours=behaviours or []
    )
    for _ in range(2):
        import_module("campaigns.migrations.0014_actions_are_behaviours").move(apps, None)
    group.refresh_from_db()
    return group


def test_ad_groups_that_only_kept_them_ask_for_them(
    mia: Caller, advertiser_id: str, campaign_id: str, at: datetime
) -> None:
    new = make_ad_group(mia, advertiser_id, campaign_id, actions=[VIDEOS, CREATORS, HASHTAG])
    make_ad_group(mia, advertiser_id, campaign_id)
    old = keep(AdGroup.objects.exclude(pk=new["adgroup_id"]).get(), [VIDEOS, CREATORS, HASHTAG])

    same = AdGroup.objects.get(pk=new["adgroup_id"])
    assert (old.behaviours, old.audience_size) == (same.behaviours, same.audience_size)
    assert (old.extra, old.version) == ({"pixel_id": "7"}, 2)


@pytest.mark.parametrize(
    "actions",
    [
        "LIKED", ["LIKED"], [{}], [VIDEOS | {"action_period": 30}],
        [VIDEOS | {"action_category_ids": ["cooking", {"id": 1}]}],
        [VIDEOS | {"video_user_actions": ["FOLLOWING", 3]}], [VIDEOS | {"action_scene": []}],
    ],
)  # fmt: skip
def test_what_was_never_an_action_is_dropped(
    mia: Caller, advertiser_id: str, campaign_id: str, at: datetime, actions: Any
) -> None:
    make_ad_group(mia, advertiser_id, campaign_id)

    group = keep(AdGroup.objects.get(), actions)

    assert (group.behaviours, group.extra) == ([], {"pixel_id": "7"})
    services.update_ad_group(
        ad_group=group, changes={"name": "Renamed"}, expected_version=None, actor=None, at=at
    )


def test_what_was_set_since_stays(mia: Caller, advertiser_id: str, campaign_id: str) -> None:
    make_ad_group(mia, advertiser_id, campaign_id)

    group = keep(AdGroup.objects.get(), [VIDEOS], ["FOLLOWING:0:10"])

    assert group.behaviours == ["FOLLOWING:0:10"]
    assert set(group.extra) == {"pixel_id"}
