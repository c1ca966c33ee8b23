"""What people did lately, chosen on the pages: added to, taken away, counted and compared."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import AdGroup
from tests.factories.campaigns import make_ad_group, make_campaign

from .test_edit import filled, page_of
from .wishes import GROUP

LIKES = {"did": ["LIKED", "FOLLOWING"], "about": ["26", "27"], "within": "7"}
LIKED = ["LIKED:7:26", "LIKED:7:27", "FOLLOWING:0:26", "FOLLOWING:0:27"]


@pytest.fixture
def group(ad_account: AdAccount, at: datetime) -> AdGroup:
    """It asks for a hashtag and a category that the form does not offer."""
    asked = ("LIKED:15:26", "VIEW_HASHTAG:0:7000000000000000001", "SHARED:7:15109")
    return make_ad_group(make_campaign(ad_account, at), at, behaviours=asked)


def test_a_new_ad_group_asks_for_each_thing_done_about_each_category(
    mia: Client, step: Callable[..., str], ad_account: AdAccount, at: datetime
) -> None:
    campaign = make_campaign(ad_account, at)

    mia.post(step("ad_group", campaign=campaign.pk), GROUP | LIKES)

    assert AdGroup.objects.get().behaviours == LIKED


def test_what_the_business_api_set_is_shown_in_words_and_stays(mia: Client, group: AdGroup) -> None:
    address = page_of(group)
    page = mia.get(address).content.decode()

    assert "Liked videos: Clothes" not in page
    assert "Liked videos: Life services, in the last 15 days" in page
    assert "Viewed hashtag 7000000000000000001" in page
    assert "Shared videos: Category 15109, in the last 7 days" in page

    before = group.behaviours
    mia.post(address, filled(mia, address, name="Renamed"))
    group.refresh_from_db()
    assert (group.name, group.behaviours, group.learning_epoch) == ("Renamed", list(before), 0)


def test_some_are_taken_away_and_others_added(mia: Client, group: AdGroup) -> None:
    address = page_of(group)
    wish = {"behaviours": ["LIKED:15:26"], "did": ["SHARED"], "about": ["10"], "within": "15"}

    answer = mia.post(address, filled(mia, address, **wish))

    group.refresh_from_db()
    assert answer.status_code == 302
    assert group.behaviours == ["LIKED:15:26", "SHARED:15:10"]
    assert group.learning_epoch == 1

    mia.post(address, filled(mia, address, behaviours=[]))
    group.refresh_from_db()
    assert group.behaviours == []


@pytest.mark.parametrize(
    ("wish", "field", "said"),
    [
        ({"did": ["LIKED"]}, "about", "Choose what it was about, too."),
        ({"about": ["26"]}, "did", "Choose what people did, too."),
        ({"did": ["LIKED"], "about": ["26"], "within": "7"}, "did", "is named twice"),
        ({"did": ["ADORED"], "about": ["26"]}, "did", "not one of the available choices"),
    ],
)
def test_a_mistake_is_shown_at_its_field(
    mia: Client, group: AdGroup, wish: dict[str, Any], field: str, said: str
) -> None:
    address = page_of(group)

    answer = mia.post(address, filled(mia, address, **wish))

    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert AdGroup.objects.get().version == 1


def test_the_audience_follows_while_people_choose(
    mia: Client, ad_account: AdAccount, group: AdGroup
) -> None:
    address = reverse("campaigns:audience", args=[ad_account.pk])

    def people(**asked: Any) -> int:
        return mia.get(address, {"countries": ["US"], **asked}).context["people"]

    assert people(behaviours=group.behaviours) == group.audience_size
    more = people(behaviours=group.behaviours, did=["LIKED"], about=["10"], within="7")
    assert group.audience_size < more < people()
    assert people(did=["LIKED"]) == people(did=["ADORED"], about=["x"], within="x") == people()


def test_who_saves_second_reads_both_in_words(mia: Client, group: AdGroup, at: datetime) -> None:
    address = page_of(group)
    mine = filled(mia, address, behaviours=[], did=["LIKED"], about=["10"])
    services.update_ad_group(
        ad_group=group, changes={"behaviours": ("FOLLOWING:0:28",)}, expected_version=None,
        actor=None, at=at,
    )  # fmt: skip

    page = mia.post(address, mine).content.decode()

    assert "Follow creators: Sports and outdoors" in page
    assert "Liked videos: Education, in the last 15 days" in page
