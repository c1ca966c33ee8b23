"""Partners: sharing at a level, lowering it in one step, and taking everything back at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Notification
from accounts.permissions import Preset
from accounts.queries import membership_of
from adaccounts import services
from adaccounts.models import AccountShare, AdAccount, AdAccountUserObjectPermission, Partnership
from adaccounts.permissions import AssetRole, Level, level_of, permissions_in, preset_access
from tests.factories.accounts import Cast, make_business_center, make_person
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_group, make_pixel


def level(person, account: AdAccount) -> Level | None:
    return level_of(permissions_in(person, account.pk))


@pytest.fixture
def dora(cast: Cast, at: datetime):
    """An Analyst at Carl & Co, by Carl's leave Operator in Northwind's account."""
    person = make_person("Dora Designer", "dora@carlandco.example")
    services.add_person(
        business_center=carl_and_co(), email=person.email, access=preset_access(Preset.ANALYST),
        actor=cast.carl, at=at,
    )  # fmt: skip
    return person


@pytest.fixture
def url(business_center: BusinessCenter, cast: Cast) -> str:
    return f"/bc/{business_center.pk}/partners/{carl_and_co().pk}/"


def test_scenario_seven_the_revoked_partners_open_page_fails_at_the_next_click(
    cast: Cast, ad_account: AdAccount, url: str, client_of: Callable[..., Client]
) -> None:
    carl, ben = client_of(cast.carl), client_of(cast.ben)
    campaigns = f"/ad-accounts/{ad_account.pk}/campaigns/"
    assert carl.get(campaigns).status_code == 200
    assert "Northwind USD (Operator)" in ben.get(f"{url}remove/").content.decode()

    ben.post(f"{url}remove/")

    refused = carl.get(campaigns)
    assert refused.status_code == 403
    assert "Your access to Northwind USD was removed." in refused.content.decode()
    assert not Partnership.objects.exists()
    assert client_of(cast.stranger).get(campaigns).status_code == 404


def test_revoking_takes_grants_by_groups_and_assets_too_and_nothing_of_others(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime, dora
) -> None:
    pixel = make_pixel(cast, business_center, at)
    services.share_asset(
        asset=pixel, partner=carl_and_co(), role=AssetRole.MANAGER, actor=None, at=at
    )
    own = make_ad_account(carl_and_co(), cast.carl, at, "JPY")
    make_group(
        carl_and_co(), at, ad_accounts=[ad_account, own],
        members={membership_of(dora, carl_and_co()): Level.OPERATOR},
    )  # fmt: skip
    assert level(dora, ad_account) == level(dora, own) == Level.OPERATOR

    services.remove_partner(
        business_center=business_center, partner=carl_and_co(), actor=cast.ben, at=at
    )

    assert level(cast.carl, ad_account) is level(dora, ad_account) is None
    assert level(dora, own) == Level.OPERATOR
    assert level(cast.mia, ad_account) == Level.OPERATOR
    assert not pixel.shares.exists()
    told = ActivityEntry.objects.filter(action="revoke_access", ad_account_id=ad_account.pk)
    assert {entry.subject_id for entry in told} == {cast.carl.pk, dora.pk}


def test_a_partner_is_added_by_id_and_gets_nothing_by_that(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    third = make_business_center(cast.stranger, at, name="Third")
    browser, url = client_of(cast.ben), f"/bc/{business_center.pk}/partners/"

    answer = browser.post(url, {"partner_id": f" {third.pk} "})

    assert answer.headers["Location"] == f"{url}{third.pk}/"
    assert not AccountShare.objects.filter(partnership__partner=third).exists()
    for wrong in (business_center.pk, 4711, "x"):
        refused = browser.post(url, {"partner_id": wrong})
        assert list(refused.context["form"].errors) == ["partner_id"]


def test_both_directions_are_listed(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    ours = client_of(cast.ben).get(f"/bc/{business_center.pk}/partners/").context
    theirs = client_of(cast.carl).get(f"/bc/{carl_and_co().pk}/partners/").context

    assert [(each.partner.name, each.accounts) for each in ours["page"]] == [("Carl & Co", 1)]
    assert list(theirs["page"]) == []
    assert [(each.business_center.name, each.accounts) for each in theirs["taken"]] == [
        ("Northwind", 1)
    ]


def test_an_account_is_found_shared_and_its_level_lowered_in_one_step(
    cast: Cast, business_center: BusinessCenter, at: datetime, url: str,
    client_of: Callable[..., Client], dora,
) -> None:  # fmt: skip
    euro = make_ad_account(business_center, cast.ben, at, "EUR")
    browser = client_of(cast.ben)
    assert [*browser.get(url, {"find": "eur"}).context["found"]] == [euro]

    browser.post(f"{url}share/", {"ad_account": euro.pk, "level": "admin"})
    assert level(cast.carl, euro) == Level.ADMIN
    services.grant_access(
        ad_account=euro, user=dora, level=Level.OPERATOR, actor=cast.carl, at=at,
        through=carl_and_co(),
    )  # fmt: skip

    asked = browser.post(f"{url}share/", {"ad_account": euro.pk, "level": "analyst"})
    assert [str(person) for person in asked.context["lowered"]] == ["Carl Partner", "Dora Designer"]
    assert level(cast.carl, euro) == Level.ADMIN
    sent = {"ad_account": euro.pk, "level": "analyst", "is_confirmed": "1"}
    browser.post(f"{url}share/", sent)

    assert level(cast.carl, euro) == level(dora, euro) == Level.ANALYST


def test_a_lowered_share_lowers_what_groups_give_and_a_raised_one_raises_it_again(
    cast: Cast, ad_account: AdAccount, at: datetime, dora
) -> None:
    make_group(
        carl_and_co(), at, ad_accounts=[ad_account],
        members={membership_of(dora, carl_and_co()): Level.ADMIN},
    )  # fmt: skip
    found = [level(dora, ad_account)]
    for wanted in (Level.ANALYST, Level.ADMIN):
        services.share_account(
            ad_account=ad_account, partner=carl_and_co(), level=wanted, actor=None, at=at
        )
        found.append(level(dora, ad_account))

    assert found == [Level.OPERATOR, Level.ANALYST, Level.ADMIN]


def test_the_partner_assigns_to_its_members_up_to_the_share_and_gives_up(
    cast: Cast, ad_account: AdAccount, client_of: Callable[..., Client], dora
) -> None:
    browser = client_of(cast.carl)
    page = f"/bc/{carl_and_co().pk}/shared/{ad_account.pk}/"
    assert browser.get(page).context["levels"] == [Level.ANALYST, Level.OPERATOR]

    browser.post(page, {"user": dora.pk, "level": "operator"})
    assert level(dora, ad_account) == Level.OPERATOR
    said = browser.post(page, {"user": dora.pk, "level": "admin"}, follow=True).content.decode()
    assert "is shared with Carl &amp; Co as Operator" in said
    assert browser.post(page, {"user": cast.mia.pk, "level": "analyst"}).status_code == 404

    browser.post(f"{page}give-up/")
    assert level(dora, ad_account) is level(cast.carl, ad_account) is None
    assert not AccountShare.objects.exists()
    assert browser.get(page).status_code == 404


def test_stopping_one_account_leaves_the_others(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime, url: str,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    euro = make_ad_account(business_center, cast.ben, at, "EUR")
    services.share_account(
        ad_account=euro, partner=carl_and_co(), level=Level.ANALYST, actor=None, at=at
    )
    browser = client_of(cast.ben)

    assert "Nobody of Carl" in browser.get(f"{url}accounts/{euro.pk}/stop/").content.decode()
    browser.post(f"{url}accounts/{euro.pk}/stop/")

    assert level(cast.carl, euro) is None
    assert level(cast.carl, ad_account) == Level.OPERATOR


def test_who_is_a_member_of_both_keeps_what_the_owner_gave(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    services.add_person(
        business_center=business_center, email=cast.carl.email,
        access=preset_access(Preset.ANALYST, [ad_account]), actor=cast.ben, at=at,
    )  # fmt: skip

    services.unshare_account(ad_account=ad_account, partner=carl_and_co(), actor=cast.ben, at=at)

    assert level(cast.carl, ad_account) == Level.ANALYST


def test_only_accounts_that_one_manages_oneself_can_be_shared(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime, url: str,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    browser = client_of(cast.ben)
    carls = make_ad_account(carl_and_co(), cast.carl, at, "JPY")
    unmanaged = make_ad_account(business_center, cast.mia, at, "EUR")
    AdAccountUserObjectPermission.objects.filter(user=cast.ben, content_object=unmanaged).delete()

    for account in (carls, unmanaged):
        sent = {"ad_account": account.pk, "level": "analyst"}
        assert browser.post(f"{url}share/", sent).status_code == 404

    assert AccountShare.objects.count() == 1


def test_adding_and_removing_in_turn_tells_the_partner_once_a_day(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    partnership: dict[str, Any] = {
        "business_center": business_center, "partner": carl_and_co(), "actor": cast.ben,
    }  # fmt: skip
    for minutes in (0, 1, 2, 24 * 60):
        later = at + timedelta(minutes=minutes)
        services.add_partner(at=later, **partnership)
        services.remove_partner(at=later, **partnership)

    assert Notification.objects.filter(user=cast.carl, topic="access").count() == 2
