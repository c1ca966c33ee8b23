"""From nothing to the first campaign form: set up, reviewed by the trainer, an ad account, a
marketer who joins."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.joining import invite, join
from tests.e2e.newcomer import set_up, sign_up
from tests.e2e.running import Running
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def approve(browser: Browser, running: Running, name: str) -> None:
    """The trainer, in a browser of his own."""
    context = browser.new_context(base_url=running.url)
    page = context.new_page()
    Visitor(page).sign_in("tom@northwind.example")
    page.goto("/practice/clock/")
    page.get_by_role("link", name="Desk").click()
    page.get_by_role("button", name=f"Approve {name}").click()
    expect(page.get_by_text(f"{name} is verified.")).to_be_visible()
    context.close()


def test_a_business_is_founded_verified_and_joined(
    page: Page, browser: Browser, running: Running
) -> None:
    sign_up(page, "Bo Beginner", "bo@beginner.example")
    set_up(page, "Beginner BC")
    expect(page.get_by_role("heading", level=1)).to_have_text("Beginner BC is ready")
    center = re.sub(r"\D", "", page.url.split("/bc/")[1])
    page.get_by_role("link", name="Verify the business").click()
    expect(page.get_by_text("In review").first).to_be_visible()

    approve(browser, running, "Beginner BC")

    page.reload()
    expect(page.get_by_text("Verified").first).to_be_visible()
    page.goto(f"/bc/{center}/ad-accounts/new/")
    page.get_by_label("Ad account name").fill("Beginner US")
    page.get_by_label("Website").fill("https://beginner.example")
    page.get_by_label("Billing currency").select_option("USD")
    page.get_by_label("Time zone").select_option("America/New_York")
    page.get_by_role("main").get_by_role("button", name="Create ad account").click()
    expect(page.get_by_role("main")).to_contain_text("Approved")

    link = invite(page, "mo@beginner.example", account="Beginner US")
    context = browser.new_context(base_url=running.url, viewport={"width": 1440, "height": 900})
    mo = context.new_page()
    join(mo, link, "Mo Marketer")
    mo.goto("/home/")
    mo.get_by_role("link", name=re.compile("Go to Ads Manager")).click()
    mo.get_by_role("link", name="Create campaign").first.click()
    expect(mo.get_by_role("heading", level=1)).to_contain_text("campaign")
    context.close()
