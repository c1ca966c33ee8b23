"""Which kinds of assets a call knows differs on the wire: a tool that is wrong is told here."""

from datetime import datetime

import pytest

from accounts.models import BusinessCenter
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.services import create_asset
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast

EVERY = (
    *("ADVERTISER", "CATALOG", "DOMAIN", "LEAD", "PIXEL", "STOREFRONT", "TIKTOK_SHOP"),
    "TT_ACCOUNT",
)
KNOWN = {
    "bc/asset/get/": {*EVERY} - {"DOMAIN"},
    "bc/asset/admin/get/": {*EVERY} - {"DOMAIN"},
    "bc/asset/member/get/": {"ADVERTISER", "CATALOG", "LEAD"},
    "bc/asset/partner/get/": {*EVERY},
    "bc/partner/asset/get/": {"ADVERTISER", "CATALOG", "DOMAIN"},
}


@pytest.mark.parametrize("path", KNOWN)
def test_a_call_knows_the_documented_kinds_of_assets(
    ben: Caller, bc_id: str, partner: BusinessCenter, ad_account: AdAccount, path: str
) -> None:
    sent = {"bc_id": bc_id, "asset_id": str(ad_account.pk), "partner_id": str(partner.pk)}

    refused = set()
    for kind in EVERY:
        found = ben.get(path, **sent, share_type="SHARING", asset_type=kind)
        if found["code"] == 40002:
            assert found["message"].startswith(f"asset_type: {kind} is not one of ")
            refused.add(kind)

    assert {*EVERY} - refused == KNOWN[path]


@pytest.mark.parametrize("path", ["bc/asset_group/list/", "bc/asset_group/get/"])
def test_a_filter_of_groups_names_its_keyword(ben: Caller, bc_id: str, path: str) -> None:
    sent = {"bc_id": bc_id, "asset_group_id": "7", "query_entity": "ASSET"}

    found = ben.get(path, **sent, filtering={"name": "Europe"})

    assert (found["code"], found["message"]) == (
        40002, "filtering.keyword: This field is required.",
    )  # fmt: skip


def test_several_assets_are_deleted_at_once_or_none(
    ben: Caller, cast: Cast, business_center: BusinessCenter, bc_id: str, at: datetime
) -> None:
    first, second = (
        create_asset(
            business_center=business_center, kind="catalog", name=name, actor=cast.ben, at=at
        )
        for name in ("Autumn", "Winter")
    )
    sent = {"bc_id": bc_id, "asset_type": "CATALOG"}

    answers = []
    for keys in ([first.pk, 7], [first.pk, second.pk]):
        ids = [str(key) for key in keys]
        answers.append(ben.post("bc/asset/admin/delete/", **sent, asset_ids=ids))
        answers.append(BusinessAsset.objects.filter(removed_at=None).count())

    assert [answers[0]["code"], answers[1]] == [40007, 2]
    assert [data_of(answers[2]), answers[3]] == [{}, 0]
