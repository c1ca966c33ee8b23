"""The official SDK, unmodified, runs a Business Center: people, assets, groups and partners."""

from datetime import datetime
from typing import Any

import business_api_client as sdk
import pytest
from business_api_client.tiktok_business.tiktok_exceptions import TiktokSDKError

from accounts.models import BusinessCenter
from accounts.services import issue_access_token
from adaccounts.models import AdAccount, AssetGroup, Partnership
from adaccounts.permissions import permissions_in
from tests.api.sdk_tool import Tool, data_of
from tests.factories.accounts import Cast
from tests.factories.sharing import carl_and_co, make_pixel

pytestmark = pytest.mark.stack


class Office:
    """The SDK's calls about Business Centers, made by Ben; answers are the `data`."""

    def __init__(self, tool: Tool, token: str, bc_id: str) -> None:
        self.api, self.token, self.bc_id = sdk.BCApi(tool.client), token, bc_id

    def get(self, name: str, *ids: str, **params: Any) -> Any:
        call = getattr(self.api, f"bc_{name}")
        return data_of(call(self.bc_id, *ids, self.token, **params))

    def post(self, name: str, body: type, **values: Any) -> Any:
        call = getattr(self.api, f"bc_{name}")
        return data_of(call(self.token, body=body(bc_id=self.bc_id, **values)))


@pytest.fixture
def office(tool: Tool, cast: Cast, business_center: BusinessCenter, at: datetime) -> Office:
    return Office(tool, issue_access_token(user=cast.ben, at=at), str(business_center.pk))


def test_the_sdk_manages_people(office: Office, cast: Cast, ad_account: AdAccount) -> None:
    finance = sdk.BcmemberinviteExtUserRole(finance_role="ANALYST")
    account = str(ad_account.pk)
    office.post("member_invite", sdk.MemberInviteBody, emails=["new@northwind.example"],
                asset_ids=[account], ext_user_role=finance)  # fmt: skip
    office.post("member_update", sdk.MemberUpdateBody, user_id=str(cast.ana.pk), user_name="Ana B.",
                ext_user_role=finance)  # fmt: skip
    office.post("asset_assign", sdk.AssetAssignBody, user_id=str(cast.fay.pk), asset_id=account,
                asset_type="ADVERTISER", advertiser_role="OPERATOR")  # fmt: skip
    office.post("asset_unassign", sdk.AssetUnassignBody, user_id=str(cast.mia.pk),
                asset_id=account, asset_type="ADVERTISER")  # fmt: skip
    seen = office.get("member_get", page_size=50)["list"]
    pending = sdk.FilteringBcMemberGet(relation_status="PENDING")
    invited = office.get("member_get", filtering=pending)["list"]
    office.post("member_delete", sdk.MemberDeleteBody, user_email="new@northwind.example")

    assert {row["user_name"]: row["ext_user_role"]["finance_role"] for row in seen} == {
        "Ana B.": "ANALYST", "Ben Admin": "MANAGER", "Fay Finance": "MANAGER",
        "Mia Marketer": None, None: "ANALYST",
    }  # fmt: skip
    assert [row["user_email"] for row in invited] == ["new@northwind.example"]
    reach = [len(permissions_in(each, ad_account.pk)) for each in (cast.fay, cast.mia)]
    assert reach == [2, 0]


def test_the_sdk_lists_assets_and_bundles_them(
    office: Office, cast: Cast, ad_account: AdAccount
) -> None:
    account = str(ad_account.pk)
    mine = office.get("asset_get", "ADVERTISER")["list"]
    owned = sdk.FilteringBcAssetAdminGet(relation_type="OWNER_BC")
    found = office.get("asset_admin_get", "ADVERTISER", filtering=owned)
    people = office.get("asset_member_get", "ADVERTISER", account)["list"]
    group = office.post(
        "asset_group_create", sdk.AssetGroupCreateBody, asset_group_name="World",
        assets=[sdk.BcassetGroupcreateAssets(asset_id=account)],
        members=[sdk.BcassetGroupcreateMembers(
            member_id=str(cast.fay.pk), asset_roles={"ADVERTISER": "ADVERTISER_ROLE_ANALYST"},
        )],
    )["asset_group_id"]  # fmt: skip
    members = office.get("asset_group_get", group, "MEMBER")["asset_group"]["members"]
    office.post("asset_group_update", sdk.AssetGroupUpdateBody, asset_group_id=group,
                update_entity="NAME", asset_group_name="All of it")  # fmt: skip
    listed = office.get("asset_group_list")["asset_groups"]
    office.post("asset_group_delete", sdk.AssetGroupDeleteBody, asset_group_ids=[group])

    assert [row["asset_id"] for row in mine] == [account]
    assert [row["relation_status"] for row in found["list"]] == ["BOUND"]
    assert len(people) == 3
    assert [row["member_id"] for row in members] == [str(cast.fay.pk)]
    assert [row["asset_group_name"] for row in listed] == ["All of it"]
    assert not AssetGroup.objects.exists()


def test_the_sdk_works_with_partners_and_pixels(
    office: Office, cast: Cast, business_center: BusinessCenter, ad_account: AdAccount,
    at: datetime,
) -> None:  # fmt: skip
    account, partner = str(ad_account.pk), str(carl_and_co().pk)
    pixel = make_pixel(cast, business_center, at)
    office.post("partner_add", sdk.PartnerAddBody, partner_id=partner, asset_type="ADVERTISER",
                asset_ids=[account], advertiser_role="ANALYST")  # fmt: skip
    shared = office.get("partner_asset_get", partner, "ADVERTISER", "SHARING")["list"]
    partners = office.get("asset_partner_get", "ADVERTISER", account)["list"]
    office.post("pixel_link_update", sdk.LinkUpdateBody, pixel_code=pixel.code,
                advertiser_ids=[account], relation_status="LINK")  # fmt: skip
    links = office.get("pixel_link_get", pixel.code)["list"]
    office.post("asset_admin_delete", sdk.AdminDeleteBody, asset_type="PIXEL",
                asset_ids=[str(pixel.pk)])  # fmt: skip
    office.post("partner_asset_delete", sdk.AssetDeleteBody, partner_id=partner,
                asset_type="ADVERTISER", asset_ids=[account])  # fmt: skip
    named = office.get("partner_get", filtering=sdk.FilteringBcPartnerGet(name="carl"))["list"]
    office.post("partner_delete", sdk.PartnerDeleteBody, partner_id=partner)

    assert [(row["asset_id"], row["advertiser_role"]) for row in shared] == [(account, "ANALYST")]
    assert partners == named == [{"bc_id": partner, "bc_name": "Carl & Co"}]
    assert [row["advertiser_id"] for row in links] == [account]
    assert not Partnership.objects.exists()


def test_the_sdk_opens_and_caps_an_ad_account(office: Office, tool: Tool) -> None:
    made = office.post(
        "advertiser_create", sdk.AdvertiserCreateBody,
        advertiser_info=sdk.BcadvertisercreateAdvertiserInfo(
            name="Northwind CAD", currency="CAD", timezone="America/Toronto"),
        customer_info=sdk.BcadvertisercreateCustomerInfo(
            company="Northwind Ltd", industry="Retail", registered_area="CA"),
    )  # fmt: skip
    cap = sdk.AdvertiserupdateAdvertiserBudgets(
        advertiser_id=int(made["advertiser_id"]), budget_mode="DAILY_BUDGET", budget=99.5
    )
    body = sdk.AdvertiserUpdateBody(bc_id=int(office.bc_id), advertiser_budgets=[cap])
    api = sdk.AccountManagementApi(tool.client)
    done = data_of(api.advertiser_update(office.token, body=body))

    assert [row["status"] for row in done["advertiser_list"]] == ["SUCCESS"]
    account = AdAccount.objects.get(pk=made["advertiser_id"])
    assert (account.cap_mode, account.cap_amount) == ("daily", 9_950)


def test_the_sdk_understands_who_may_not(tool: Tool, office: Office) -> None:
    with pytest.raises(TiktokSDKError, match=r"40001.*Manage users"):
        sdk.BCApi(tool.client).bc_member_get(office.bc_id, tool.token)
