"""The activity log is narrowed by person, kind, object, account, day and result; and as a file."""

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter
from accounts.queries import ActivityType, activity_type, of_activity_type
from accounts.services import record_activity
from tests.factories.accounts import Cast

Found = Callable[..., set[str]]


@pytest.fixture
def log(cast: Cast, business_center: BusinessCenter, at: datetime) -> BusinessCenter:
    """Four things that happened, besides how the cast came here."""
    said: dict[str, dict[str, Any]] = {
        "stopped": {
            "reference": "campaign:7", "actor": cast.mia, "at": at, "ad_account_id": 55,
            "before": {"status": "Active"}, "after": {"status": "Deactivated"},
        },
        "invited": {"reference": "invitation:8", "actor": cast.ben, "at": at + timedelta(days=1)},
        "linked": {"reference": "pixel:9", "actor": None, "at": at + timedelta(days=2)},
        "tried": {
            "reference": "business_center:10", "actor": cast.ana, "at": at, "subject": cast.fay,
            "result": ActivityEntry.Result.REFUSED,
        },
    }  # fmt: skip
    for action, facts in said.items():
        record_activity(
            business_center=business_center, action=action, summary=action, label="x", **facts
        )
    return business_center


@pytest.fixture
def found(log: BusinessCenter, cast: Cast, client_of: Callable[..., Client]) -> Found:
    """Which of the four a filter shows."""
    browser = client_of(cast.ben)

    def ask(**filters: object) -> set[str]:
        page = browser.get(f"/bc/{log.pk}/activity/", filters).context["page"]
        return {entry.action for entry in page} & {"stopped", "invited", "linked", "tried"}

    return ask


def test_by_the_person_who_did_it_or_whom_it_is_about(found: Found, cast: Cast) -> None:
    assert found(person="mia@northwind.example") == {"stopped"}
    assert found(person="Mia") == {"stopped"}
    assert found(person=cast.fay.pk) == {"tried"}
    assert found(person="System") == {"linked"}
    assert found(person="nobody@northwind.example") == set()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("USER", "invited"), ("ACCOUNT", "stopped"), ("ASSET", "linked"), ("BUSINESS", "tried")],
)
def test_by_kind_as_the_one_function_tells_it(
    found: Found, log: BusinessCenter, kind: str, expected: str
) -> None:
    entries = ActivityEntry.objects.filter(business_center=log)

    assert found(kind=kind) == {expected}
    assert {activity_type(each) for each in of_activity_type(entries, ActivityType(kind))} == {kind}


def test_by_object_ad_account_and_result(found: Found) -> None:
    assert found(object="7") == {"stopped"}
    assert found(object="pixel:9") == {"linked"}
    assert found(account="55") == {"stopped"}
    assert found(result="refused") == {"tried"}


def test_days_are_those_of_the_business_centers_own_clock(found: Found, at: datetime) -> None:
    """Four in the morning UTC is still the day before in New York."""
    assert found(first="2026-11-02", last="2026-11-02") == {"stopped", "tried"}
    assert found(first="2026-11-03") == {"invited", "linked"}
    assert found(last="2026-11-01") == set()


def test_a_mistaken_filter_is_named_and_asks_for_nothing(
    log: BusinessCenter, cast: Cast, client_of: Callable[..., Client]
) -> None:
    page = client_of(cast.ben).get(
        f"/bc/{log.pk}/activity/", {"first": "soon", "account": "x", "q": "stopped"}
    )

    assert list(page.context["form"].errors) == ["account", "first"]
    assert [entry.action for entry in page.context["page"]] == ["stopped"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"account": "x"}, "Ad account: Enter the ad account&#x27;s ID, digits only."),
        ({"first": "2026-11-03", "last": "2026-11-02"}, "To: Choose a day that is not before"),
        ({"first": "0001-01-01"}, "From: Choose a day after 1999."),
        ({"last": "9999-12-31"}, "To: Choose a day before 3000."),
    ],
)
def test_the_list_that_follows_the_typing_says_what_it_did_not_look_for(
    log: BusinessCenter, cast: Cast, client_of: Callable[..., Client], sent: dict, said: str
) -> None:
    answer = client_of(cast.ben).get(
        f"/bc/{log.pk}/activity/", sent, headers={"HX-Request": "true"}
    )
    assert said in answer.content.decode()


def test_the_page_shows_practice_time_to_the_second_and_real_time(
    log: BusinessCenter, cast: Cast, client_of: Callable[..., Client]
) -> None:
    page = client_of(cast.ben).get(f"/bc/{log.pk}/activity/").content.decode()

    assert "2 Nov 2026, 10:00:00" in page
    assert 'title="Real time: ' in page
    assert ">Refused<" in page


def test_the_file_has_the_entries_of_the_filter_and_no_formulas(
    log: BusinessCenter, cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    record_activity(
        business_center=log, actor=None, at=at, action="evil", summary="=1+1",
        reference="campaign:7", label="@x",
    )  # fmt: skip

    answer = client_of(cast.ben).get(f"/bc/{log.pk}/activity/csv/", {"object": "campaign:7"})

    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["summary"] for row in rows] == ["'=1+1", "stopped"]
    assert rows[1]["practice_time"] == "2026-11-02T10:00:00-05:00"
    assert (rows[1]["before"], rows[1]["after"]) == (
        '{"status": "Active"}',
        '{"status": "Deactivated"}',
    )
    assert rows[1]["note"].startswith("SPECIMEN")


def test_people_see_their_own_entries_and_nobody_elses(
    log: BusinessCenter, cast: Cast, client_of: Callable[..., Client]
) -> None:
    shown = {
        name: {
            entry.action
            for entry in client_of(cast.everyone[name]).get("/profile/activity/").context["page"]
        }
        for name in ("mia", "stranger")
    }

    assert shown == {"mia": {"stopped"}, "stranger": set()}
