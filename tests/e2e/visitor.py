"""What people do again and again in the browser, in the product's words."""

import re

from playwright.sync_api import Page, expect

from bizcenter.management.demo.story import PASSWORD


class Visitor:
    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, email: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto("/account/login/")
        self.page.get_by_label("E-mail", exact=False).first.fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name=re.compile("sign in", re.I)).click()
        expect(self.page).not_to_have_url(re.compile("/login/"))
