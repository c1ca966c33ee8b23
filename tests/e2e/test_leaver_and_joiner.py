"""Somebody joins by invitation and leaves while her page is open; two-step sign-in for all."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accounts.security.steps import code_now
from tests.e2e.joining import invite, join, open_users
from tests.e2e.running import Running
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]
BEN = "ben@northwind.example"


@pytest.fixture
def newcomer(browser: Browser, running: Running):
    """A browser that nobody has signed in with."""
    context = browser.new_context(base_url=running.url, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def test_a_joiner_gets_her_role_and_a_leaver_is_out_at_the_next_click(
    visitor: Visitor, page: Page, newcomer: Page
) -> None:
    visitor.sign_in(BEN)
    link = invite(page, "nina@newhire.example", account="Velo Nord DE")

    newcomer.goto(link)
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("Join Northwind Agency")
    join(newcomer, link, "Nina Newhire")
    newcomer.goto("/home/")
    rows = newcomer.get_by_role("row").filter(has_text="Go to Ads Manager")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Velo Nord DE")
    menu = newcomer.get_by_role("navigation").first
    expect(menu.get_by_role("link", name="Financial")).to_have_count(0)
    rows.get_by_role("link", name=re.compile("Go to Ads Manager")).click()
    expect(newcomer.get_by_role("link", name="Create campaign").first).to_be_visible()

    open_users(page)
    page.get_by_role("button", name="Actions for Nina Newhire").click()
    page.get_by_role("link", name="Remove").locator("visible=true").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Velo Nord DE (Operator)")
    dialog.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("main")).not_to_contain_text("nina@newhire.example")

    newcomer.get_by_role("link", name="Create campaign").first.click()
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("Access removed")


def test_the_last_admin_cannot_leave(visitor: Visitor, page: Page) -> None:
    visitor.sign_in(BEN)
    page.goto("/profile/")
    page.get_by_role("link", name=re.compile("Leave")).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()

    expect(page.get_by_role("alert")).to_contain_text("is the last Admin")
    page.goto("/home/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")


def test_two_step_for_all_leads_members_to_set_it_up(
    visitor: Visitor, page: Page, newcomer: Page
) -> None:
    """Ben has to have it himself; then Ana is led to set it up and gets no further without it."""
    visitor.sign_in(BEN)
    turn_on(page)
    require(page, True)
    try:
        Visitor(newcomer).sign_in("ana@northwind.example")
        newcomer.goto("/home/")
        expect(newcomer.get_by_role("heading", level=1)).to_have_text("Set up two-step sign-in")
        expect(newcomer.get_by_role("main")).to_contain_text("Northwind Agency requires it")
    finally:
        require(page, False)
        turn_off(page)
    newcomer.goto("/home/")
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("Overview")


def turn_on(page: Page) -> None:
    """As with an app on the phone: the key from the page, and the code that belongs to it."""
    page.goto("/account/2fa/totp/activate/")
    key = page.locator(".qr [data-copy]").get_attribute("data-copy")
    assert key
    page.get_by_label("Code").fill(code_now(key))
    page.get_by_role("button", name="Turn on").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Set up two-step sign-in")


def require(page: Page, wanted: bool) -> None:
    page.goto("/home/")
    page.get_by_role("link", name="Settings", exact=True).first.click()
    page.get_by_role("link", name="Security", exact=True).first.click()
    page.get_by_label(re.compile("two-step", re.I)).first.set_checked(wanted)
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("The security rules are saved.")).to_be_visible()


def turn_off(page: Page) -> None:
    page.goto("/account/2fa/totp/deactivate/")
    page.get_by_role("button", name="Turn off").click()
