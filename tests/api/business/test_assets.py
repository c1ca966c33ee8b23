"""What one may use in a Business Center, and all that there is."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import BusinessCenter, User
from adaccounts.models import AdAccount, LinkRequest
from adaccounts.services import create_asset
from tests.api.business.costs import cost
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account

ACCOUNTS = {"asset_type": "ADVERTISER"}
GET, ADMIN_GET = "bc/asset/get/", "bc/asset/admin/get/"


def names(found: dict) -> list[str]:
    return [row["asset_name"] for row in data_of(found)["list"]]


def test_everybody_sees_what_they_may_use_and_as_what(
    cast: Cast, caller_of: Callable[[User], Caller], bc_id: str, ad_account: AdAccount
) -> None:
    roles = {}
    for name in ("ben", "mia", "ana", "fay"):
        found = caller_of(cast.everyone[name]).get(GET, bc_id=bc_id, **ACCOUNTS)
        roles[name] = [row["advertiser_role"] for row in data_of(found)["list"]]

    assert roles == {"ben": ["ADMIN"], "mia": ["OPERATOR"], "ana": ["ANALYST"], "fay": []}


def test_a_partner_sees_in_their_own_business_center_what_was_shared_with_it(
    carl: Caller, partner: BusinessCenter, ad_account: AdAccount
) -> None:
    (row,) = data_of(carl.get(GET, bc_id=str(partner.pk), **ACCOUNTS))["list"]

    assert row["asset_id"] == str(ad_account.pk)
    assert (row["owner_bc_name"], row["advertiser_role"]) == ("Northwind", "OPERATOR")


def test_admins_ask_about_other_members_and_others_do_not(
    ben: Caller, mia: Caller, cast: Cast, bc_id: str, elsewhere: AdAccount
) -> None:
    def asked(caller: Caller, user: User) -> dict:
        return caller.get(GET, bc_id=bc_id, **ACCOUNTS, filtering={"user_id": str(user.pk)})

    assert names(asked(ben, cast.ana)) == ["Northwind USD"]
    assert names(asked(mia, cast.mia)) == ["Northwind USD"]
    assert asked(mia, cast.ana)["code"] == 40001
    answers = [asked(ben, cast.stranger)["code"], asked(ben, User(pk=7))["code"]]
    assert answers == [40007, 40007]


def test_admins_list_everything_with_its_state(
    ben: Caller, cast: Cast, business_center: BusinessCenter, bc_id: str, at: datetime
) -> None:
    make_ad_account(business_center, cast.ben, at, "EUR")
    AdAccount.objects.filter(currency="EUR").update(status=AdAccount.Status.SUSPENDED)

    found = data_of(ben.get(ADMIN_GET, bc_id=bc_id, **ACCOUNTS))["list"]
    wanted = {"advertiser_show_status": "SHOW_ACCOUNT_STATUS_PUNISHED"}
    only = ben.get(ADMIN_GET, bc_id=bc_id, **ACCOUNTS, filtering=wanted)

    assert [(row["asset_name"], row["advertiser_status"][20:]) for row in found] == [
        ("Northwind USD", "APPROVED"), ("Northwind EUR", "PUNISHED"),
    ]  # fmt: skip
    assert {(row["relation_type"], row["relation_status"]) for row in found} == {
        ("OWNER_BC", "BOUND")
    }
    assert names(only) == ["Northwind EUR"]


def test_what_is_asked_for_is_an_id_until_it_is_shared(
    ben: Caller, bc_id: str, business_center: BusinessCenter, elsewhere: AdAccount, at: datetime
) -> None:
    LinkRequest.objects.create(
        business_center=business_center, ad_account=elsewhere, level="analyst", requested_at=at
    )

    def asked(**filtering: str) -> list[dict]:
        found = ben.get(ADMIN_GET, bc_id=bc_id, **ACCOUNTS, filtering=filtering)
        return data_of(found)["list"]

    (row,) = asked(relation_status="PENDING")
    assert (row["asset_id"], row["relation_type"]) == (str(elsewhere.pk), "OWNER_PARTNER")
    assert row["asset_name"] is row["owner_bc_name"] is row["advertiser_status"] is None
    assert asked(keyword="Secret") == []
    assert len(asked(keyword=str(elsewhere.pk))) == 1


def test_pixels_and_catalogs_are_listed_each_by_itself(
    ben: Caller, mia: Caller, cast: Cast, business_center: BusinessCenter, bc_id: str, at: datetime
) -> None:
    made = {
        kind: create_asset(
            business_center=business_center, kind=kind, name=f"My {kind}", actor=cast.ben, at=at
        )
        for kind in ("pixel", "catalog")
    }
    for kind, role, code in (("CATALOG", "ADMIN", None), ("PIXEL", None, made["pixel"].code)):
        (row,) = data_of(ben.get(ADMIN_GET, bc_id=bc_id, asset_type=kind))["list"]
        assert row["asset_id"] == str(made[kind.lower()].pk)
        assert (row["catalog_role"], row["pixel_code"]) == (role, code)
        assert names(ben.get(GET, bc_id=bc_id, asset_type=kind)) == [f"My {kind.lower()}"]
        assert names(mia.get(GET, bc_id=bc_id, asset_type=kind)) == []


@pytest.mark.parametrize("path", [GET, ADMIN_GET])
@pytest.mark.parametrize("kind", ["LEAD", "STOREFRONT", "TIKTOK_SHOP", "TT_ACCOUNT", "CATALOG"])
def test_of_other_kinds_there_is_none(ben: Caller, bc_id: str, path: str, kind: str) -> None:
    found = data_of(ben.get(path, bc_id=bc_id, asset_type=kind))

    assert (found["list"], found["page_info"]["total_number"]) == ([], 0)


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"asset_type": "HOUSE"}, "asset_type"),
        ({}, "asset_type"),
        ({**ACCOUNTS, "page_size": 51}, "page_size"),
        ({**ACCOUNTS, "page": 0}, "page"),
        ({**ACCOUNTS, "filtering": {"relation_type": "MINE"}}, "filtering.relation_type"),
        ({**ACCOUNTS, "filtering": "{"}, "filtering"),
    ],
)
def test_a_bad_parameter_is_named(ben: Caller, bc_id: str, params: dict, name: str) -> None:
    found = ben.get(ADMIN_GET, bc_id=bc_id, **params)

    assert (found["code"], found["message"].split(":")[0]) == (40002, name)


@pytest.mark.parametrize("path", [GET, ADMIN_GET])
def test_a_list_costs_the_same_with_1_and_25_rows(
    ben: Caller, cast: Cast, business_center: BusinessCenter, bc_id: str, at: datetime, path: str
) -> None:
    def listed() -> dict:
        return ben.get(path, bc_id=bc_id, **ACCOUNTS, page_size=50)

    few = cost(listed)
    for number in range(24):
        make_ad_account(business_center, cast.ben, at, name=f"Account {number}")

    assert len(names(listed())) == 25
    assert cost(listed) == few
