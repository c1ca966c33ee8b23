"""What people do again and again in the browser, in the product's words."""

import re

from playwright.sync_api import Locator, Page, expect

from bizcenter.management.demo.story import PASSWORD


class Visitor:
    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, email: str) -> None:
        """Signed in as this person of the demo, on their first page."""
        self.page.context.clear_cookies()
        self.page.goto("/account/login/")
        self.page.get_by_label(re.compile("e-?mail", re.I)).first.fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page).not_to_have_url(re.compile("/login/"))

    def open_campaigns(self, account: str) -> None:
        """The account's campaign table, reached by the links people use."""
        self.page.goto("/home/")
        row = self.page.get_by_role("row").filter(has_text=account)
        row.get_by_role("link", name=re.compile("Go to Ads Manager")).click()
        self.page.get_by_role("link", name="Campaigns", exact=True).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Campaigns")

    def campaign_row(self, name: str) -> Locator:
        return self.page.get_by_role("row").filter(has_text=name).first
