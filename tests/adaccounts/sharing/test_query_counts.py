"""Lists of people, partners, groups and assets cost the same with 2 rows and with 25."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import BusinessCenter
from accounts.permissions import Preset
from accounts.queries import membership_of
from adaccounts import services
from adaccounts.models import AdAccount
from adaccounts.permissions import AssetRole, Level, preset_access
from tests.factories.accounts import Cast, make_business_center, make_person
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_group, make_pixel

# Session and person (2), practice clock and unread count of the frame (2), of an ad account or
# Business Center how fresh its figures are (1), and what the page needs.
COUNTS = {
    "/bc/{bc}/ad-accounts/": 10,
    "/bc/{bc}/ad-accounts/?owner=shared&status=approved&q=usd": 8,
    "/ad-accounts/figures/?id={account}": 10,
    "/bc/{bc}/ad-accounts/link-requests/": 9,
    "/bc/{bc}/partners/": 9,
    "/bc/{bc}/partners/{partner}/": 11,
    "/bc/{bc}/partners/{partner}/?find=account": 12,
    "/bc/{bc}/asset-groups/": 8,
    "/bc/{bc}/asset-groups/{group}/": 11,
    "/bc/{bc}/assets/": 9,
    "/assets/{asset}/": 11,
    "/ad-accounts/{account}/settings/people/": 13,
    "/ad-accounts/{account}/settings/people/?find=person": 15,
}


@pytest.fixture
def world(cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime):
    names = {
        "bc": business_center.pk, "account": ad_account.pk, "partner": carl_and_co().pk,
        "group": make_group(business_center, at).pk,
        "asset": make_pixel(cast, business_center, at).pk,
    }  # fmt: skip

    def add(number: int) -> dict[str, int]:
        """A row to everything."""
        for_all = {"actor": cast.ben, "at": at}
        account = make_ad_account(business_center, cast.ben, at, name=f"Account {number}")
        member = services.add_person(
            business_center=business_center, email=make_person(f"Person {number}").email,
            access=preset_access(Preset.ANALYST, [ad_account]), **for_all,
        )  # fmt: skip
        other = make_business_center(cast.carl, at, name=f"Partner {number}")
        services.share_account(ad_account=ad_account, partner=other, level=Level.ANALYST, **for_all)
        services.share_account(
            ad_account=account, partner=carl_and_co(), level=Level.ANALYST, **for_all
        )
        services.request_link(
            business_center=other, ad_account_id=account.pk, level=Level.ANALYST, note="", **for_all
        )
        group = make_group(business_center, at, f"Group {number}")
        for each in (group, type(group).objects.get(pk=names["group"])):
            services.add_to_asset_group(
                group=each, ad_accounts=[account], members={member: Level.ANALYST}, **for_all
            )
        pixel = make_pixel(cast, business_center, at, f"Pixel {number}")
        services.share_asset(asset=pixel, partner=carl_and_co(), role=AssetRole.USER, **for_all)
        asset = type(pixel).objects.get(pk=names["asset"])
        services.grant_asset(asset=asset, user=member.user, role=AssetRole.USER, **for_all)
        services.link_asset(asset=asset, ad_accounts=[*asset.ad_accounts.all(), account], **for_all)
        assert membership_of(member.user, business_center)
        return names

    return add


def test_lists_cost_the_same_however_long_they_are(
    cast: Cast, world: Callable[[int], dict[str, int]], client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.ben)

    def counted(names: dict[str, int]) -> dict[str, int]:
        found = {}
        for address in COUNTS:
            url = address.format(**names)
            browser.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(url).status_code == 200
            found[address] = len(queries)
        return found

    short = counted(world(0))
    for number in range(1, 26):
        names = world(number)

    assert counted(names) == short
    assert short == COUNTS
