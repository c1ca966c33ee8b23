"""Asset groups over the API: ad accounts given to people together."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import BusinessCenter, User
from adaccounts.models import AdAccount, AssetGroup
from adaccounts.permissions import permissions_in
from tests.api.business.costs import cost
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account

FAMILIES = ("bc/asset_group/", "bc/asset/group/")


@pytest.fixture
def euros(business_center: BusinessCenter, cast: Cast, at: datetime) -> AdAccount:
    return make_ad_account(business_center, cast.ben, at, "EUR")


@pytest.fixture
def body(bc_id: str, euros: AdAccount, cast: Cast) -> dict:
    return {
        "bc_id": bc_id,
        "asset_group_name": "Europe",
        "assets": [{"asset_id": str(euros.pk), "asset_type": "ADVERTISER"}],
        "members": [
            {
                "member_id": str(cast.fay.pk),
                "asset_roles": {"ADVERTISER": "ADVERTISER_ROLE_ANALYST"},
            }
        ],
    }


@pytest.fixture
def group(ben: Caller, bc_id: str, body: dict) -> dict[str, str]:
    made = data_of(ben.post("bc/asset_group/create/", **body))
    return {"bc_id": bc_id, "asset_group_id": made["asset_group_id"]}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_group_gives_its_members_its_accounts_until_it_is_deleted(
    ben: Caller, cast: Cast, euros: AdAccount, body: dict, bc_id: str, family: str
) -> None:
    made = data_of(ben.post(f"{family}create/", **body))
    held = [len(permissions_in(cast.fay, euros.pk))]
    (row,) = data_of(ben.get(f"{family}list/", bc_id=bc_id))["asset_groups"]
    ids = {"asset_group_ids": [made["asset_group_id"]]}
    data_of(ben.post(f"{family}delete/", bc_id=bc_id, **ids))
    held.append(len(permissions_in(cast.fay, euros.pk)))

    assert held == [1, 0]
    assert row["asset_group_id"] == made["asset_group_id"]
    assert [it["asset_name"] for it in row["assets"]] == ["Northwind EUR"]
    assert [it["asset_roles"] for it in row["members"]] == [
        {"ADVERTISER": "ADVERTISER_ROLE_ANALYST"}
    ]
    assert ben.post(f"{family}delete/", bc_id=bc_id, **ids)["code"] == 40007


def test_accounts_members_and_the_name_change_one_by_one(
    ben: Caller, cast: Cast, ad_account: AdAccount, euros: AdAccount, group: dict
) -> None:
    update = "bc/asset_group/update/"
    usd = {"update_entity": "ASSET", "assets": [{"asset_id": str(ad_account.pk)}]}
    ana = {"update_entity": "MEMBER", "members": [{"member_id": str(cast.ana.pk)}]}

    data_of(ben.post(update, **group, update_entity="NAME", asset_group_name="World"))
    data_of(ben.post(update, **group, **usd, action="ADD"))
    data_of(ben.post(update, **group, **ana, action="ADD"))
    usual = len(permissions_in(cast.ana, euros.pk))
    data_of(ben.post(update, **group, **usd, action="DELETE"))
    data_of(ben.post(update, **group, **ana, action="DELETE"))

    assert usual == 3, "a member without a role is Admin, as documented"
    assert permissions_in(cast.ana, euros.pk) == set()
    assert permissions_in(cast.fay, ad_account.pk) == set()
    assert AssetGroup.objects.get().name == "World"


def test_one_group_is_read_by_its_accounts_or_its_members(
    ben: Caller, euros: AdAccount, cast: Cast, group: dict
) -> None:
    def read(entity: str, **filtering: str) -> dict:
        found = ben.get(
            "bc/asset_group/get/", **group, query_entity=entity, filtering=filtering or None
        )
        return data_of(found)

    assets, members = read("ASSET"), read("MEMBER")
    assert assets["asset_group"]["assets"][0]["asset_id"] == str(euros.pk)
    assert assets["asset_group"]["members"] is None
    assert members["asset_group"]["members"][0]["member_id"] == str(cast.fay.pk)
    assert members["page_info"]["total_number"] == 1
    assert read("ASSET", keyword="dollar")["asset_group"]["assets"] == []
    assert len(read("MEMBER", keyword=cast.fay.email)["asset_group"]["members"]) == 1


def test_foreign_ids_are_answered_as_if_there_were_none(
    ben: Caller, cast: Cast, body: dict, bc_id: str, elsewhere: AdAccount, at: datetime
) -> None:
    other = AssetGroup.objects.create(
        business_center=elsewhere.business_center, name="Theirs", created_at=at
    )
    for pk in (cast.stranger.pk, 7):
        found = ben.post("bc/asset_group/create/", **{**body, "members": [{"member_id": str(pk)}]})
        assert found["message"] == f"members: {pk} is no member of this Business Center."
    for pk in (elsewhere.pk, 7):
        found = ben.post("bc/asset_group/create/", **{**body, "assets": [{"asset_id": str(pk)}]})
        assert found["message"] == f"No permission to operate advertiser {pk}."
    for pk in (other.pk, 7):
        one = {"bc_id": bc_id, "asset_group_id": str(pk)}
        answers = [
            ben.get("bc/asset_group/get/", **one, query_entity="ASSET"),
            ben.post("bc/asset_group/update/", **one, update_entity="NAME", asset_group_name="x"),
        ]
        said = f"asset_group_id: {pk} does not exist in this Business Center."
        assert {found["message"] for found in answers} == {said}
    assert AssetGroup.objects.get().name == "Theirs"


def test_groups_are_for_admins(cast: Cast, caller_of: Callable[[User], Caller], bc_id: str) -> None:
    codes = {
        name: caller_of(person).get("bc/asset_group/list/", bc_id=bc_id)["code"]
        for name, person in cast.everyone.items()
    }

    assert codes == {name: 0 if name == "ben" else 40001 for name in codes}


@pytest.mark.parametrize(
    ("change", "code", "name"),
    [
        ({"asset_group_name": " "}, 40002, "asset_group_name"),
        ({"assets": []}, 40002, "assets"),
        ({"assets": [{"asset_type": "ADVERTISER"}]}, 40002, "assets.0.asset_id"),
        ({"assets": [{"asset_id": "7", "asset_type": "PIXEL"}]}, 40009, "asset_type"),
        ({"members": []}, 40002, "members"),
        ({"members": [{"member_id": str(n)} for n in range(51)]}, 40002, "members"),
        ({"members": [{"member_id": "7", "asset_roles": {"ADVERTISER": "BOSS"}}]}, 40002,
         "members.0.asset_roles.ADVERTISER"),
    ],
)  # fmt: skip
def test_a_bad_parameter_is_named(
    ben: Caller, body: dict, change: dict, code: int, name: str
) -> None:
    found = ben.post("bc/asset_group/create/", **{**body, **change})

    assert (found["code"], found["message"].split(":")[0]) == (code, name)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"update_entity": "ASSET"}, "action"),
        ({"update_entity": "ASSET", "action": "ADD"}, "assets"),
        ({"update_entity": "MEMBER", "action": "DELETE"}, "members"),
        ({"update_entity": "NAME"}, "asset_group_name"),
        ({"update_entity": "COLOUR"}, "update_entity"),
    ],
)
def test_what_an_update_needs_is_named(ben: Caller, group: dict, change: dict, name: str) -> None:
    found = ben.post("bc/asset_group/update/", **group, **change)

    assert (found["code"], found["message"].split(":")[0]) == (40002, name)


def test_the_second_of_a_name_is_refused(ben: Caller, body: dict, group: dict) -> None:
    found = ben.post("bc/asset_group/create/", **body)

    assert (found["code"], found["message"].split(":")[0]) == (40002, "asset_group_name")


def test_lists_cost_the_same_with_1_and_25_rows(
    ben: Caller, body: dict, bc_id: str, group: dict
) -> None:
    def listed() -> dict:
        return ben.get("bc/asset_group/list/", bc_id=bc_id, page_size=50)

    few = cost(listed)
    for number in range(24):
        data_of(ben.post("bc/asset_group/create/", **{**body, "asset_group_name": f"G{number}"}))

    assert data_of(listed())["page_info"]["total_number"] == 25
    assert cost(listed) == few
