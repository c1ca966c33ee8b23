"""Every call about an ad account asks the same question that the pages ask."""

from collections.abc import Callable

import pytest

from accounts.models import User
from tests.api.conftest import Caller
from tests.factories.accounts import Cast

READS = ["campaign/get/", "adgroup/get/", "ad/get/"]
WRITES = {
    "campaign/create/": {"campaign_name": "x", "objective_type": "REACH"},
    "campaign/update/": {"campaign_id": "7"},
    "campaign/status/update/": {"campaign_ids": ["7"], "operation_status": "ENABLE"},
    "adgroup/create/": {
        "adgroup_name": "x",
        "campaign_id": "7",
        "billing_event": "CPM",
        "optimization_goal": "REACH",
        "schedule_type": "SCHEDULE_FROM_NOW",
    },
    "adgroup/update/": {"adgroup_id": "7"},
    "adgroup/status/update/": {"adgroup_ids": ["7"], "operation_status": "ENABLE"},
    "ad/create/": {"adgroup_id": "7", "creatives": [{"ad_format": "SINGLE_VIDEO"}]},
    "ad/update/": {"adgroup_id": "7", "creatives": [{"ad_id": "7"}]},
    "ad/status/update/": {"ad_ids": ["7"], "operation_status": "ENABLE"},
}
READERS, WRITERS = {"ben", "mia", "ana", "carl"}, {"ben", "mia", "carl"}


@pytest.mark.parametrize("path", READS)
def test_reading_needs_a_grant_in_the_ad_account(
    cast: Cast, caller_of: Callable[[User], Caller], advertiser_id: str, path: str
) -> None:
    codes = {
        name: caller_of(person).get(path, advertiser_id=advertiser_id)["code"]
        for name, person in cast.everyone.items()
    }

    assert codes == {name: 0 if name in READERS else 40001 for name in codes}


@pytest.mark.parametrize("path", WRITES)
def test_changing_needs_more_than_reading(
    cast: Cast, caller_of: Callable[[User], Caller], advertiser_id: str, path: str
) -> None:
    codes = {
        name: caller_of(person).post(path, advertiser_id=advertiser_id, **WRITES[path])["code"]
        for name, person in cast.everyone.items()
    }

    assert {name for name, code in codes.items() if code == 40001} == set(codes) - WRITERS


def test_a_member_is_told_what_is_missing_and_a_stranger_nothing(
    cast: Cast, caller_of: Callable[[User], Caller], advertiser_id: str
) -> None:
    body = {"advertiser_id": advertiser_id, **WRITES["campaign/create/"]}
    told = {
        name: caller_of(cast.everyone[name]).post("campaign/create/", **body)["message"]
        for name in ("ana", "stranger")
    }

    assert "Create and edit campaigns" in told["ana"]
    assert told["stranger"] == f"No permission to operate advertiser {advertiser_id}."


@pytest.mark.parametrize("path", [*READS, *WRITES, "report/integrated/get/", "advertiser/info/"])
def test_nothing_answers_without_a_token(cast: Cast, path: str) -> None:
    caller = Caller("")
    send = caller.post if path in WRITES else caller.get

    assert send(path)["code"] == 40104
