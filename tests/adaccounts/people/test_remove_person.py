"""Removing people: at once, with everything they could enter, but never the last Admin."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import BusinessCenter
from accounts.permissions import Preset
from accounts.queries import membership_of
from accounts.services import LastAdmin
from adaccounts.models import AdAccount
from adaccounts.permissions import Level, preset_access, visible_to
from adaccounts.queries import managers_of
from adaccounts.services import change_person, grant_access, remove_person
from tests.factories.accounts import Cast


@pytest.fixture
def users(business_center: BusinessCenter) -> str:
    return f"/bc/{business_center.pk}/users/"


def test_the_question_says_what_the_person_loses(
    cast: Cast, users: str, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    mia = membership_of(cast.mia, business_center)
    browser = client_of(cast.ben)

    page = browser.get(f"{users}{mia.pk}/remove/").content.decode()
    dialog = browser.get(f"{users}{mia.pk}/remove/", headers={"HX-Request": "true"})

    assert "Northwind USD (Operator)" in page
    assert b"<html" not in dialog.content
    assert membership_of(cast.mia, business_center) == mia


def test_the_removed_persons_next_click_is_refused(
    cast: Cast,
    users: str,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    client_of: Callable[..., Client],
) -> None:
    open_browser = client_of(cast.mia)
    accounts = f"/bc/{business_center.pk}/ad-accounts/"
    creatives = f"/ad-accounts/{ad_account.pk}/creatives/"
    before = [open_browser.get(url).status_code for url in (accounts, creatives)]

    mia = membership_of(cast.mia, business_center)
    client_of(cast.ben).post(f"{users}{mia.pk}/remove/")

    after = [open_browser.get(url) for url in (accounts, creatives)]
    assert (before, [answer.status_code for answer in after]) == ([200, 200], [403, 403])
    assert "Your access to Northwind was removed." in after[0].content.decode()
    assert "Your access to Northwind USD was removed." in after[1].content.decode()
    assert list(visible_to(cast.mia)) == []


def test_who_has_no_other_place_is_told_at_the_start_page(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    mia = membership_of(cast.mia, business_center)
    remove_person(membership=mia, actor=cast.ben, at=at)

    page = client_of(cast.mia).get("/home/", follow=True).content.decode()

    assert "You are not a member of Northwind any more" in page
    assert 'href="/setup/"' in page


def test_the_last_admin_stays(
    cast: Cast, users: str, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    ben = membership_of(cast.ben, business_center)
    browser = client_of(cast.ben)

    removed = browser.post(f"{users}{ben.pk}/remove/")
    demoted = browser.post(f"{users}{ben.pk}/", {"preset": "finance", "confirm": "on"})

    assert "is the last Admin" in removed.content.decode()
    assert "is the last Admin" in demoted.context["form"].errors["preset"][0]
    assert membership_of(cast.ben, business_center).role == "admin"


def test_an_admin_may_leave_when_another_stays(
    cast: Cast,
    users: str,
    business_center: BusinessCenter,
    at: datetime,
    client_of: Callable[..., Client],
) -> None:
    mia = membership_of(cast.mia, business_center)
    change_person(membership=mia, access=preset_access(Preset.ADMIN), actor=cast.ben, at=at)
    ben = membership_of(cast.ben, business_center)

    answer = client_of(cast.ben).post(f"{users}{ben.pk}/remove/")

    assert answer.headers["Location"] == "/home/"
    assert membership_of(cast.ben, business_center) is None


def test_a_refused_removal_leaves_the_ad_accounts_too(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    ben = membership_of(cast.ben, business_center)

    with pytest.raises(LastAdmin):
        remove_person(membership=ben, actor=cast.ben, at=at)

    assert list(visible_to(cast.ben)) == [ad_account]


def test_an_ad_account_never_loses_its_last_manager_with_a_person(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    for person, level in ((cast.mia, Level.ADMIN), (cast.ben, Level.ANALYST)):
        grant_access(ad_account=ad_account, user=person, level=level, actor=cast.ben, at=at)

    mia = membership_of(cast.mia, business_center)
    remove_person(membership=mia, actor=cast.ben, at=at)

    assert list(managers_of(ad_account)) == [cast.ben]
