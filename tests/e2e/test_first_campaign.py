"""A marketer's first campaign, from the empty form to the confirmed stop."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.running import Running
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]
NAME = "Winter Candles"


def test_a_marketer_builds_a_campaign_sees_it_deliver_and_stops_it(
    visitor: Visitor, page: Page, running: Running
) -> None:
    running.manage("clock", "--speed", "0")
    visitor.sign_in("mia@northwind.example")
    visitor.open_campaigns("Cedar & Sage US")
    build(page)

    running.manage("clock", "--jump", "48")
    page.reload()
    row = visitor.campaign_row(NAME)
    expect(row).to_contain_text("Active")
    expect(row).to_contain_text(re.compile(r"\$[1-9]\d*\.\d\d"))

    stop(page, row)
    running.manage("clock", "--speed", "60")
    timeline = page.get_by_role("list", name="Progress of the stop")
    expect(timeline.get_by_role("listitem").filter(has_text="Deactivated")).to_contain_text(
        re.compile(r"\d\d:\d\d:\d\d"), timeout=30_000
    )
    expect(page.get_by_role("main")).to_contain_text("Campaign deactivated")
    visitor.open_campaigns("Cedar & Sage US")
    switch = visitor.campaign_row(NAME).get_by_role("switch")
    expect(switch).to_be_disabled()
    expect(visitor.campaign_row(NAME)).to_contain_text("Recreate")
    page.goto("/notifications/")
    expect(page.get_by_role("main")).to_contain_text(NAME)


def build(page: Page) -> None:
    page.get_by_role("link", name="Create campaign").click()
    page.get_by_label(re.compile("^Traffic")).check()
    page.get_by_label("Campaign name").fill(NAME)
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Ad group name").fill("US · all")
    page.get_by_label("Amount").fill("40")
    page.get_by_role("button", name="Save and go on").click()
    page.locator("label").filter(has_text="Mug film").click()
    page.get_by_label("Ad name").fill("Candle film")
    page.get_by_label("Text").fill("Warm light for long evenings.")
    page.get_by_label("Landing page").fill("https://cedarsage.example/candles")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    page.get_by_role("link", name="Campaigns", exact=True).first.click()


def stop(page: Page, row: object) -> None:
    page.get_by_role("row").filter(has_text=NAME).get_by_role("switch").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(NAME)
    expect(dialog).to_contain_text("United States")
    expect(dialog).to_contain_text("cannot be resumed without recreating")
    expect(dialog.get_by_text("Keep it running")).to_be_focused()
    dialog.get_by_label("Reason").select_option("Product no longer available")
    dialog.get_by_role("button", name="Deactivate").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name=NAME).first.click()
