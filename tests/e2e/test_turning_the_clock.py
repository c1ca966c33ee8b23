"""The trainer turns the practice clock: by a leap, and by a jump that is watched and cancelled."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.running import Running
from tests.e2e.test_components_in_the_browser import DESK, LOOKS, PHONE, sideways, violations
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]
CLOCK = "/practice/clock/"


@pytest.fixture
def trainer(page: Page, running: Running) -> Page:
    running.manage("clock", "--speed", "0")
    Visitor(page).sign_in("tom@northwind.example")
    page.goto(CLOCK)
    yield page
    running.manage("clock", "--speed", "60")


def test_a_leap_by_double_click_is_one_jump_to_where_it_said(trainer: Page) -> None:
    """To midnight in the ad account that was chosen."""
    zones = trainer.get_by_label("Days and hours as in")
    zones.select_option(zones.locator("option", has_text="Europe/Berlin").get_attribute("value"))
    expect(
        trainer.get_by_text(re.compile(r"in .* \(Europe/Berlin\); .* 23:00 UTC")).first
    ).to_be_visible()
    day = trainer.get_by_role("button", name=re.compile("^Next day: .*, 00:00$"))
    shown = re.sub(r"\s+", " ", day.inner_text())

    day.dblclick()

    expect(trainer.get_by_role("button", name=re.compile("^Next day"))).to_be_visible(
        timeout=60_000
    )
    title = trainer.locator("main .card").first
    expect(title).to_contain_text("23:00 UTC")
    expect(title).to_contain_text("00:00 in")
    now = trainer.get_by_role("button", name=re.compile("^Next day"))
    assert re.sub(r"\s+", " ", now.inner_text()) != shown


def test_a_jump_is_watched_and_cancelled(trainer: Page) -> None:
    """By keyboard: the page renews itself, and the focus stays where it was."""
    trainer.get_by_label(re.compile("^Date and time")).fill("2027-10-01T00:00")
    trainer.get_by_role("button", name="Jump there").click()
    expect(trainer.get_by_text("Jumping to")).to_be_visible()
    expect(trainer.get_by_text(re.compile("ad accounts? delivered"))).to_be_visible()
    assert violations(trainer) == []
    trainer.reload()
    cancel = trainer.get_by_role("button", name="Cancel the jump")
    cancel.focus()
    before = trainer.locator("main .card").first.inner_text()
    expect(trainer.locator("main .card").first).not_to_have_text(before)
    expect(trainer.get_by_text(re.compile(r"about \d+ (seconds|minutes?|hours)"))).to_be_visible()
    expect(cancel).to_be_focused()

    trainer.keyboard.press("Enter")

    expect(trainer.get_by_role("heading", name="Jump ahead")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_the_clock_page_is_for_everybody_on_every_screen(
    browser: Browser, running: Running, theme: str, width: int
) -> None:
    assert width in (DESK, PHONE)
    context = browser.new_context(base_url=running.url, viewport={"width": width, "height": 900})
    context.add_init_script(f"localStorage.setItem('theme', '{theme}')")
    page = context.new_page()
    for person in ("tom", "mia"):
        Visitor(page).sign_in(f"{person}@northwind.example")
        page.goto(CLOCK)
        assert violations(page) == []
        assert sideways(page) <= 0
    expect(page.get_by_text("Ask Tom Weber of Northwind Agency.")).to_be_visible()
    context.close()
