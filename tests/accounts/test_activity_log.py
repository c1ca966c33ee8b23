"""The activity log: newest first, searchable, and nothing in it is ever changed."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter
from accounts.services import record_activity
from tests.factories.accounts import Cast


def write(business_center: BusinessCenter, at: datetime, summary: str) -> ActivityEntry:
    return record_activity(
        business_center=business_center,
        actor=None,
        at=at,
        action="stop_campaign",
        summary=summary,
        reference="campaign:7",
        label="Spring sale",
        before={"status": "Active"},
        after={"status": "Deactivated"},
    )


def test_the_newest_entry_stands_first_with_before_and_after(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    write(business_center, at, "Stopped Spring sale")

    page = client_of(cast.ben).get(f"/bc/{business_center.pk}/activity/")

    newest = page.context["page"].object_list[0]
    assert (newest.summary, newest.actor_label) == ("Stopped Spring sale", "System")
    assert newest.changes == [("status", "Active", "Deactivated")]
    assert "Deactivated" in page.content.decode()


def test_before_and_after_are_told_in_words(cast: Cast, business_center, at: datetime) -> None:
    entry = record_activity(
        business_center=business_center, actor=None, at=at, action="update_thing",
        summary="Changed a thing", reference="thing:7", label="Thing",
        before={"status": "in_review", "name": "us_broad", "person": "Mia", "note": ""},
        after={
            "status": "approved", "name": "US_BROAD", "person": "Mia", "extra": {}, "note": "",
            "access_ends_at": "2026-12-28T01:00:00-05:00", "is_budget_optimized": False,
            "countries": ["US", "DE"], "scopes": [], "billing_event": "CPM",
            "budget_mode": "BUDGET_MODE_DAY",
        },
    )  # fmt: skip

    assert entry.told == [
        ("Status", "In review", "Approved"),
        ("Name", "us_broad", "US_BROAD"),
        ("Person", "", "Mia"),
        ("Access ends at", "–", "28 Dec 2026, 06:00 UTC"),
        ("Is budget optimized", "–", "No"),
        ("Countries", "–", "US, DE"),
        ("Billing event", "–", "CPM"),
        ("Budget mode", "–", "Budget mode day"),
    ]


def test_what_is_new_is_told_without_a_before(cast: Cast, business_center, at: datetime) -> None:
    entry = record_activity(
        business_center=business_center, actor=None, at=at, action="create_thing",
        summary="Created a thing", reference="thing:7", label="Thing", after={"level": "operator"},
    )  # fmt: skip
    assert entry.told == [("Level", "", "Operator")]


def test_searching_finds_people_changes_and_objects(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    write(business_center, at, "Stopped Spring sale")
    browser, address = client_of(cast.ben), f"/bc/{business_center.pk}/activity/"

    def found(text: str) -> set[str]:
        page = browser.get(address, {"q": text}).context["page"]
        return {entry.action for entry in page}

    assert found("spring") == {"stop_campaign"}
    assert found("carl partner") == {"grant_access"}
    assert found("no such thing") == set()


def test_the_log_is_read_page_by_page_and_by_fragment(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    for number in range(60):
        write(business_center, at, f"Change {number}")
    browser, address = client_of(cast.ben), f"/bc/{business_center.pk}/activity/"

    second = browser.get(address, {"page": 2})
    fragment = browser.get(address, headers={"HX-Request": "true"})

    all_of_them = ActivityEntry.objects.filter(business_center=business_center).count()
    assert len(second.context["page"].object_list) == all_of_them - 50
    assert fragment.content.lstrip().startswith(b"<div")
    assert b"<html" not in fragment.content
    assert "HX-Request" in fragment.headers["Vary"]


def test_a_change_by_a_page_carries_the_address_it_came_from(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    client_of(cast.ben).post(
        f"/bc/{business_center.pk}/settings/reviewed/", REMOTE_ADDR="203.0.113.7"
    )

    by_page = ActivityEntry.objects.get(action="confirm_settings_review")
    in_background = write(business_center, at, "Stopped by the engine")
    assert (by_page.ip_address, in_background.ip_address) == ("203.0.113.7", None)


def test_one_business_center_does_not_see_the_log_of_another(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    write(business_center, at, "Stopped Spring sale")
    own = BusinessCenter.objects.get(name="Carl & Co")

    page = client_of(cast.carl).get(f"/bc/{own.pk}/activity/").content.decode()

    assert "Spring sale" not in page


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_activityentry SET summary = 'nothing happened'",
        "UPDATE accounts_activityentry SET result = 'refused'",
        "UPDATE accounts_activityentry SET subject_id = 7",
        "UPDATE accounts_activityentry SET actor_id = NULL, ip_address = '203.0.113.9'",
        "DELETE FROM accounts_activityentry",
    ],
)
def test_the_database_refuses_to_rewrite_history(
    business_center: BusinessCenter, at: datetime, statement: str
) -> None:
    entry = write(business_center, at, "Stopped Spring sale")

    with (
        pytest.raises(IntegrityError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    entry.refresh_from_db()
    assert entry.summary == "Stopped Spring sale"
