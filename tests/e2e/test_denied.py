"""An analyst who may not, an Admin who lets her, and a partner who is shown out."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.running import Running
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]
ACCOUNT, CAMPAIGN = "Velo Nord DE", "City Bikes"


@pytest.fixture
def other(browser: Browser, running: Running):
    """A second person at a second computer."""
    context = browser.new_context(base_url=running.url, viewport={"width": 1440, "height": 900})
    yield Visitor(context.new_page())
    context.close()


def first_campaign(visitor: Visitor) -> str:
    """The name of the first campaign in the table, whose page is then open."""
    visitor.open_campaigns(ACCOUNT)
    link = visitor.page.locator("tbody th a").first
    name = link.inner_text()
    link.click()
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(name)
    return name


def test_an_analyst_is_refused_asks_and_is_let_in(
    visitor: Visitor, page: Page, other: Visitor
) -> None:
    visitor.sign_in("ana@northwind.example")
    name = first_campaign(visitor)
    edit = page.get_by_role("button", name="Edit")
    expect(edit).to_be_disabled()
    assert "Operator or Admin" in str(edit.get_attribute("title"))
    campaign = page.url

    page.goto(campaign + "edit/")
    expect(page.get_by_role("heading", level=1)).to_have_text("You may not open this")
    expect(page.get_by_role("main")).to_contain_text("Create and edit campaigns")
    page.goto(re.sub(r"/campaigns/.*", "/finance/", campaign))
    expect(page.get_by_role("heading", level=1)).to_have_text("You may not open this")

    page.goto(campaign)
    page.get_by_role("link", name="Ask an Admin").click()
    page.get_by_label("Note").fill("It spends too much.")
    page.get_by_role("button", name="Send request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your request is with an Admin")

    other.sign_in("ben@northwind.example")
    other.page.goto("/notifications/")
    other.page.get_by_role("link", name=re.compile("Ana Duarte asks")).first.click()
    row = other.page.get_by_role("row").filter(has_text=name)
    row.get_by_role("button", name="Approve Ana Duarte").click()
    expect(other.page.get_by_role("main")).to_contain_text("Approved by Ben Okafor")

    page.goto(campaign + "edit/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Edit")


def test_a_partner_sees_the_shared_account_only_until_it_is_revoked(
    visitor: Visitor, page: Page, other: Visitor
) -> None:
    other.sign_in("ben@northwind.example")
    ben = other.page
    ben.get_by_role("link", name="Users", exact=True).first.click()
    ben.get_by_role("link", name="Partners").first.click()
    ben.get_by_role("link", name="Cedar & Sage").first.click()
    ben.get_by_label("Level of Cedar & Sage US", exact=True).select_option("operator")
    ben.get_by_role("button", name="Change the level of Cedar & Sage US").click()

    visitor.sign_in("carl@cedarsage.example")
    page.goto("/ad-accounts/")
    rows = page.get_by_role("row").filter(has=page.get_by_role("link", name="Go to Ads Manager"))
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Cedar & Sage US")
    expect(rows).to_contain_text("Operator")
    rows.get_by_role("link", name=re.compile("Go to Ads Manager")).click()
    expect(page.get_by_role("link", name="Create campaign").first).to_be_visible()
    inside = page.url

    ben.get_by_role("link", name="Revoke everything").click()
    ben.get_by_role("dialog").get_by_role("button", name="Revoke everything").click()
    expect(ben).to_have_url(re.compile("/partners/$"))

    page.get_by_role("link", name="Campaigns", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Access removed")
    expect(page.get_by_role("main")).to_contain_text("Your access to Cedar & Sage US was removed.")
    page.goto(inside)
    expect(page.get_by_role("heading", level=1)).to_have_text("Access removed")
