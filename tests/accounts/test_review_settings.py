"""Every 90 practice days the Admins are asked to look through the settings, and say they did."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Membership, Notification
from accounts.queries.review import remarks_on
from accounts.services import confirm_settings_review, remind_of_settings_reviews
from accounts.tasks import remind_of_reviews
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from tests.factories.accounts import Cast

DAY = timedelta(days=1)


def reminded() -> list[str]:
    found = Notification.objects.filter(key__startswith="settings_review:")
    return sorted(found.values_list("user__name", flat=True))


def test_the_button_writes_down_who_looked_and_when(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    browser, address = client_of(cast.ben), f"/bc/{business_center.pk}/settings/"
    assert "None yet" in browser.get(address).content.decode()

    browser.post(f"{address}reviewed/")

    page = browser.get(address).content.decode()
    business_center.refresh_from_db()
    assert "2 Nov 2026, 10:00 by Ben Admin" in page
    assert (business_center.settings_reviewed_at, business_center.settings_reviewed_by) == (
        at,
        cast.ben,
    )
    assert ActivityEntry.objects.filter(action="confirm_settings_review").count() == 1


def test_admins_are_reminded_once_after_90_days_and_again_after_the_next_review(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    remind_of_settings_reviews(at=at + 90 * DAY - timedelta(seconds=1))
    assert reminded() == []

    remind_of_settings_reviews(at=at + 90 * DAY)
    set_clock(at=at + 95 * DAY, rate=PracticeClock.PAUSED)
    remind_of_reviews()
    assert reminded() == ["Ben Admin", "Carl Partner"]

    confirm_settings_review(business_center=business_center, actor=cast.ben, at=at + 95 * DAY)
    remind_of_settings_reviews(at=at + 184 * DAY)
    assert reminded() == ["Ben Admin", "Carl Partner"]
    remind_of_settings_reviews(at=at + 185 * DAY)
    assert reminded() == ["Ben Admin", "Ben Admin", "Carl Partner"]


def test_the_page_says_when_a_review_is_due(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    browser, address = client_of(cast.ben), f"/bc/{business_center.pk}/settings/"
    assert "A review is due" not in browser.get(address).content.decode()

    set_clock(at=at + 90 * DAY, rate=PracticeClock.PAUSED)

    assert "A review is due" in browser.get(address).content.decode()


def test_the_card_counts_what_is_worth_a_look(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    members = Membership.objects.filter(business_center=business_center)
    members.filter(user=cast.ana).update(last_seen_at=at - 91 * DAY)
    members.filter(user=cast.fay).update(access_ends_at=at + 3 * DAY)
    members.filter(user=cast.mia).update(last_seen_at=at - 91 * DAY, kept_at=at - DAY)

    said = {remark.text: remark.is_worrying for remark in remarks_on(business_center, at)}

    assert said == {
        "1 Admin: they may do everything.": True,
        "4 people of 4 without two-step sign-in.": True,
        "1 person not seen here for 90 days or ever.": True,
        "1 person whose access ends within 14 days.": False,
        "0 invitations expired unused.": False,
    }


@pytest.mark.parametrize("name", ["mia", "fay", "stranger"])
def test_only_who_may_change_the_business_confirms(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client], name: str
) -> None:
    client_of(cast.everyone[name]).post(f"/bc/{business_center.pk}/settings/reviewed/")

    business_center.refresh_from_db()
    assert business_center.settings_reviewed_at is None
