"""The Users page and its edit form: who is there, with what, and changing it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import BusinessCenter, Membership
from accounts.queries import membership_of
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, Permission, level_of, permissions_in
from adaccounts.services import ask_for_access
from tests.factories.accounts import Cast

from .conftest import Invite


def level(person, account: AdAccount) -> Level | None:
    return level_of(permissions_in(person, account.pk))


def listed(browser: Client, users: str, **wanted: str) -> dict[str, str]:
    return {row.email: row.role for row in browser.get(users, wanted).context["rows"]}


def test_the_list_shows_members_and_invited_people_with_role_and_ad_accounts(
    cast: Cast, users: str, ben: Client, invite: Invite
) -> None:
    invite()

    assert listed(ben, users) == {
        "ben@northwind.example": "Admin",
        "mia@northwind.example": "Ad Account Operator",
        "ana@northwind.example": "Analyst",
        "fay@northwind.example": "Finance",
        "nora@northwind.example": "Ad Account Operator",
    }
    page = ben.get(users).content.decode()
    assert "Creates and edits" not in page
    assert "In chosen ad accounts" in page


def test_the_list_says_that_requests_wait_and_leads_to_them(
    cast: Cast,
    users: str,
    ben: Client,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    at: datetime,
) -> None:
    before = ben.get(users).content.decode()
    ask_for_access(
        user=cast.ana,
        permission=Permission.MANAGE_CAMPAIGNS,
        business_center=business_center,
        ad_account=ad_account,
        at=at,
    )

    after = ben.get(users).content.decode()

    assert "waiting for an answer" not in before
    assert "1 access request waiting for an answer" in after


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"q": "mark"}, ["mia"]),
        ({"role": "admin"}, ["ben"]),
        ({"role": "operator"}, ["mia", "nora"]),
        ({"role": "analyst"}, ["ana"]),
        ({"role": "finance"}, ["fay"]),
        ({"state": "pending"}, ["nora"]),
        ({"state": "active", "role": "operator"}, ["mia"]),
        ({"state": "expired"}, []),
        ({"state": "ending"}, []),
    ],
)
def test_the_list_is_searched_and_filtered(
    cast: Cast, users: str, ben: Client, invite: Invite, wanted: dict[str, str], found: list[str]
) -> None:
    invite()

    assert sorted(email.split("@")[0] for email in listed(ben, users, **wanted)) == found


def test_last_sign_in_last_seen_and_two_step_are_shown(
    cast: Cast, users: str, ben: Client, business_center: BusinessCenter, at: datetime
) -> None:
    rows = {row.name: row for row in ben.get(users).context["rows"]}

    assert rows["Ben Admin"].membership.user.last_login is not None
    assert membership_of(cast.ben, business_center).last_seen_at == at
    assert rows["Mia Marketer"].membership.last_seen_at is None
    assert rows["Mia Marketer"].has_two_step is False


def test_being_seen_is_written_once_an_hour(
    cast: Cast, users: str, ben: Client, django_assert_num_queries, business_center: BusinessCenter
) -> None:
    ben.get(users)
    before = Membership.objects.get(user=cast.ben).last_seen_at
    Membership.objects.filter(user=cast.ben).update(last_seen_at=before - timedelta(minutes=59))
    ben.get(users)
    within = Membership.objects.get(user=cast.ben).last_seen_at
    Membership.objects.filter(user=cast.ben).update(last_seen_at=before - timedelta(minutes=60))
    ben.get(users)

    assert within == before - timedelta(minutes=59)
    assert Membership.objects.get(user=cast.ben).last_seen_at == before
