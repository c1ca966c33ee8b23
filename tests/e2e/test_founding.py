"""From nothing to an ad account: set up, sent for review, approved by the trainer."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

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


def test_in_review_and_tom_approves(page: Page, browser: Browser, running: Running) -> None:
    sign_up(page, "Bo Beginner", "bo@beginner.example")
    set_up(page, "Beginner BC")
    center = re.sub(r"\D", "", page.url.split("/bc/")[1])
    page.get_by_role("link", name="Verify the business").click()
    expect(page.get_by_text("In review").first).to_be_visible()

    approve(browser, running, "Beginner BC")

    page.reload()
    expect(page.get_by_text("Verified").first).to_be_visible()
    page.goto(f"/bc/{center}/ad-accounts/new/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
