"""The switcher by keyboard and mouse: it opens, finds, and closes like every other menu."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]


def test_the_switcher_closes_by_escape_and_by_a_click_elsewhere(
    visitor: Visitor, page: Page
) -> None:
    visitor.sign_in("mia@northwind.example")
    switcher = page.locator("aside details.switcher")
    button = switcher.locator("summary")

    button.focus()
    page.keyboard.press("Enter")
    search = page.get_by_label("Search Business Centers and ad accounts")
    # Key by key, as people do: what is put in at the very moment the menu opens is not heard yet.
    search.press_sequentially("velo", delay=60)
    found = switcher.locator("#switcher-found")
    expect(found.get_by_role("link")).to_have_count(1)
    expect(found.get_by_role("link")).to_have_text(re.compile("Velo Nord DE"))
    page.keyboard.press("Escape")
    expect(search).to_be_hidden()
    expect(button).to_be_focused()

    button.click()
    expect(search).to_be_visible()
    page.get_by_role("main").click(position={"x": 5, "y": 5})
    expect(search).to_be_hidden()
