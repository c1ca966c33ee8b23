"""A tool makes ads of videos and images in the library; they go through review as on the page."""

from datetime import datetime
from typing import Any

import pytest

from adaccounts.models import AdAccount
from assets.models import Creative
from campaigns.api.names import names
from campaigns.models import Ad, AdReview
from tests.api.bodies import creative_body, make_ad_group, make_campaign
from tests.api.conftest import Caller, data_of
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_creative


@pytest.fixture
def video(ad_account: AdAccount, at: datetime) -> Creative:
    return make_creative(ad_account, at)


@pytest.fixture
def parents(mia: Caller, advertiser_id: str) -> dict[str, str]:
    campaign = make_campaign(mia, advertiser_id)
    group = make_ad_group(mia, advertiser_id, campaign["campaign_id"])
    return {"advertiser_id": advertiser_id, "adgroup_id": group["adgroup_id"]}


def test_an_ad_is_made_and_waits_for_review(
    mia: Caller, parents: dict[str, str], video: Creative
) -> None:
    found = data_of(mia.post("ad/create/", **parents, creatives=[creative_body(video.pk)]))

    ad, (row,) = Ad.objects.get(), found["creatives"]
    assert (found["ad_ids"], found["need_audit"]) == ([str(ad.pk)], True)
    assert AdReview.objects.get().ad == ad
    assert set(row) == set(names("ad"))
    assert (row["video_id"], row["image_ids"]) == (str(video.pk), None)
    assert (row["identity_type"], row["identity_id"]) == (
        "CUSTOMIZED_USER",
        "7000000000000000001",
    )
    assert row["secondary_status"] == "AD_STATUS_AUDIT"


def test_an_image_ad_shows_one_image(
    mia: Caller, parents: dict[str, str], ad_account: AdAccount, at: datetime
) -> None:
    image = make_creative(ad_account, at, "image")
    shown = {"ad_format": "SINGLE_IMAGE", "image_ids": [str(image.pk)], "video_id": None}
    body = creative_body(0, **shown)

    (row,) = data_of(mia.post("ad/create/", **parents, creatives=[body]))["creatives"]

    assert (row["video_id"], row["image_ids"]) == (None, [str(image.pk)])


def test_several_ads_are_made_together_or_not_at_all(
    mia: Caller, parents: dict[str, str], video: Creative
) -> None:
    good, bad = creative_body(video.pk), creative_body(video.pk, ad_text="Cures {all}")

    assert mia.post("ad/create/", **parents, creatives=[good, bad])["code"] == 40002
    assert not Ad.objects.exists()

    both = [creative_body(video.pk, ad_name="A"), creative_body(video.pk, ad_name="B")]
    found = data_of(mia.post("ad/create/", **parents, creatives=both))
    assert [row["ad_name"] for row in found["creatives"]] == ["A", "B"]


def test_an_ad_without_a_name_is_called_by_its_id(
    mia: Caller, parents: dict[str, str], video: Creative
) -> None:
    body = creative_body(video.pk, ad_name="")

    (row,) = data_of(mia.post("ad/create/", **parents, creatives=[body]))["creatives"]

    assert row["ad_name"] == row["ad_id"]


@pytest.mark.parametrize(
    ("changes", "code", "name"),
    [
        ({"ad_text": ""}, 40002, "creatives.ad_text"),
        ({"landing_page_url": "northwind"}, 40002, "creatives.landing_page_url"),
        ({"video_id": "7000000000000000001"}, 40053, "creatives.video_id"),
        ({"video_id": None}, 40053, "creatives.video_id"),
        ({"ad_format": "SINGLE_IMAGE"}, 40002, "creatives.image_ids"),
        ({"ad_format": "CAROUSEL_ADS"}, 40009, "ad_format"),
        ({"call_to_action": "PLAY_GAME"}, 40009, "call_to_action"),
    ],
)
def test_a_mistake_is_named_as_on_the_wire(
    mia: Caller,
    parents: dict[str, str],
    video: Creative,
    changes: dict[str, Any],
    code: int,
    name: str,
) -> None:
    body = creative_body(video.pk, **changes)
    found = mia.post("ad/create/", **parents, creatives=[body])

    assert found["code"] == code
    assert found["message"].startswith(name)


@pytest.fixture
def made(mia: Caller, parents: dict[str, str], video: Creative) -> dict[str, Any]:
    body = creative_body(video.pk, utm_params=[{"key": "a", "value": "b"}])
    return data_of(mia.post("ad/create/", **parents, creatives=[body]))["creatives"][0]


def test_a_patch_changes_what_it_names_and_starts_review_again(
    mia: Caller,
    parents: dict[str, str],
    made: dict[str, Any],
    ad_account: AdAccount,
    at: datetime,
) -> None:
    """Clients send defaults of other fields along; a patch does not take them."""
    fund(ad_account, 10_000, at)
    approve(Ad.objects.get(), at)
    patch = {"ad_id": made["ad_id"], "ad_text": "New", "aigc_disclosure_type": "SELF_DISCLOSURE"}

    found = mia.post("ad/update/", **parents, patch_update=True, creatives=[patch])

    (row,) = data_of(found)["creatives"]
    changed = {name for name in row if row[name] != made[name]}
    assert changed == {"ad_text", "secondary_status"}
    assert row["secondary_status"] == "AD_STATUS_REAUDIT"


def test_a_full_update_takes_back_what_it_leaves_out(
    mia: Caller, parents: dict[str, str], made: dict[str, Any], video: Creative
) -> None:
    body = creative_body(video.pk, ad_id=made["ad_id"], call_to_action=None)

    found = mia.post("ad/update/", **parents, creatives=[body])

    (row,) = data_of(found)["creatives"]
    assert (row["utm_params"], row["call_to_action"]) == (None, "LEARN_MORE")


def test_ads_are_found_by_what_was_changed_after_a_time(
    mia: Caller, advertiser_id: str, made: dict[str, Any]
) -> None:
    for moment, count in (("2026-11-02 15:00:00", 1), ("2026-11-02 15:00:01", 0)):
        wanted = {"modified_after": moment}
        found = mia.get("ad/get/", advertiser_id=advertiser_id, filtering=wanted)
        assert data_of(found)["page_info"]["total_number"] == count
