"""Partners over the API: added, shared with, lowered, and ended at once."""

from datetime import datetime

import pytest

from accounts.models import BusinessCenter
from adaccounts.models import AccountShare, AdAccount, Partnership
from adaccounts.permissions import AssetRole, assets_visible_to, permissions_in
from adaccounts.services import create_asset, share_asset
from tests.api.business.costs import cost
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast, make_business_center, make_person

GET, ADD, DELETE = "bc/partner/get/", "bc/partner/add/", "bc/partner/delete/"
ASSETS, UNSHARE = "bc/partner/asset/get/", "bc/partner/asset/delete/"


@pytest.fixture
def carls(bc_id: str, partner: BusinessCenter) -> dict[str, str]:
    return {"bc_id": bc_id, "partner_id": str(partner.pk)}


def test_adding_again_changes_the_level_of_the_named_accounts(
    ben: Caller, cast: Cast, carls: dict, ad_account: AdAccount
) -> None:
    seen = []
    for role in ({"advertiser_role": "ADMIN"}, {}):
        data_of(ben.post(ADD, **carls, asset_ids=[str(ad_account.pk)], **role))
        level = AccountShare.objects.get().level
        seen.append((level, len(permissions_in(cast.carl, ad_account.pk))))

    # The partner's Admins follow the share up and down at once.
    assert seen == [("admin", 3), ("analyst", 1)]
    assert Partnership.objects.count() == 1


def test_partners_are_listed_and_found_by_name(ben: Caller, bc_id: str, carls: dict) -> None:
    def found(name: str) -> list[dict]:
        return data_of(ben.get(GET, bc_id=bc_id, filtering={"name": name}))["list"]

    assert found("carl") == [{"bc_id": carls["partner_id"], "bc_name": "Carl & Co"}]
    assert found("nobody") == []


def test_both_sides_see_what_is_shared(
    ben: Caller, carl: Caller, bc_id: str, carls: dict, ad_account: AdAccount
) -> None:
    kind = {"asset_type": "ADVERTISER"}
    theirs = {"bc_id": carls["partner_id"], "partner_id": bc_id}
    seen = {
        "given": ben.get(ASSETS, **carls, **kind, share_type="SHARING"),
        "had": ben.get(ASSETS, **carls, **kind, share_type="SHARED"),
        "received": carl.get(ASSETS, **theirs, **kind, share_type="SHARED"),
    }

    rows = {name: data_of(found)["list"] for name, found in seen.items()}
    assert [(it["asset_id"], it["advertiser_role"]) for it in rows["given"]] == [
        (str(ad_account.pk), "OPERATOR")
    ]
    assert rows["given"] == rows["received"]
    assert rows["had"] == []


def test_one_account_or_catalog_is_taken_back(
    ben: Caller, cast: Cast, carls: dict, ad_account: AdAccount, business_center: BusinessCenter,
    partner: BusinessCenter, at: datetime,
) -> None:  # fmt: skip
    done = {"actor": cast.ben, "at": at}
    coats = create_asset(business_center=business_center, kind="catalog", name="Coats", **done)
    share_asset(asset=coats, partner=partner, role=AssetRole.USER, **done)

    for kind, pk in (("ADVERTISER", ad_account.pk), ("CATALOG", coats.pk)):
        data_of(ben.post(UNSHARE, **carls, asset_type=kind, asset_ids=[str(pk)]))
    again = ben.post(UNSHARE, **carls, asset_type="CATALOG", asset_ids=[str(coats.pk)])

    assert permissions_in(cast.carl, ad_account.pk) == set()
    assert coats not in assets_visible_to(cast.carl)
    assert again["code"] == 40002
    assert Partnership.objects.exists()


def test_who_is_no_partner_any_more_has_nothing_at_the_next_call(
    ben: Caller, carl: Caller, carls: dict, advertiser_id: str
) -> None:
    before = carl.get("campaign/get/", advertiser_id=advertiser_id)["code"]
    data_of(ben.post(DELETE, **carls))
    after = carl.get("campaign/get/", advertiser_id=advertiser_id)["code"]

    assert (before, after) == (0, 40001)
    assert ben.post(DELETE, **carls)["code"] == 40007


def test_foreign_accounts_and_centers_are_answered_as_if_there_were_none(
    ben: Caller, bc_id: str, carls: dict, elsewhere: AdAccount
) -> None:
    other = elsewhere.business_center_id
    for pk in (elsewhere.pk, 7):
        said = f"No permission to operate advertiser {pk}."
        assert ben.post(ADD, **carls, asset_ids=[str(pk)])["message"] == said
        found = ben.post(UNSHARE, **carls, asset_type="ADVERTISER", asset_ids=[str(pk)])
        assert found["message"] == said
    for pk in (other, 7):
        one = {"bc_id": bc_id, "partner_id": str(pk)}
        answers = [
            ben.post(DELETE, **one),
            ben.post(UNSHARE, **one, asset_type="ADVERTISER", asset_ids=["7"]),
            ben.get(ASSETS, **one, asset_type="ADVERTISER", share_type="SHARED"),
        ]
        assert {it["message"] for it in answers} == {f"partner_id: {pk} is no partner."}


@pytest.mark.parametrize(
    ("path", "body", "code", "name"),
    [
        (ADD, {"partner_id": "7"}, 40007, "partner_id"),
        (ADD, {"partner_id": None}, 40002, "partner_id"),
        (ADD, {"asset_ids": [str(n) for n in range(51)]}, 40002, "asset_ids"),
        (ADD, {"asset_type": "CATALOG"}, 40009, "asset_type"),
        (ADD, {"advertiser_role": "BOSS"}, 40002, "advertiser_role"),
        (ADD, {"source_child_bc_id": "7"}, 40009, "source_child_bc_id"),
        (UNSHARE, {"asset_type": "DOMAIN", "asset_ids": ["7"]}, 40009, "asset_type"),
        (UNSHARE, {"asset_type": "PIXEL", "asset_ids": []}, 40002, "asset_ids"),
        (UNSHARE, {"asset_type": "PIXEL", "asset_ids": ["7"]}, 40007, "asset_ids"),
    ],
)
def test_a_bad_parameter_is_named(
    ben: Caller, carls: dict, path: str, body: dict, code: int, name: str
) -> None:
    found = ben.post(path, **{**carls, **body})

    assert (found["code"], found["message"].split(":")[0]) == (code, name)


def test_nobody_is_their_own_partner(ben: Caller, bc_id: str) -> None:
    found = ben.post(ADD, bc_id=bc_id, partner_id=bc_id)

    assert (found["code"], found["message"].split(":")[0]) == (40002, "partner_id")


def test_a_list_costs_the_same_with_1_and_25_rows(ben: Caller, bc_id: str, at: datetime) -> None:
    def listed() -> dict:
        return ben.get(GET, bc_id=bc_id, page_size=50)

    few = cost(listed)
    owner = make_person("Owner")
    for number in range(24):
        other = make_business_center(owner, at, name=f"Partner {number}")
        data_of(ben.post(ADD, bc_id=bc_id, partner_id=str(other.pk)))

    assert data_of(listed())["page_info"]["total_number"] == 25
    assert cost(listed) == few
