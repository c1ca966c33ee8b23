"""Switching, stopping and deleting over the API does what the pages do."""

from datetime import datetime, timedelta

import pytest

from accounts.models import ActivityEntry
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns.models import Campaign, StopKind, StopRequest
from campaigns.services import process_stop
from tests.api.bodies import make_ad_group, make_campaign
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast


def campaign_status(caller: Caller, advertiser_id: str, status: str, *ids: str) -> dict:
    return caller.post(
        "campaign/status/update/",
        advertiser_id=advertiser_id,
        campaign_ids=list(ids),
        operation_status=status,
    )


def shown(caller: Caller, advertiser_id: str) -> tuple[str, str]:
    found = caller.get(
        "campaign/get/", advertiser_id=advertiser_id, filtering={"primary_status": "STATUS_ALL"}
    )
    (row,) = data_of(found)["list"]
    return row["operation_status"], row["secondary_status"]


def test_disabling_a_campaign_is_the_pages_stop_request_to_pause(
    mia: Caller, advertiser_id: str, cast: Cast, at: datetime
) -> None:
    pk = make_campaign(mia, advertiser_id)["campaign_id"]

    found = data_of(campaign_status(mia, advertiser_id, "DISABLE", pk))

    stop = StopRequest.objects.get()
    assert (stop.kind, stop.requested_by, stop.campaign_id) == (StopKind.PAUSE, cast.mia, int(pk))
    assert found["campaign_ids"] == [pk]
    assert found["campaign_list"] == [
        {"campaign_id": pk, "status": "DISABLE", "postback_window_mode": None}
    ]
    assert shown(mia, advertiser_id)[0] == "DISABLE"
    assert ActivityEntry.objects.filter(action="request_stop_of_campaign").exists()


def test_once_the_stop_is_done_it_can_be_enabled_again(
    mia: Caller, advertiser_id: str, at: datetime
) -> None:
    pk = make_campaign(mia, advertiser_id)["campaign_id"]
    campaign_status(mia, advertiser_id, "DISABLE", pk)
    assert campaign_status(mia, advertiser_id, "ENABLE", pk)["code"] == 40002

    later = at + timedelta(minutes=2)
    set_clock(at=later, rate=PracticeClock.PAUSED)
    process_stop(stop_request_id=StopRequest.objects.get().pk, at=later)

    assert shown(mia, advertiser_id) == ("DISABLE", "CAMPAIGN_STATUS_DISABLE")
    data_of(campaign_status(mia, advertiser_id, "DISABLE", pk))
    data_of(campaign_status(mia, advertiser_id, "ENABLE", pk))
    assert shown(mia, advertiser_id)[0] == "ENABLE"


def test_deleting_is_final_and_hides_the_campaign(mia: Caller, advertiser_id: str) -> None:
    pk = make_campaign(mia, advertiser_id)["campaign_id"]
    data_of(campaign_status(mia, advertiser_id, "DELETE", pk))

    assert data_of(mia.get("campaign/get/", advertiser_id=advertiser_id))["list"] == []
    assert shown(mia, advertiser_id) == ("DELETE", "CAMPAIGN_STATUS_DELETE")
    for status in ("ENABLE", "DISABLE", "DELETE"):
        assert campaign_status(mia, advertiser_id, status, pk)["code"] == 40002


def test_one_that_cannot_be_turned_leaves_all_as_they_were(mia: Caller, advertiser_id: str) -> None:
    gone, kept = (make_campaign(mia, advertiser_id)["campaign_id"] for _ in range(2))
    campaign_status(mia, advertiser_id, "DELETE", gone)

    assert campaign_status(mia, advertiser_id, "DELETE", kept, gone)["code"] == 40002
    assert not Campaign.objects.get(pk=kept).is_deleted


def test_at_most_twenty_at_once(mia: Caller, advertiser_id: str) -> None:
    ids = [str(number) for number in range(1, 22)]

    found = campaign_status(mia, advertiser_id, "DISABLE", *ids)

    assert found["code"] == 40002
    assert "campaign_ids" in found["message"]


@pytest.mark.parametrize("is_partial", [False, True])
def test_ad_groups_may_be_turned_as_far_as_it_goes(
    mia: Caller, advertiser_id: str, is_partial: bool
) -> None:
    campaign = make_campaign(mia, advertiser_id)
    group = make_ad_group(mia, advertiser_id, campaign["campaign_id"])
    body = {
        "advertiser_id": advertiser_id,
        "adgroup_ids": [group["adgroup_id"], "7000000000000000001"],
        "operation_status": "DISABLE",
        "allow_partial_success": is_partial,
    }

    found = mia.post("adgroup/status/update/", **body)

    if not is_partial:
        assert found["code"] == 40007
        return
    data = data_of(found)
    assert (data["adgroup_ids"], data["status"]) == ([group["adgroup_id"]], "DISABLE")
    assert [each["adgroup_id"] for each in data["error_list"]] == ["7000000000000000001"]
    (row,) = data_of(mia.get("adgroup/get/", advertiser_id=advertiser_id))["list"]
    assert row["secondary_status"] == "ADGROUP_STATUS_DISABLE"
