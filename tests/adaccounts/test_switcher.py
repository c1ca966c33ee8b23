"""The switcher finds Business Centers and ad accounts by name, however many there are."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import BusinessCenter
from adaccounts.models import AdAccount
from tests.factories.accounts import Cast, make_business_center
from tests.factories.adaccounts import make_ad_account

PANEL = "/ad-accounts/switcher/"


def test_places_are_listed_with_role_and_owner(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client]
) -> None:
    page = client_of(cast.carl).get(PANEL)

    assert [row.business_center.name for row in page.context["centers"]] == ["Carl & Co"]
    assert page.context["accounts"] == []
    assert page.context["shared"] == [ad_account]
    text = page.content.decode()
    assert text.index("Shared by partners") < text.index("Northwind USD")
    assert "Admin" in text
    assert "Create a Business Center" in text


def test_typing_finds_by_part_of_the_name_or_by_id_and_answers_the_list_only(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: Callable[..., Client]
) -> None:
    other = make_business_center(cast.ben, at, name="Harbour House")
    browser = client_of(cast.ben)

    by_name = browser.get(PANEL, {"q": "harbour"})
    by_id = browser.get(PANEL, {"q": str(ad_account.pk)})
    nothing = browser.get(PANEL, {"q": "<b>"})

    found = by_name.content.decode()
    assert f"/bc/{other.pk}/" in found
    assert "Northwind" not in found
    assert f"/ad-accounts/{ad_account.pk}/" in by_id.content.decode()
    assert b'type="search"' not in by_name.content
    assert "Nothing is called “&lt;b&gt;”" in nothing.content.decode()


def test_a_place_one_may_not_enter_is_not_found(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client]
) -> None:
    page = client_of(cast.stranger).get(PANEL, {"q": str(ad_account.pk)})

    assert b"Northwind" not in page.content


def test_fifty_business_centers_cost_as_many_queries_as_one(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.ben)

    def queries() -> int:
        with CaptureQueriesContext(connection) as log:
            browser.get(PANEL)
        return len(log)

    few = queries()
    for number in range(20):
        make_business_center(cast.ben, at + timedelta(days=number), name=f"Center {number}")
        make_ad_account(business_center, cast.ben, at, name=f"Account {number}")

    page = browser.get(PANEL)
    assert queries() == few
    assert len(page.context["centers"]) == len(page.context["accounts"]) == 12
    assert "There are more" in page.content.decode()


def test_the_last_business_center_is_remembered(
    cast: Cast, at: datetime, client_of: Callable[..., Client]
) -> None:
    other = make_business_center(cast.carl, at, name="Harbour House")
    browser = client_of(cast.carl)

    browser.get(f"/bc/{other.pk}/ad-accounts/")

    assert browser.get("/home/").headers["Location"] == f"/bc/{other.pk}/"
