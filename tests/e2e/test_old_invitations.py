"""An invitation nobody answered: it grows old, and a new link kills the old one."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.joining import invite, newest_link, open_users
from tests.e2e.running import Running
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]


@pytest.fixture
def newcomer(browser: Browser, running: Running):
    """A browser that nobody has signed in with."""
    context = browser.new_context(base_url=running.url, viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def test_an_invitation_grows_old_and_a_new_link_kills_the_old_one(
    visitor: Visitor, page: Page, newcomer: Page, running: Running
) -> None:
    visitor.sign_in("ben@northwind.example")
    first = invite(page, "otto@newhire.example", account="Velo Nord DE")

    running.manage("clock", "--jump", str(8 * 24))
    newcomer.goto(first)
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("This invitation has expired")
    open_users(page)
    expect(page.get_by_role("row").filter(has_text="otto@")).to_contain_text("Expired")

    page.get_by_role("button", name="Actions for otto@newhire.example").click()
    page.get_by_role("button", name="Resend").locator("visible=true").click()
    expect(page.get_by_role("row").filter(has_text="otto@")).to_contain_text("Pending")
    second = first
    for _ in range(30):
        second = newest_link(page, "otto@newhire.example")
        if second != first:
            break
        page.wait_for_timeout(500)

    newcomer.goto(first)
    expect(newcomer.get_by_role("main")).to_contain_text("replaced")
    newcomer.goto(second)
    expect(newcomer.get_by_role("heading", level=1)).to_have_text("Join Northwind Agency")
