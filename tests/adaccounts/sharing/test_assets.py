"""Pixels and catalogs: who owns them, who sees them, who may use and manage them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, User
from accounts.queries import membership_of
from adaccounts import services
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import AssetRole
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_pixel


@pytest.fixture
def pixels(cast: Cast, business_center: BusinessCenter, at: datetime) -> list[BusinessAsset]:
    """Two, and Mia may use both."""
    found = [make_pixel(cast, business_center, at, f"Pixel {n}") for n in (1, 2)]
    for pixel in found:
        services.grant_asset(asset=pixel, user=cast.mia, role=AssetRole.USER, actor=cast.ben, at=at)
    return found


def listed(browser: Client, center: BusinessCenter) -> list[str]:
    return [asset.name for asset in browser.get(f"/bc/{center.pk}/assets/").context["page"]]


def test_a_pixel_gets_a_code_of_its_own_and_a_catalog_none(
    cast: Cast, business_center: BusinessCenter, client_of: Callable[..., Client]
) -> None:
    browser, url = client_of(cast.ben), f"/bc/{business_center.pk}/assets/new/"
    for kind, name in (("pixel", "Shop"), ("pixel", "Blog"), ("catalog", "Coats")):
        browser.post(url, {"kind": kind, "name": name})

    codes = dict(BusinessAsset.objects.values_list("name", "code"))
    assert codes["Coats"] is None
    assert len({codes["Shop"], codes["Blog"]}) == 2
    assert all(len(codes[name]) == 20 and codes[name].isalnum() for name in ("Shop", "Blog"))
    page = browser.get(f"/assets/{BusinessAsset.objects.get(name='Shop').pk}/").content.decode()
    assert codes["Shop"] in page


def test_taking_pixel_one_away_leaves_pixel_two(
    cast: Cast, business_center: BusinessCenter, pixels, client_of: Callable[..., Client]
) -> None:
    mia = client_of(cast.mia)
    assert listed(mia, business_center) == ["Pixel 1", "Pixel 2"]

    sent = {"user": cast.mia.pk, "role": "none"}
    client_of(cast.ben).post(f"/assets/{pixels[0].pk}/people/", sent)

    assert listed(mia, business_center) == ["Pixel 2"]
    assert mia.get(f"/assets/{pixels[0].pk}/").status_code == 403
    assert mia.get(f"/assets/{pixels[1].pk}/").status_code == 200
    assert ActivityEntry.objects.get(action="revoke_asset").subject_id == cast.mia.pk


@pytest.mark.parametrize(
    ("who", "seen", "changed"),
    [("ben", 200, 302), ("mia", 200, 403), ("ana", 403, 403), ("carl", 404, 404)],
)
def test_the_door_knows_users_managers_members_and_strangers(
    cast: Cast, pixels, client_of: Callable[..., Client], who: str, seen: int, changed: int
) -> None:
    browser, url = client_of(cast.everyone[who]), f"/assets/{pixels[0].pk}/"

    assert browser.get(url).status_code == seen
    assert browser.post(url, {"name": "Mine"}).status_code == changed
    person = {"user": cast.ana.pk, "role": "manager"}
    assert browser.post(f"{url}people/", person).status_code == changed


def test_who_only_works_with_pixels_is_seen_too(
    cast: Cast, business_center: BusinessCenter, pixels, at: datetime,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    client_of(cast.mia).get(f"/assets/{pixels[0].pk}/")

    assert membership_of(cast.mia, business_center).last_seen_at == at


def test_an_admin_sees_what_is_not_assigned_and_assigns_it_to_themselves(
    cast: Cast, business_center: BusinessCenter, pixels, at: datetime,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    services.revoke_asset(asset=pixels[0], user=cast.ben, actor=cast.ben, at=at)
    browser, url = client_of(cast.ben), f"/bc/{business_center.pk}/assets/"
    assert listed(browser, business_center) == ["Pixel 2"]
    assert [*browser.get(url).context["unassigned"]] == [pixels[0]]
    assert [*client_of(cast.mia).get(url).context["unassigned"]] == []

    browser.post(f"{url}{pixels[0].pk}/assign/")

    assert listed(browser, business_center) == ["Pixel 1", "Pixel 2"]


def test_members_are_found_and_given_a_role(
    cast: Cast, pixels, client_of: Callable[..., Client]
) -> None:
    browser, url = client_of(cast.ben), f"/assets/{pixels[0].pk}/"
    assert [each.user for each in browser.get(url, {"find": "ana"}).context["found"]] == [cast.ana]

    browser.post(f"{url}people/", {"user": cast.ana.pk, "role": "manager"})

    assert client_of(cast.ana).post(url, {"name": "Ana's"}).status_code == 302
    outsider = {"user": cast.stranger.pk, "role": "user"}
    assert browser.post(f"{url}people/", outsider).status_code == 404


def test_ad_accounts_are_linked_and_unlinked_only_within_reach(
    cast: Cast, ad_account: AdAccount, pixels, at: datetime, client_of: Callable[..., Client]
) -> None:
    carls = make_ad_account(carl_and_co(), cast.carl, at, "JPY")
    browser, url = client_of(cast.ben), f"/assets/{pixels[0].pk}/"

    browser.post(f"{url}accounts/", {"ad_account": ad_account.pk})
    refused = browser.post(f"{url}accounts/", {"ad_account": carls.pk})
    assert refused.status_code == 404
    assert [*browser.get(url).context["linked"]] == [ad_account]

    browser.post(f"{url}accounts/", {"ad_account": ad_account.pk, "act": "remove"})
    assert not pixels[0].ad_accounts.exists()


def test_a_partner_uses_what_is_shared_and_no_more(
    cast: Cast, business_center: BusinessCenter, pixels, client_of: Callable[..., Client]
) -> None:
    ben, carl = client_of(cast.ben), client_of(cast.carl)
    shares = f"/bc/{business_center.pk}/partners/{carl_and_co().pk}/assets/"
    url = f"/assets/{pixels[0].pk}/"

    ben.post(shares, {"asset": pixels[0].pk, "role": "manager"})
    assert listed(carl, carl_and_co()) == ["Pixel 1"]
    assert carl.get(url).context["is_owner"] is False
    for refused in (carl.post(url, {"name": "Ours"}), carl.post(f"{url}remove/")):
        assert refused.status_code == 403

    ben.post(shares, {"asset": pixels[0].pk, "role": "user"})
    sent = {"user": cast.carl.pk, "role": "manager"}
    assert carl.post(f"{url}people/", sent).status_code == 403

    ben.post(shares, {"asset": pixels[0].pk, "role": "none"})
    assert carl.get(url).status_code == 404


def test_a_removed_asset_is_gone_for_everybody(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, pixels, at: datetime,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    services.link_asset(asset=pixels[0], ad_accounts=[ad_account], actor=None, at=at)
    ben, url = client_of(cast.ben), f"/assets/{pixels[0].pk}/"
    assert "Mia Marketer (Use in ads)" in ben.get(f"{url}remove/").content.decode()

    ben.post(f"{url}remove/")

    assert listed(client_of(cast.mia), business_center) == ["Pixel 2"]
    assert ben.get(url).status_code == 404
    assert not ad_account.linked_assets.exists()
    with pytest.raises(services.InvalidAsset):
        services.rename_asset(asset=pixels[0], name="Back", actor=None, at=at)


def test_an_asset_needs_a_name(cast: Cast, business_center: BusinessCenter, client_of) -> None:
    url = f"/bc/{business_center.pk}/assets/new/"
    for sent in ({"kind": "pixel", "name": " "}, {"kind": "shop", "name": "Shop"}):
        assert client_of(cast.ben).post(url, sent).status_code == 422
    assert not BusinessAsset.objects.exists()


def test_a_member_who_leaves_has_no_asset_left(
    cast: Cast, business_center: BusinessCenter, pixels, at: datetime, client_of
) -> None:
    mia = User.objects.get(pk=cast.mia.pk)
    membership = mia.memberships.get(business_center=business_center)

    services.remove_person(membership=membership, actor=cast.ben, at=at)

    assert client_of(cast.mia).get(f"/assets/{pixels[0].pk}/").status_code == 404


def test_raising_a_shared_asset_raises_the_partners_admins(
    cast: Cast, business_center: BusinessCenter, pixels, client_of: Callable[..., Client]
) -> None:
    ben, carl = client_of(cast.ben), client_of(cast.carl)
    shares = f"/bc/{business_center.pk}/partners/{carl_and_co().pk}/assets/"
    url = f"/assets/{pixels[0].pk}/"
    ben.post(shares, {"asset": pixels[0].pk, "role": "user"})
    page = carl.get(url)
    assert page.context["may_manage"] is False
    assert "Edit role and access" in page.content.decode()

    ben.post(shares, {"asset": pixels[0].pk, "role": "manager"})

    assert carl.get(url).context["may_manage"] is True


def test_links_with_ad_accounts_one_may_not_enter_are_neither_listed_nor_counted(
    cast: Cast, business_center: BusinessCenter, pixels, ad_account: AdAccount, at: datetime,
    client_of: Callable[..., Client],
) -> None:  # fmt: skip
    hidden = make_ad_account(business_center, cast.ben, at, "EUR")
    services.link_asset(asset=pixels[0], ad_accounts=[ad_account, hidden], actor=None, at=at)
    services.share_asset(
        asset=pixels[0], partner=carl_and_co(), role=AssetRole.USER, actor=None, at=at
    )

    def counted(person, center: BusinessCenter) -> int:
        page = client_of(person).get(f"/bc/{center.pk}/assets/", {"q": "Pixel 1"}).context["page"]
        return page.object_list[0].accounts

    assert counted(cast.ben, business_center) == 2
    assert counted(cast.mia, business_center) == counted(cast.carl, carl_and_co()) == 1
    services.link_asset(asset=pixels[0], ad_accounts=[hidden], actor=None, at=at)
    page = client_of(cast.mia).get(f"/assets/{pixels[0].pk}/").content.decode()
    assert "It is linked with no ad account that you may enter." in page
