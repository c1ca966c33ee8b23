"""Access that ends: by its date, by leaving, and access that nobody uses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Membership
from accounts.queries import membership_of
from adaccounts.models import AdAccount
from adaccounts.permissions import visible_to
from adaccounts.queries.held import access_of
from adaccounts.services import change_person, end_due_access
from adaccounts.tasks import end_due_access as end_due_access_task
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from bizcenter.practice.services import advance_to
from tests.factories.accounts import Cast

DAY = timedelta(days=1)


@pytest.fixture
def mia_until_tomorrow(cast: Cast, business_center: BusinessCenter, at: datetime) -> Membership:
    mia = membership_of(cast.mia, business_center)
    access = access_of(mia)
    ending = replace(access.standing, access_ends_at=at + DAY)
    return change_person(
        membership=mia, access=replace(access, standing=ending), actor=cast.ben, at=at
    )


def test_at_its_time_the_access_ends_and_the_open_page_says_so(
    cast: Cast,
    mia_until_tomorrow: Membership,
    ad_account: AdAccount,
    at: datetime,
    client_of: Callable[..., Client],
) -> None:
    browser = client_of(cast.mia)
    page = f"/ad-accounts/{ad_account.pk}/campaigns/"
    before = browser.get(page).status_code

    advance_to(at + 2 * DAY)

    answer = browser.get(page)
    assert (before, answer.status_code) == (200, 403)
    assert "Access removed" in answer.content.decode()
    assert not visible_to(cast.mia).exists()
    entry = ActivityEntry.objects.get(action="remove_member")
    assert (entry.summary, entry.at, entry.actor) == ("Access ended as set", at + DAY, None)


def test_between_its_time_and_the_task_nothing_is_open(
    cast: Cast,
    mia_until_tomorrow: Membership,
    ad_account: AdAccount,
    business_center: BusinessCenter,
    at: datetime,
    client_of: Callable[..., Client],
) -> None:
    browser = client_of(cast.mia)
    set_clock(at=at + DAY, rate=PracticeClock.PAUSED)

    answers = [
        browser.get(page).status_code
        for page in (
            f"/bc/{business_center.pk}/ad-accounts/",
            f"/ad-accounts/{ad_account.pk}/campaigns/",
        )
    ]

    assert answers == [403, 403]
    end_due_access_task()
    assert not Membership.objects.filter(user=cast.mia).exists()


def test_ending_twice_and_too_early_changes_nothing(
    cast: Cast, mia_until_tomorrow: Membership, at: datetime
) -> None:
    assert end_due_access(until=at + DAY - timedelta(seconds=1)) == 0
    assert [end_due_access(until=at + DAY), end_due_access(until=at + DAY)] == [1, 0]


def test_a_member_may_leave_and_the_last_admin_may_not(
    cast: Cast,
    business_center: BusinessCenter,
    client_of: Callable[..., Client],
) -> None:
    url = f"/bc/{business_center.pk}/leave/"

    shown = client_of(cast.mia).get(url).content.decode()
    client_of(cast.mia).post(url)
    refused = client_of(cast.ben).post(url, follow=True).content.decode()

    assert "Northwind USD (Operator)" in shown
    assert not Membership.objects.filter(user=cast.mia).exists()
    assert "is the last Admin" in refused
    assert Membership.objects.filter(user=cast.ben, business_center=business_center).exists()


def test_unused_access_is_listed_and_can_be_kept(
    cast: Cast, users: str, ben: Client, at: datetime
) -> None:
    Membership.objects.filter(user=cast.ana).update(last_seen_at=at + 20 * DAY)
    set_clock(at=at + 40 * DAY, rate=PracticeClock.PAUSED)
    mia = Membership.objects.get(user=cast.mia)

    def listed(days: int) -> list[str]:
        rows = ben.get(f"{users}unused/?days={days}").context["rows"]
        return [member.user.name for member, *_ in rows]

    first = listed(30)
    ben.post(f"{users}{mia.pk}/keep/", {"days": "30"})

    assert sorted(first) == ["Fay Finance", "Mia Marketer"]
    assert listed(30) == ["Fay Finance"]
    assert listed(90) == []


def test_an_admin_has_no_end(
    cast: Cast, business_center: BusinessCenter, users: str, ben: Client, at: datetime
) -> None:
    mia = membership_of(cast.mia, business_center)
    wish = {"preset": "admin", "confirm": "on", "access_ends_on": "2027-01-01"}

    answer = ben.post(f"{users}{mia.pk}/", wish)

    assert "access has no end" in answer.content.decode()
    assert membership_of(cast.mia, business_center).role == "standard"
