"""Giving assets to people, taking them back, and who has them."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import BusinessCenter, User
from accounts.permissions import Preset
from accounts.services import add_member
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import AssetPermission, Level, assets_visible_to, permissions_in
from adaccounts.services import grant_access, share_account
from tests.api.business.costs import cost
from tests.api.conftest import Caller, data_of
from tests.factories.accounts import Cast, make_person

ASSIGN, UNASSIGN = "bc/asset/assign/", "bc/asset/unassign/"
MEMBERS, PARTNERS = "bc/asset/member/get/", "bc/asset/partner/get/"


@pytest.fixture
def account(bc_id: str, ad_account: AdAccount) -> dict[str, str]:
    return {"bc_id": bc_id, "asset_type": "ADVERTISER", "asset_id": str(ad_account.pk)}


@pytest.fixture
def catalog(business_center: BusinessCenter, at: datetime) -> BusinessAsset:
    return BusinessAsset.objects.create(
        business_center=business_center, kind="catalog", name="Coats", created_at=at
    )


def test_a_level_is_given_changed_and_taken_back(
    ben: Caller, cast: Cast, account: dict, ad_account: AdAccount
) -> None:
    fay = {**account, "user_id": str(cast.fay.pk)}
    held = []
    for role in ("OPERATOR", "OPERATOR", "ANALYST"):
        assert data_of(ben.post(ASSIGN, **fay, advertiser_role=role)) == {}
        held.append(len(permissions_in(cast.fay, ad_account.pk)))
    for _ in range(2):
        data_of(ben.post(UNASSIGN, **fay))
        held.append(len(permissions_in(cast.fay, ad_account.pk)))

    assert held == [2, 2, 1, 0, 0]


def test_a_catalog_is_given_in_one_of_two_roles(
    ben: Caller, cast: Cast, bc_id: str, catalog: BusinessAsset
) -> None:
    mia = {"bc_id": bc_id, "asset_type": "CATALOG", "asset_id": str(catalog.pk),
           "user_id": str(cast.mia.pk)}  # fmt: skip

    data_of(ben.post(ASSIGN, **mia, catalog_role="AD_PROMOTE"))
    assert list(assets_visible_to(cast.mia)) == [catalog]
    assert not assets_visible_to(cast.mia, AssetPermission.MANAGE_ASSET).exists()
    data_of(ben.post(ASSIGN, **mia, catalog_role="ADMIN"))
    found = ben.get(MEMBERS, **{name: mia[name] for name in ("bc_id", "asset_type", "asset_id")})
    data_of(ben.post(UNASSIGN, **mia))

    assert [row["catalog_role"] for row in data_of(found)["list"]] == ["ADMIN"]
    assert not assets_visible_to(cast.mia).exists()


def test_a_partner_gives_own_people_no_more_than_was_shared(
    carl: Caller, partner: BusinessCenter, ad_account: AdAccount, cast: Cast, at: datetime
) -> None:
    cora = make_person("Cora")
    add_member(
        business_center=partner, user=cora, standing=Preset.ANALYST.standing, actor=cast.carl, at=at
    )
    body = {"bc_id": str(partner.pk), "asset_type": "ADVERTISER",
            "asset_id": str(ad_account.pk), "user_id": str(cora.pk)}  # fmt: skip

    refused = carl.post(ASSIGN, **body, advertiser_role="ADMIN")
    data_of(carl.post(ASSIGN, **body, advertiser_role="OPERATOR"))

    assert (refused["code"], refused["message"].split(":")[0]) == (40002, "advertiser_role")
    assert len(permissions_in(cora, ad_account.pk)) == 2


def test_foreign_ids_are_answered_as_if_there_were_none(
    ben: Caller, cast: Cast, account: dict, elsewhere: AdAccount, catalog: BusinessAsset
) -> None:
    role = {"advertiser_role": "ANALYST"}
    mia = {"user_id": str(cast.mia.pk)}

    def answers(name: str, *ids: object, **body: str) -> set[str]:
        sent = [{**account, **role, **mia, **body, name: str(each)} for each in ids]
        found = [ben.post(path, **each) for each in sent for path in (ASSIGN, UNASSIGN)]
        return {f"{it['code']} {it['message'].translate({48 + n: None for n in range(10)})}"
                for it in found}  # fmt: skip

    for name, ids in {"user_id": (cast.stranger.pk, 7), "asset_id": (elsewhere.pk, 7)}.items():
        assert len(answers(name, *ids)) == 1, name
    BusinessAsset.objects.update(business_center=elsewhere.business_center)
    asked = answers("asset_id", catalog.pk, 7, asset_type="CATALOG", catalog_role="ADMIN")
    assert len(asked) == 1


def test_only_who_manages_the_account_may_give_it(
    cast: Cast, caller_of: Callable[[User], Caller], account: dict
) -> None:
    body = {**account, "user_id": str(cast.fay.pk), "advertiser_role": "ANALYST"}

    codes = {name: caller_of(person).post(ASSIGN, **body)["code"]
             for name, person in cast.everyone.items()}  # fmt: skip

    assert codes == {name: 0 if name == "ben" else 40001 for name in codes}


def test_who_manages_it_for_a_partner_gives_it_to_the_partners_people_only(
    cast: Cast, caller_of: Callable[[User], Caller], account: dict, ad_account: AdAccount,
    partner: BusinessCenter, at: datetime,
) -> None:  # fmt: skip
    """Ana is a plain member of the owner, and manages the account as a member of the partner."""
    done = {"actor": cast.carl, "at": at}
    add_member(business_center=partner, user=cast.ana, standing=Preset.ANALYST.standing, **done)
    share_account(ad_account=ad_account, partner=partner, level=Level.ADMIN, actor=cast.ben, at=at)
    grant_access(ad_account=ad_account, user=cast.ana, level=Level.ADMIN, through=partner, **done)
    ana, theirs = caller_of(cast.ana), {**account, "bc_id": str(partner.pk)}
    carl = {"user_id": str(cast.carl.pk), "advertiser_role": "ANALYST"}

    here = ana.post(ASSIGN, **account, user_id=str(cast.ana.pk), advertiser_role="ADMIN")
    there = ana.post(ASSIGN, **theirs, **carl)

    assert (here["code"], there["code"]) == (40001, 0)


def test_the_last_admin_keeps_the_account(ben: Caller, cast: Cast, account: dict) -> None:
    found = ben.post(UNASSIGN, **account, user_id=str(cast.ben.pk))

    assert (found["code"], "last Admin" in found["message"]) == (40002, True)


@pytest.mark.parametrize(
    ("change", "code", "name"),
    [
        ({"asset_type": "LEAD"}, 40009, "asset_type"),
        ({"advertiser_role": "BOSS"}, 40002, "advertiser_role"),
        ({"advertiser_role": None}, 40002, "advertiser_role"),
        ({"asset_type": "CATALOG"}, 40002, "catalog_role"),
        ({"user_id": "x"}, 40002, "user_id"),
        ({"asset_id": None}, 40002, "asset_id"),
    ],
)
def test_a_bad_parameter_is_named(
    ben: Caller, cast: Cast, account: dict, change: dict, code: int, name: str
) -> None:
    body = {**account, "user_id": str(cast.mia.pk), "advertiser_role": "ANALYST", **change}
    found = ben.post(ASSIGN, **body)

    assert (found["code"], found["message"].split(":")[0]) == (code, name)


def test_people_and_partners_of_an_account(
    ben: Caller, mia: Caller, cast: Cast, account: dict, partner: BusinessCenter
) -> None:
    people = data_of(ben.get(MEMBERS, **account, page_size=2))
    found = data_of(ben.get(MEMBERS, **account, filtering={"keyword": "mia"}))["list"]
    partners = data_of(ben.get(PARTNERS, **account))["list"]

    assert [row["user_name"] for row in people["list"]] == ["Ana Analyst", "Ben Admin"]
    assert people["page_info"] == {
        "page": 1, "page_size": 2, "total_number": 3, "total_page": 2,
    }  # fmt: skip
    assert [(row["user_email"], row["advertiser_role"]) for row in found] == [
        (cast.mia.email, "OPERATOR")
    ]
    assert partners == [{"bc_id": str(partner.pk), "bc_name": "Carl & Co"}]
    assert {mia.get(path, **account)["code"] for path in (MEMBERS, PARTNERS)} == {40001}
    assert ben.get(MEMBERS, **account, page_size=21)["code"] == 40002


def test_people_cost_the_same_with_1_and_25(
    ben: Caller, cast: Cast, account: dict, business_center: BusinessCenter, at: datetime
) -> None:
    few = cost(lambda: ben.get(MEMBERS, **account, page_size=20))
    for number in range(22):
        person = make_person(f"Person {number}")
        add_member(
            business_center=business_center, user=person, standing=Preset.ANALYST.standing,
            actor=cast.ben, at=at,
        )  # fmt: skip
        data_of(ben.post(ASSIGN, **account, user_id=str(person.pk), advertiser_role="ANALYST"))

    assert cost(lambda: ben.get(MEMBERS, **account, page_size=20)) == few
