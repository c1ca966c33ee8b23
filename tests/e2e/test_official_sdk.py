"""The vendor's own SDK, unmodified, against the running product: a campaign, a month, an invoice,
and the same amount of money in the report, on the page, in the files and in the books."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import business_api_client as sdk
import pytest

from tests.api.sdk_tool import Tool, data_of, launch
from tests.e2e.pages import Pages
from tests.e2e.running import Running

pytestmark = pytest.mark.stack
LONGEST_JUMP = timedelta(days=3)


@pytest.fixture
def tool(running: Running) -> Iterator[Tool]:
    """Mia's tool on a dollar account, while the clock stands still unless it is told to jump."""
    configuration = sdk.Configuration()
    configuration.host = running.url
    client = sdk.ApiClient(configuration)
    app = re.search(r"Demo app: id (\d+), secret (\w+)", running.output)
    assert app is not None
    found = sdk.AuthenticationApi(client).oauth2_advertiser_get(app[1], app[2], running.token)
    ids = [row["advertiser_id"] for row in data_of(found)["list"]]
    info = sdk.AccountManagementApi(client).advertiser_info(ids, running.token)
    usd = next(row for row in data_of(info)["list"] if row["currency"] == "USD")
    running.manage("clock", "--speed", "0")
    yield Tool(client, running.token, usd["advertiser_id"])
    running.manage("clock", "--speed", "60")
    client.pool.terminate()
    client.pool.join()
    client.rest_client.pool_manager.clear()


def now(running: Running) -> datetime:
    return datetime.fromisoformat(running.manage("clock").split("  ")[0])


def jump_to(running: Running, target: datetime) -> None:
    while (here := now(running)) < target:
        step = min(target, here + LONGEST_JUMP)
        running.manage("clock", "--to", f"{step:%Y-%m-%dT%H:%M:%S}")


def wait_for_review(tool: Tool, running: Running, ad_id: str) -> None:
    for _ in range(48):
        (row,) = tool.ads(ad_ids=[ad_id])
        if row["secondary_status"] == "AD_STATUS_DELIVERY_OK":
            return
        running.manage("clock", "--jump", "1")
    raise AssertionError(f"the review never ended: {row['secondary_status']}")


def reported(tool: Tool, campaign_id: str, first: date, last: date) -> Decimal:
    ids = f'["{campaign_id}"]'
    only = {"field_name": "campaign_ids", "filter_type": "IN", "filter_value": ids}
    rows = tool.report(
        data_level="AUCTION_CAMPAIGN",
        dimensions=["campaign_id", "stat_time_day"],
        filtering=[only],
        start_date=f"{first}",
        end_date=f"{last}",
        metrics=["spend"],
    )
    return sum((Decimal(row["metrics"]["spend"]) for row in rows), Decimal(0))


def test_one_amount_of_money_everywhere(tool: Tool, running: Running) -> None:
    films = [row["video_id"] for row in tool.ads() if row["ad_format"] == "SINGLE_VIDEO"]
    ids = launch(tool, video_id=films[0], start=f"{now(running):%Y-%m-%d %H:%M:%S}")
    wait_for_review(tool, running, ids["ad_id"])
    approved = now(running)
    first = approved.date().replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    running.manage("clock", "--jump", "24")
    assert reported(tool, ids["campaign_id"], approved.date(), last) > 0
    after = datetime.combine(last + timedelta(days=1), datetime.min.time(), approved.tzinfo)
    jump_to(running, after + timedelta(hours=12))

    mia = Pages(running.url, "mia@northwind.example")
    fay = Pages(running.url, "fay@northwind.example")
    account, campaign = f"/ad-accounts/{tool.advertiser_id}/", ids["campaign_id"]
    month = {"range": "custom", "start": f"{first}", "end": f"{last}"}
    page = mia.get(account + "report/", campaign=campaign, **month)
    report = mia.file(account + "report.csv", campaign=campaign, **month)
    ledger = fay.file(account + "finance/transactions.csv", **month)
    invoices = fay.get(account + "finance/invoices/")
    (newest, *_) = re.findall(r"finance/invoices/(\d+)/", invoices)
    invoice = fay.file(f"{account}finance/invoices/{newest}/csv/")

    amounts = {
        "report of the API": reported(tool, campaign, first, last),
        "file of the report": sum(Decimal(row["Spend"]) for row in report),
        "ledger": -sum(
            Decimal(row["balance_change"]) for row in ledger if row["campaign_id"] == campaign
        ),
        "invoice": sum(Decimal(row["net"]) for row in invoice if row["campaign_id"] == campaign),
    }
    amount = amounts["invoice"]
    assert amounts == dict.fromkeys(amounts, amount)
    assert amount > 0
    assert f"${amount:,.2f}" in page
