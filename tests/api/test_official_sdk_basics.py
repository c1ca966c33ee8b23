"""The official SDK reads who it works for, and understands being refused."""

from datetime import datetime

import business_api_client as sdk
import pytest
from business_api_client.tiktok_business.tiktok_exceptions import TiktokSDKError

from adaccounts.models import AdAccount
from tests.api.sdk_tool import Tool, data_of, launch
from tests.factories.campaigns import make_creative

pytestmark = pytest.mark.stack


def test_the_sdk_reads_who_and_what_it_works_for(
    tool: Tool, ad_account: AdAccount, at: datetime
) -> None:
    bc = sdk.BCApi(tool.client).bc_get(tool.token)
    info = sdk.AccountManagementApi(tool.client).advertiser_info(
        [tool.advertiser_id], tool.token, fields=["name", "currency"]
    )
    ids = launch(
        tool, video_id=str(make_creative(ad_account, at).pk), start=f"{at:%Y-%m-%d %H:%M:%S}"
    )
    rows = sdk.CampaignCreationApi(tool.client).campaign_get(
        tool.advertiser_id,
        tool.token,
        filtering=sdk.FilteringCampaignGet(campaign_ids=[ids["campaign_id"]]),
    )

    assert data_of(bc)["list"][0]["bc_info"]["bc_id"] == str(ad_account.business_center_id)
    assert data_of(info)["list"] == [{"name": "Northwind USD", "currency": "USD"}]
    assert [row["campaign_name"] for row in data_of(rows)["list"]] == ["Autumn sale"]


def test_the_sdk_understands_a_refusal(tool: Tool) -> None:
    with pytest.raises(TiktokSDKError, match=r"40002.*campaign_name"):
        tool.campaign(campaign_name=" ", objective_type="TRAFFIC")
    with pytest.raises(TiktokSDKError, match="40105"):
        sdk.BCApi(tool.client).bc_get("no-such-token")
