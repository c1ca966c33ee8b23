"""One page leads to every section of the business; who may not go there is not offered it."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import BusinessCenter
from adaccounts.models import AdAccount
from tests.factories.accounts import Cast

SECTIONS = ("Users", "Ad Accounts", "Business Assets", "Financial", "Settings")
ICON = "(?:<svg.*?</svg>)?"
ENTRY = re.compile(rf'<a class="nav-entry" href="([^"]+)"[^>]*>{ICON}<span>([^<]+)</span>')
TAB = re.compile(rf'<a class="tab" href="[^"]+"[^>]*>{ICON}([^<]+?)\s*</a>')


def menu(page: str) -> dict[str, str]:
    """{name: address} of the menu's entries."""
    return {name.replace("&amp;", "&"): href for href, name in ENTRY.findall(page)}


def test_after_signing_in_each_section_is_one_click_away(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.ben)

    entries = menu(browser.get("/home/", follow=True).content.decode())

    assert set(SECTIONS) <= set(entries)
    answers = {name: browser.get(entries[name]).status_code for name in SECTIONS}
    assert answers == dict.fromkeys(SECTIONS, 200)


def test_the_open_section_lists_its_pages_and_each_opens(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.ben)
    wanted = {
        f"/bc/{business_center.pk}/users/": {"Members", "Partners"},
        f"/bc/{business_center.pk}/assets/": {"Pixels & catalogs", "Asset groups"},
        f"/bc/{business_center.pk}/settings/": {
            "Business info", "Notifications", "Security", "Legal", "Activity log", "Developer",
        },
    }  # fmt: skip

    for address, names in wanted.items():
        entries = menu(browser.get(address).content.decode())
        assert names <= set(entries), address
        assert {browser.get(entries[name]).status_code for name in names} == {200}


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("mia", {"Users", "Financial", "Settings", "Activity log", "Account settings"}),
        ("ana", {"Users", "Financial", "Settings", "Activity log", "Account settings"}),
        ("fay", {"Users", "Settings", "Activity log"}),
    ],
)
def test_what_a_member_may_not_do_is_absent_from_the_menu(
    cast: Cast,
    business_center: BusinessCenter,
    client_of: Callable[..., Client],
    name: str,
    hidden: set[str],
) -> None:
    page = client_of(cast.everyone[name]).get(f"/bc/{business_center.pk}/").content.decode()

    entries = menu(page)
    assert entries.keys() & hidden == set()
    assert "Ad Accounts" in entries
    assert ("Financial" in entries) == (name == "fay")


def test_the_settings_are_one_hub_with_a_tab_for_each_part(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    page = client_of(cast.ben).get(f"/bc/{business_center.pk}/settings/").content.decode()

    parts = ("Business information", "Verification", "Notifications", "Security", "Legal")
    assert TAB.findall(page) == [*parts, "Activity log", "Developer"]


def test_personal_settings_show_the_tabs_of_ones_own_only(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    page = client_of(cast.mia).get("/notifications/preferences/").content.decode()

    assert TAB.findall(page) == ["Notifications", "Developer"]


def test_people_of_a_partner_keep_their_own_menu_in_a_shared_ad_account(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    client_of: Callable[..., Client],
) -> None:
    browser = client_of(cast.carl)

    page = browser.get(f"/ad-accounts/{ad_account.pk}/").content.decode()

    entries = menu(page)
    assert set(SECTIONS) | {"Overview", "Campaigns"} <= set(entries)
    assert "Carl &amp; Co</p>" in page
    assert not [href for href in entries.values() if f"/bc/{business_center.pk}/" in href]
    assert {browser.get(entries[name]).status_code for name in SECTIONS} == {200}
