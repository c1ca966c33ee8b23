"""Which ad accounts may use a pixel, and removing assets."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import BusinessCenter, User
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import AssetRole
from adaccounts.services import (
    create_asset,
    grant_asset,
    link_asset,
    share_asset,
    unshare_account,
)
from tests.api.business.costs import cost
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account

GET, UPDATE, DELETE = "bc/pixel/link/get/", "bc/pixel/link/update/", "bc/asset/admin/delete/"


@pytest.fixture
def pixel(business_center: BusinessCenter, cast: Cast, at: datetime) -> BusinessAsset:
    return create_asset(
        business_center=business_center, kind="pixel", name="Shop", actor=cast.ben, at=at
    )


@pytest.fixture
def shop(bc_id: str, pixel: BusinessAsset) -> dict[str, str]:
    return {"bc_id": bc_id, "pixel_code": str(pixel.code)}


def linked(caller: Caller, shop: dict) -> list[str]:
    return [row["advertiser_name"] for row in data_of(caller.get(GET, **shop))["list"]]


def test_accounts_are_linked_and_unlinked(
    ben: Caller, shop: dict, business_center: BusinessCenter, cast: Cast, ad_account: AdAccount,
    at: datetime,
) -> None:  # fmt: skip
    euros = make_ad_account(business_center, cast.ben, at, "EUR")
    seen = []
    for state, account in (
        ("LINK", ad_account), ("LINK", euros), ("LINK", euros), ("UNLINK", ad_account),
        ("UNLINK", ad_account),
    ):  # fmt: skip
        ids = [str(account.pk)]
        assert data_of(ben.post(UPDATE, **shop, advertiser_ids=ids, relation_status=state)) == {}
        seen.append([name[-3:] for name in linked(ben, shop)])

    assert seen == [["USD"], ["USD", "EUR"], ["USD", "EUR"], ["EUR"], ["EUR"]]


def test_who_manages_the_pixel_neither_sees_nor_links_ad_accounts_they_may_not_enter(
    ben: Caller, mia: Caller, cast: Cast, business_center: BusinessCenter, shop: dict,
    pixel: BusinessAsset, ad_account: AdAccount, at: datetime,
) -> None:  # fmt: skip
    hidden = make_ad_account(business_center, cast.ben, at, name="Launch of next year")
    done = {"actor": cast.ben, "at": at}
    grant_asset(asset=pixel, user=cast.mia, role=AssetRole.MANAGER, **done)
    link_asset(asset=pixel, ad_accounts=[ad_account, hidden], **done)

    refused = [
        mia.post(UPDATE, **shop, advertiser_ids=[str(hidden.pk)], relation_status=state)
        for state in ("UNLINK", "LINK")
    ]

    assert linked(mia, shop) == [ad_account.name]
    assert {(each["code"], each["message"]) for each in refused} == {
        (40001, f"No permission to operate advertiser {hidden.pk}.")
    }
    assert linked(ben, shop) == [ad_account.name, hidden.name]


def test_an_account_that_is_shared_no_more_is_linked_no_more(
    carl: Caller, cast: Cast, partner: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    own = make_ad_account(partner, cast.carl, at, name="Carl's")
    done = {"actor": cast.carl, "at": at}
    pixel = create_asset(business_center=partner, kind="pixel", name="Carl's", **done)
    link_asset(asset=pixel, ad_accounts=[ad_account], **done)
    theirs = {"bc_id": str(partner.pk), "pixel_code": str(pixel.code)}

    unshare_account(ad_account=ad_account, partner=partner, actor=cast.ben, at=at)

    assert linked(carl, theirs) == []
    data_of(carl.post(UPDATE, **theirs, advertiser_ids=[str(own.pk)], relation_status="LINK"))
    assert linked(carl, theirs) == [own.name]


def test_who_manages_the_pixel_links_it_and_who_uses_it_does_not(
    cast: Cast, caller_of: Callable[[User], Caller], shop: dict, pixel: BusinessAsset,
    ad_account: AdAccount, partner: BusinessCenter, at: datetime,
) -> None:  # fmt: skip
    done = {"actor": cast.ben, "at": at}
    grant_asset(asset=pixel, user=cast.mia, role=AssetRole.MANAGER, **done)
    grant_asset(asset=pixel, user=cast.ana, role=AssetRole.USER, **done)
    share_asset(asset=pixel, partner=partner, role=AssetRole.MANAGER, **done)
    body = {"advertiser_ids": [str(ad_account.pk)], "relation_status": "LINK"}

    codes = {
        name: caller_of(person).post(UPDATE, **shop, **body)["code"]
        for name, person in cast.everyone.items()
    }
    theirs = {**shop, "bc_id": str(partner.pk)}
    carl = caller_of(cast.carl)

    assert {name for name, code in codes.items() if code == 0} == {"ben", "mia"}
    assert set(codes.values()) == {0, 40001}
    assert carl.post(UPDATE, **theirs, **body)["code"] == 40001
    assert linked(carl, theirs) == []


def test_foreign_pixels_and_accounts_are_answered_as_if_there_were_none(
    ben: Caller, shop: dict, elsewhere: AdAccount, at: datetime
) -> None:
    theirs = create_asset(
        business_center=elsewhere.business_center, kind="pixel", name="X", actor=None, at=at
    )
    for code in (theirs.code, "NOSUCHPIXEL"):
        found = ben.get(GET, **{**shop, "pixel_code": code})
        said = f"pixel_code: {code} does not exist in this Business Center."
        assert (found["code"], found["message"]) == (40007, said)
    for pk in (elsewhere.pk, 7):
        found = ben.post(UPDATE, **shop, advertiser_ids=[str(pk)], relation_status="UNLINK")
        assert found["message"] == f"No permission to operate advertiser {pk}."


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"relation_status": "MAYBE"}, "relation_status"),
        ({"advertiser_ids": []}, "advertiser_ids"),
        ({"advertiser_ids": ["x"]}, "advertiser_ids.0"),
        ({"pixel_code": None}, "pixel_code"),
    ],
)
def test_a_bad_parameter_is_named(ben: Caller, shop: dict, change: dict, name: str) -> None:
    body = {**shop, "advertiser_ids": ["7"], "relation_status": "LINK", **change}
    found = ben.post(UPDATE, **body)

    assert (found["code"], found["message"].split(":")[0]) == (40002, name)


def test_links_cost_the_same_with_1_and_25(
    ben: Caller, shop: dict, business_center: BusinessCenter, cast: Cast, ad_account: AdAccount,
    at: datetime,
) -> None:  # fmt: skip
    def link(account: AdAccount) -> None:
        ids = [str(account.pk)]
        data_of(ben.post(UPDATE, **shop, advertiser_ids=ids, relation_status="LINK"))

    link(ad_account)
    few = cost(lambda: ben.get(GET, **shop, page_size=50))
    for number in range(24):
        link(make_ad_account(business_center, cast.ben, at, name=f"Account {number}"))

    assert cost(lambda: ben.get(GET, **shop, page_size=50)) == few


def test_own_assets_are_removed_shared_ones_given_up_and_accounts_kept(
    ben: Caller, carl: Caller, bc_id: str, partner: BusinessCenter, pixel: BusinessAsset,
    ad_account: AdAccount,
) -> None:  # fmt: skip
    own = {"asset_type": "ADVERTISER", "asset_ids": [str(ad_account.pk)]}
    kept = ben.post(DELETE, bc_id=bc_id, **own)
    data_of(carl.post(DELETE, bc_id=str(partner.pk), **own))
    data_of(ben.post(DELETE, bc_id=bc_id, asset_type="PIXEL", asset_ids=[str(pixel.pk)]))
    again = ben.post(DELETE, bc_id=bc_id, asset_type="PIXEL", asset_ids=[str(pixel.pk)])

    assert (kept["code"], "disable" in kept["message"]) == (40002, True)
    assert carl.get("campaign/get/", advertiser_id=str(ad_account.pk))["code"] == 40001
    assert again["code"] == 40007
    pixel.refresh_from_db()
    assert pixel.removed_at is not None
