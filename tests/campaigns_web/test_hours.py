"""The hours of the week, ticked in a table on the page and kept to the half hour."""

from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import AdGroup
from tests.factories.campaigns import make_ad_group, make_campaign

from .test_edit import filled, page_of
from .wishes import GROUP

OFFICE = ("00" * 9 + "11" * 8 + "00" * 7) * 5 + "00" * 48
# Mondays from half past nine, Sundays until half past nine in the evening.
HALVES = "00" * 9 + "01" + "11" * 14 + "00" * 120 + "11" * 21 + "10" + "00" * 2
ALL_DAY = [f"5-{hour}" for hour in range(24)]


@pytest.fixture
def group(ad_account: AdAccount, at: datetime) -> AdGroup:
    return make_ad_group(make_campaign(ad_account, at), at, dayparting=HALVES)


class Boxes(HTMLParser):
    """The boxes of the table that the page shows: label by value, and which are ticked."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.labels: dict[str, str] = {}
        self.ticked: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found: dict[str, Any] = dict(attrs)
        if tag == "input" and found.get("name") == "hours":
            self.labels[found["value"]] = found["aria-label"]
            if "checked" in found:
                self.ticked.add(found["value"])


def test_a_new_ad_group_runs_in_the_hours_that_are_ticked(
    mia: Client, step: Callable[..., str], ad_account: AdAccount, at: datetime
) -> None:
    campaign = make_campaign(ad_account, at)
    hours = [f"{day}-{hour}" for day in range(5) for hour in range(9, 17)]

    mia.post(step("ad_group", campaign=campaign.pk), GROUP | {"hours": hours})

    assert AdGroup.objects.get().dayparting == OFFICE


def test_the_table_has_every_hour_of_the_week_by_name(
    mia: Client, step: Callable[..., str], ad_account: AdAccount, at: datetime
) -> None:
    campaign = make_campaign(ad_account, at)

    page = mia.get(step("ad_group", campaign=campaign.pk)).content.decode()

    boxes = Boxes(page)
    assert len(set(boxes.labels.values())) == 7 * 24
    assert boxes.labels["0-0"] == "Monday 00:00 to 01:00"
    assert boxes.labels["6-23"] == "Sunday 23:00 to 24:00"
    assert boxes.ticked == set()
    assert "Hours of the week: all hours of the week" in page


def test_half_hours_of_the_business_api_are_shown_and_stay(mia: Client, group: AdGroup) -> None:
    address = page_of(group)
    page = mia.get(address).content.decode()

    boxes = Boxes(page)
    assert boxes.ticked == {f"0-{h}" for h in range(9, 24)} | {f"6-{h}" for h in range(22)}
    assert boxes.labels["0-9"] == "Monday 09:00 to 10:00, only its second half"
    assert boxes.labels["6-21"] == "Sunday 21:00 to 22:00, only its first half"
    assert "A dashed box runs for half of its hour only" in page

    mia.post(address, filled(mia, address, name="Renamed"))
    group.refresh_from_db()
    assert (group.name, group.dayparting) == ("Renamed", HALVES)

    more = filled(mia, address)
    more["hours"] = [*(hour for hour in more["hours"] if hour != "6-21"), *ALL_DAY]
    mia.post(address, more)
    group.refresh_from_db()
    saturday = HALVES[: 2 * 120] + "11" * 24 + HALVES[2 * 144 :]
    assert group.dayparting == saturday[: 2 * 165] + "00" + saturday[2 * 166 :]


@pytest.mark.parametrize("hours", [[], [f"{d}-{h}" for d in range(7) for h in range(24)]])
def test_none_and_all_mean_always(mia: Client, group: AdGroup, hours: list[str]) -> None:
    AdGroup.objects.update(dayparting=OFFICE)
    address = page_of(group)

    mia.post(address, filled(mia, address, hours=hours))

    group.refresh_from_db()
    assert group.dayparting == ""
    assert group.learning_epoch == 0


def test_an_hour_that_is_none_is_refused(mia: Client, group: AdGroup) -> None:
    address = page_of(group)

    answer = mia.post(address, filled(mia, address, hours=["0-9", "7-0"]))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no such hour in a week." in page[page.index('id="id_hours_error"') :][:400]
    assert Boxes(page).ticked == {"0-9"}
    group.refresh_from_db()
    assert group.dayparting == HALVES


def test_who_saves_second_reads_how_many_hours(mia: Client, group: AdGroup, at: datetime) -> None:
    address = page_of(group)
    mine = filled(mia, address, hours=["0-9"])
    services.update_ad_group(
        ad_group=group, changes={"dayparting": OFFICE}, expected_version=None, actor=None, at=at
    )

    page = mia.post(address, mine).content.decode()

    assert "40 of the week’s 168 hours" in page
    assert "1 of the week’s 168 hours" in page
