"""Asking for a report as tools do, and reading it as lines of text."""

from typing import Any

from tests.api.conftest import Caller, data_of


def report(caller: Caller, account: str, /, **changes: Any) -> dict[str, Any]:
    usual = {
        "advertiser_id": account,
        "report_type": "BASIC",
        "data_level": "AUCTION_CAMPAIGN",
        "dimensions": ["campaign_id", "stat_time_day"],
        "metrics": ["spend", "impressions", "clicks"],
        "start_date": "2026-11-01",
        "end_date": "2026-11-02",
    }
    params = {name: value for name, value in {**usual, **changes}.items() if value is not None}
    return caller.get("report/integrated/get/", **params)


def lines(found: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (*each["dimensions"].values(), *each["metrics"].values()) for each in data_of(found)["list"]
    ]


def of_ads(caller: Caller, advertiser_id: str, *metrics: str, **changes: Any) -> dict[str, Any]:
    usual = {"data_level": "AUCTION_AD", "dimensions": ["ad_id"], "metrics": list(metrics)}
    return report(caller, advertiser_id, **{**usual, **changes})
