"""Takes the pictures of docs/pictures: `python -m tests.e2e.pictures http://localhost:8000`.

Needs a running demo; writes nine pages in both themes, and the campaign table on a phone.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.running import chromium
from tests.e2e.visitor import Visitor

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
ACCOUNT = "Cedar & Sage US"


def main(url: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for theme in ("light", "dark"):
            page = _page(browser, url, theme, 1440)
            table = _marketer(page, theme)
            _finance(page, theme)
            _admin(page, theme)
            page.context.close()
        phone = _page(browser, url, "dark", 390)
        _sign_in(phone, "mia@northwind.example", "dark")
        phone.goto(table)
        _take(phone, "phone-dark")
        browser.close()


def _page(browser: Browser, url: str, theme: str, width: int) -> Page:
    context = browser.new_context(
        base_url=url, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    context.add_init_script(f"localStorage.setItem('theme', '{theme}')")
    page = context.new_page()
    return page


def _sign_in(page: Page, email: str, theme: str) -> None:
    Visitor(page).sign_in(email)
    page.context.add_cookies([{"name": "theme", "value": theme, "url": page.url}])


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


def _marketer(page: Page, theme: str) -> str:
    """Returns the address of the campaign table."""
    _sign_in(page, "mia@northwind.example", theme)
    page.goto("/home/")
    _take(page, f"overview-{theme}")
    Visitor(page).open_campaigns(ACCOUNT)
    table = page.url
    _take(page, f"campaigns-{theme}")
    Visitor(page).campaign_row("Spring Sale US").get_by_role("switch").click()
    page.get_by_role("dialog").get_by_text("Keep it running").wait_for()
    _take(page, f"stop-{theme}")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Spring Sale US").first.click()
    _take(page, f"campaign-{theme}")
    return table


def _finance(page: Page, theme: str) -> None:
    _sign_in(page, "fay@northwind.example", theme)
    page.goto("/home/")
    page.get_by_role("link", name="Financial").click()
    page.get_by_role("link", name=re.compile("Velo Nord DE")).first.click()
    _take(page, f"finance-{theme}")
    page.get_by_role("link", name="Invoices").click()
    page.get_by_role("link", name=re.compile(r"-\d{6}$")).last.click()
    _take(page, f"invoice-{theme}")


def _admin(page: Page, theme: str) -> None:
    _sign_in(page, "ben@northwind.example", theme)
    page.goto("/home/")
    page.get_by_role("link", name="Users", exact=True).click()
    _take(page, f"users-{theme}")
    page.get_by_role("link", name="Add User").click()
    page.get_by_label(re.compile("^Ad Account Operator")).check()
    page.get_by_text("Compare the roles").click()
    _take(page, f"invite-{theme}")
    page.get_by_role("link", name="Partners", exact=True).click()
    page.get_by_role("link", name="Cedar & Sage").first.click()
    _take(page, f"partner-{theme}")


if __name__ == "__main__":
    main(sys.argv[1])
