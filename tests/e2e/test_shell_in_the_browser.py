"""The frame at work: theme, drawer, search key, shared dialog, messages, lost connection."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.test_components_in_the_browser import DESK, PHONE, visit
from tests.frontend.server import style_guide

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with style_guide() as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    yield from visit(browser, address, "light", DESK)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Page]:
    yield from visit(browser, address, "light", PHONE)


def test_the_chosen_theme_stays_and_the_server_draws_it(page: Page) -> None:
    page.goto("styleguide/")
    page.get_by_role("button", name="Theme").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    answer = page.request.get("styleguide/table/")
    assert 'data-theme="dark"' in answer.text()


def test_the_switch_asks_first_with_the_focus_on_the_safe_button(page: Page) -> None:
    page.goto("styleguide/table/")
    switch = page.get_by_role("switch").first
    switch.click()
    expect(page.get_by_role("dialog", name="Turn off this campaign?")).to_be_visible()
    expect(page.get_by_text("Keep it on")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(switch).to_be_focused()
    expect(switch).to_have_attribute("aria-checked", "true")


def test_slash_puts_the_cursor_into_the_search_field(page: Page) -> None:
    page.goto("styleguide/table/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_a_formula_is_shown_to_the_keyboard_too(page: Page) -> None:
    page.goto("styleguide/table/")
    page.get_by_role("button", name="About Cost per purchase").focus()
    expect(page.get_by_role("tooltip", name="Spend ÷ purchases.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()


def test_the_arrow_keys_walk_through_a_menu(page: Page) -> None:
    page.goto("styleguide/table/")
    page.get_by_role("button", name="Last 28 days").click()
    expect(page.get_by_role("link", name="Last 28 days")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name="Last 14 days")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Last 28 days")).to_be_focused()


def test_selecting_all_rows_shows_how_many_and_clears(page: Page) -> None:
    page.goto("styleguide/table/")
    page.get_by_label("Select all campaigns of this page").check()
    expect(page.get_by_text("25 selected")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("25 selected")).to_be_hidden()


def test_the_menu_on_a_phone_opens_as_a_drawer_that_keeps_the_focus(phone: Page) -> None:
    phone.goto("styleguide/table/")
    expect(phone.get_by_role("link", name="Reports")).to_be_hidden()
    phone.get_by_role("link", name="Menu").click()
    drawer = phone.get_by_role("dialog", name="Menu")
    for _ in range(12):
        phone.keyboard.press("Tab")
    expect(drawer.locator(":focus")).to_have_count(1)
    phone.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_on_a_phone_the_page_is_named_by_its_heading_and_not_in_the_top_bar(phone: Page) -> None:
    """Beside clock, bell and avatar the bar would show three letters of it."""
    phone.goto("styleguide/table/")

    trail = phone.get_by_role("navigation", name="Breadcrumb")
    box = trail.get_by_role("list").bounding_box()

    assert box is not None
    assert box["width"] <= 1
    expect(phone.get_by_role("heading", level=1)).to_be_visible()


def test_messages_come_as_toasts_and_an_error_stays_until_closed(page: Page) -> None:
    page.clock.install()
    page.goto("styleguide/?toast=1")
    page.clock.run_for(10_000)
    expect(page.get_by_text("is now off.")).to_be_hidden()
    refusal = page.get_by_text("The card was declined. Nothing was charged.")
    expect(refusal).to_be_visible()
    page.get_by_role("button", name="Close message").click()
    expect(refusal).to_be_hidden()


def test_what_was_not_sent_is_said_and_can_be_sent_again(page: Page) -> None:
    page.goto("styleguide/table/")
    page.route("**/styleguide/stop/", lambda route: route.abort())
    page.get_by_role("switch").first.click()
    expect(page.get_by_text("Not sent: the server")).to_be_visible()
    page.unroute("**/styleguide/stop/")
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_role("dialog", name="Turn off this campaign?")).to_be_visible()


def test_a_refused_request_says_the_reason_that_the_server_gave(page: Page) -> None:
    page.goto("styleguide/table/")
    reason = "<p data-reason>Ask Ben Admin for the permission.</p>"
    page.route("**/styleguide/stop/", lambda route: route.fulfill(status=403, body=reason))
    page.get_by_role("switch").first.click()
    expect(page.get_by_text("Ask Ben Admin for the permission.")).to_be_visible()


def test_a_form_is_sent_only_once(page: Page) -> None:
    sent: list[str] = []

    def take(route: Route) -> None:
        sent.append(route.request.method)
        route.fulfill(status=204)

    page.goto("account/login/")
    page.get_by_label("E-mail").fill("ben@northwind.example")
    page.get_by_label("Password").fill("practice-1234")
    page.route("**/account/login/", take)
    for _ in range(3):
        page.get_by_label("Password").press("Enter")
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_have_attribute(
        "aria-busy", "true"
    )
    assert sent == ["POST"]


def test_errors_of_a_form_get_the_focus_and_lead_to_their_fields(page: Page) -> None:
    page.goto("styleguide/?errors=1")
    summary = page.get_by_role("alert").filter(has_text="Please correct")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Campaign name").click()
    field = page.get_by_label("Campaign name")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("Only your team.*required"))


def test_whole_days_and_hours_are_ticked_by_their_names(page: Page) -> None:
    page.goto("styleguide/ad-group/")
    ticked = page.locator("input[name=hours]:checked")
    expect(ticked).to_have_count(9)  # a Monday's, the first one by half

    page.get_by_role("button", name="Monday, all hours").click()
    expect(ticked).to_have_count(24)
    page.get_by_role("button", name="Every day at 09:00").press("Enter")
    expect(ticked).to_have_count(24 + 6)
    page.get_by_role("button", name="Every day at 09:00").click()
    expect(ticked).to_have_count(23)
    page.get_by_label("Sunday 23:00 to 24:00").press("Space")
    expect(ticked).to_have_count(24)
    page.get_by_role("button", name="Monday, all hours").click()
    page.get_by_role("button", name="Monday, all hours").click()
    expect(ticked).to_have_count(1)


def test_the_hours_can_be_ticked_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("styleguide/ad-group/")

    expect(page.get_by_role("rowheader", name="Monday")).to_be_visible()
    expect(page.get_by_role("button", name="Monday, all hours")).to_have_count(0)
    page.get_by_label("Sunday 23:00 to 24:00").check()
    expect(page.locator("input[name=hours]:checked")).to_have_count(10)
    context.close()
