"""A tool built on the vendor's own Python SDK, unmodified; it knows nothing of this product."""

from dataclasses import dataclass
from typing import Any

import business_api_client as sdk

UNITED_STATES = "6252001"


def data_of(answer: dict[str, Any]) -> Any:
    """The SDK raises on any refusal, so what it returns is data and a request id."""
    assert len(answer["request_id"]) == 32
    return answer["data"]


@dataclass
class Tool:
    """A tool built on the SDK; answers are the `data` of the envelope."""

    client: sdk.ApiClient
    token: str
    advertiser_id: str

    def campaign(self, **body: Any) -> dict[str, Any]:
        body = sdk.CampaignCreateBody(advertiser_id=self.advertiser_id, **body)
        return data_of(sdk.CampaignCreationApi(self.client).campaign_create(self.token, body=body))

    def ad_group(self, **body: Any) -> dict[str, Any]:
        body = sdk.AdgroupCreateBody(advertiser_id=self.advertiser_id, **body)
        return data_of(sdk.AdgroupApi(self.client).adgroup_create(self.token, body=body))

    def ad(self, adgroup_id: str, **creative: Any) -> dict[str, Any]:
        body = sdk.AdCreateBody(
            advertiser_id=self.advertiser_id,
            adgroup_id=adgroup_id,
            creatives=[sdk.AdcreateCreatives(**creative)],
        )
        return data_of(sdk.AdApi(self.client).ad_create(self.token, body=body))

    def ads(self, **filtering: Any) -> list[dict[str, Any]]:
        found = sdk.AdApi(self.client).ad_get(
            self.advertiser_id, self.token, filtering=sdk.FilteringAdGet(**filtering)
        )
        return data_of(found)["list"]

    def report(self, **params: Any) -> list[dict[str, Any]]:
        found = sdk.ReportingApi(self.client).report_integrated_get(
            "BASIC",
            self.token,
            advertiser_id=self.advertiser_id,
            service_type="AUCTION",
            page_size=1000,
            **params,
        )
        data = data_of(found)
        assert data["page_info"]["total_number"] == len(data["list"])
        return data["list"]


def launch(tool: Tool, *, video_id: str, start: str) -> dict[str, str]:
    """A campaign with an ad group and an ad; their ids, the smallest first."""
    campaign = tool.campaign(campaign_name="Autumn sale", objective_type="TRAFFIC",
                             budget_mode="BUDGET_MODE_INFINITE")  # fmt: skip
    group = tool.ad_group(
        campaign_id=campaign["campaign_id"],
        adgroup_name="Everybody",
        location_ids=[UNITED_STATES],
        budget_mode="BUDGET_MODE_DAY",
        budget=120.5,
        schedule_type="SCHEDULE_FROM_NOW",
        schedule_start_time=start,
        billing_event="CPC",
        optimization_goal="CLICK",
        pacing="PACING_MODE_SMOOTH",
    )
    made = tool.ad(
        group["adgroup_id"],
        ad_name="Film",
        ad_format="SINGLE_VIDEO",
        video_id=video_id,
        display_name="Northwind",
        ad_text="Coats for the first cold day",
        call_to_action="SHOP_NOW",
        landing_page_url="https://northwind.example/sale",
        identity_type="CUSTOMIZED_USER",
        identity_id="7000000000000000001",
    )
    return {
        "ad_id": made["ad_ids"][0],
        "adgroup_id": group["adgroup_id"],
        "campaign_id": campaign["campaign_id"],
        "advertiser_id": tool.advertiser_id,
    }
