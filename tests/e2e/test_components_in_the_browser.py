"""Every component, looked at by axe in both themes and at desk and phone width, and used."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.frontend.server import style_guide

pytestmark = pytest.mark.browser

DESK, PHONE = 1440, 390
LOOKS = [(theme, width) for theme in ("light", "dark") for width in (DESK, PHONE)]
PAGES = [
    "styleguide/?errors=1&toast=1",
    "styleguide/table/",
    "styleguide/stop/",
    "styleguide/ad-group/",
]
PUBLIC = ["landing/", "account/login/", "account/signup/", "account/password/reset/"]
REFUSALS = [f"styleguide/fail/{status}/" for status in (403, 404, 500)]
# What is fading in has no colour of its own yet; an endless animation never settles.
SETTLED = """() => Promise.allSettled(document.getAnimations()
  .filter(each => each.effect.getComputedTiming().endTime !== Infinity)
  .map(each => each.finished))"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with style_guide() as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    yield from visit(browser, address, "light", DESK)


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def dressed(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    theme, width = request.param
    yield from visit(browser, address, theme, width)


def visit(browser: Browser, address: str, theme: str, width: int) -> Iterator[Page]:
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "theme", "value": theme, "url": address}])
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text))
    yield page
    context.close()
    assert not [p for p in problems if "Security Policy" in p or "Error:" in p]


def violations(page: Page) -> list[str]:
    """What axe finds in the page as it stands once everything has moved into place."""
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.evaluate(SETTLED)
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in found]


def sideways(page: Page) -> int:
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(dressed: Page, path: str) -> None:
    dressed.goto(path)
    dressed.wait_for_load_state("networkidle")
    assert violations(dressed) == []
    assert sideways(dressed) <= 0


@pytest.mark.parametrize("path", PUBLIC + REFUSALS)
@pytest.mark.parametrize(("theme", "width"), [("light", PHONE), ("dark", DESK)])
def test_axe_finds_nothing_outside_the_frame(
    browser: Browser, address: str, path: str, theme: str, width: int
) -> None:
    for page in visit(browser, address, theme, width):
        page.goto(path)
        assert violations(page) == []
        assert sideways(page) <= 0


def test_axe_finds_nothing_in_an_open_dialog_menu_and_date_choice(dressed: Page) -> None:
    dressed.goto("styleguide/table/")
    dressed.get_by_role("switch").first.click()
    expect(dressed.get_by_role("dialog")).to_be_visible()
    assert violations(dressed) == []
    dressed.keyboard.press("Escape")
    dressed.get_by_role("button", name="Last 28 days").click()
    expect(dressed.get_by_role("link", name="Last 7 days")).to_be_visible()
    assert violations(dressed) == []


def test_the_chart_is_drawn_and_its_tooltip_breaks_no_rule(page: Page) -> None:
    page.goto("styleguide/table/")
    drawn = page.locator(".plot svg")
    expect(drawn).to_be_visible()
    drawn.hover()
    expect(drawn.get_by_text("Previous period")).to_be_visible()


def test_a_chart_can_be_read_as_a_table(page: Page) -> None:
    page.goto("styleguide/table/")
    page.get_by_text("Show as a table").click()
    expect(page.get_by_role("row", name="24 Oct $2,400.00")).to_be_visible()
