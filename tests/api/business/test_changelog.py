"""The activity log over the API."""

from datetime import datetime, timedelta

import pytest

from accounts.models import ActivityEntry, BusinessCenter
from accounts.queries import ActivityType, activity_type, of_activity_type
from accounts.services import record_activity
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from tests.api.business.costs import cost
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast

LOG = "changelog/get/"
ABOUT = {
    "user:7": "USER", "invitation:7": "USER", "access_token:7": "USER", "pixel:7": "ASSET",
    "creative:7": "ASSET", "asset_group:7": "ASSET", "ad_account:7": "ACCOUNT",
    "campaign:7": "ACCOUNT", "business_center:7": "BUSINESS", "verification:7": "BUSINESS",
}  # fmt: skip


@pytest.fixture
def entries(business_center: BusinessCenter, cast: Cast, at: datetime) -> None:
    for reference in ABOUT:
        record_activity(
            business_center=business_center, actor=cast.ben, at=at, action="a",
            summary=reference, reference=reference, label="l",
            ad_account_id=7 if reference[:2] in ("ca", "cr") else None,
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["ALL", *ActivityType])
def test_entries_are_filtered_by_what_they_are_about(
    ben: Caller, bc_id: str, entries: None, kind: str
) -> None:
    found = data_of(ben.get(LOG, bc_id=bc_id, filtering={"activity_type": kind}, page_size=50))

    told = {row["activity_log"]: row["activity_type"] for row in found["changelog_list"]}
    wanted = {name: of for name, of in ABOUT.items() if kind in ("ALL", of)}
    assert {name: of for name, of in told.items() if name in ABOUT} == wanted
    assert kind == "ALL" or set(told.values()) == {kind}


def test_the_filter_and_the_word_agree(entries: None) -> None:
    for kind in ActivityType:
        found = of_activity_type(ActivityEntry.objects.all(), kind)
        assert {activity_type(entry) for entry in found} == {kind}


def test_a_row_says_when_who_and_what(ben: Caller, bc_id: str, cast: Cast, entries: None) -> None:
    newest = data_of(ben.get(LOG, bc_id=bc_id, page_size=1))["changelog_list"][0]

    assert newest == {
        "time": "2026-11-02 15:00:00", "activity_type": "BUSINESS",
        "operator_id": str(cast.ben.pk), "activity_log": "verification:7",
    }  # fmt: skip


def test_days_are_whole_and_the_last_week_is_usual(
    ben: Caller, bc_id: str, business_center: BusinessCenter, at: datetime
) -> None:
    for days in (8, 6, 0):
        record_activity(
            business_center=business_center, actor=None, at=at - timedelta(days=days), action="a",
            summary=f"{days} days ago", reference="verification:7", label="l",
        )  # fmt: skip
    set_clock(at=at, rate=PracticeClock.PAUSED)

    def told(**params: object) -> list[str]:
        rows = data_of(ben.get(LOG, bc_id=bc_id, page_size=50, **params))["changelog_list"]
        return [row["activity_log"] for row in rows if "ago" in row["activity_log"]]

    days = {"start_date": "2026-10-25", "end_date": "2026-10-27"}
    assert told() == ["0 days ago", "6 days ago"]
    assert told(filtering=days) == ["6 days ago", "8 days ago"]
    assert told(filtering=days, sort_type="ASC", lang="ZH") == ["8 days ago", "6 days ago"]


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"filtering": {"start_date": "2026-11-01"}}, "filtering.end_date"),
        ({"filtering": {"end_date": "2026-11-01"}}, "filtering.start_date"),
        ({"filtering": {"start_date": "2026-11-02", "end_date": "2026-11-01"}},
         "filtering.end_date"),
        ({"filtering": {"start_date": "x", "end_date": "9999-12-31"}}, "filtering.start_date"),
        ({"filtering": {"activity_type": "MONEY"}}, "filtering.activity_type"),
        ({"sort_field": "name"}, "sort_field"),
        ({"page_size": 51}, "page_size"),
    ],
)  # fmt: skip
def test_a_bad_parameter_is_named(ben: Caller, bc_id: str, params: dict, name: str) -> None:
    found = ben.get(LOG, bc_id=bc_id, **params)

    assert (found["code"], found["message"].split(":")[0]) == (40002, name)


def test_the_end_of_time_is_a_date_too(ben: Caller, bc_id: str) -> None:
    far = {"start_date": "0001-01-01", "end_date": "9999-12-31"}
    assert ben.get(LOG, bc_id=bc_id, filtering=far)["code"] == 0


def test_a_page_costs_the_same_with_1_and_25_rows(ben: Caller, bc_id: str, entries: None) -> None:
    few = cost(lambda: ben.get(LOG, bc_id=bc_id, page_size=1))

    assert cost(lambda: ben.get(LOG, bc_id=bc_id, page_size=25)) == few
