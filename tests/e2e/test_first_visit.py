"""The first visit: the tour by keyboard, once; help about a page, opened and closed by keyboard."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.running import Running
from tests.e2e.test_components_in_the_browser import violations
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]
DRAWN = "() => new Promise(ok => requestAnimationFrame(() => requestAnimationFrame(ok)))"
ANALYST = "ana@northwind.example"


def offer(page: Page) -> Locator:
    return page.get_by_role("region", name="Tour of this page")


def press(page: Page, key: str) -> None:
    """As a person would, who has seen the step: one key for each picture."""
    page.evaluate(DRAWN)
    page.keyboard.press(key)


def step(page: Page, title: str) -> Locator:
    return page.get_by_role("dialog", name=title)


def test_the_tour_is_walked_by_keyboard_and_does_not_come_again(
    visitor: Visitor, browser: Browser, running: Running
) -> None:
    page = visitor.page
    page.emulate_media(reduced_motion="reduce")
    visitor.sign_in(ANALYST)
    offer(page).get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")

    expect(step(page, "Where you are")).to_have_accessible_description(re.compile("working in"))
    expect(page.get_by_role("button", name="Next")).to_be_focused()
    assert violations(page) == []
    press(page, "Enter")
    expect(step(page, "The menu")).to_be_visible()
    press(page, "ArrowRight")
    expect(step(page, "The practice clock")).to_be_visible()
    press(page, "ArrowLeft")
    expect(step(page, "The menu")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Back")).to_be_focused()
    for title in ("The practice clock", "Notifications", "The days", "Help about every page"):
        press(page, "ArrowRight")
        expect(step(page, title)).to_be_visible()
    page.get_by_role("button", name="Done").press("Enter")

    expect(offer(page)).to_have_count(0)
    expect(page.get_by_role("link", name="Help about this page")).to_be_focused()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(offer(page)).to_have_count(0)
    elsewhere = browser.new_context(base_url=running.url).new_page()
    Visitor(elsewhere).sign_in(ANALYST)
    expect(elsewhere.get_by_role("link", name="Help about this page")).to_be_visible()
    expect(offer(elsewhere)).to_have_count(0)
    elsewhere.context.close()


def test_help_opens_and_closes_by_keyboard_and_shows_the_tour_again(visitor: Visitor) -> None:
    page = visitor.page
    visitor.sign_in("mia@northwind.example")
    visitor.open_campaigns("Cedar & Sage US")
    offer(page).get_by_role("button", name="No thanks").press("Enter")
    expect(offer(page)).to_have_count(0)
    expect(page.get_by_role("main")).to_be_focused()

    question_mark = page.get_by_role("link", name="Help about this page")
    question_mark.press("Enter")
    about = page.get_by_role("dialog", name="Help: campaign table")
    expect(about.get_by_role("button", name="Close")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(about).to_be_hidden()
    expect(question_mark).to_be_focused()

    question_mark.press("Enter")
    about.get_by_role("button", name="Show the tour again").press("Enter")
    expect(step(page, "Begin here")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(question_mark).to_be_focused()
