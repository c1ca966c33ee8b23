"""Inviting somebody, and joining by the link in the mail."""

import re

from playwright.sync_api import Page, expect


def open_users(page: Page) -> None:
    page.goto("/home/")
    page.get_by_role("link", name="Users", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Users")


def invite(page: Page, email: str, *, account: str) -> str:
    """The link that the person invited as Operator finds in the mail, as a path."""
    open_users(page)
    page.get_by_role("link", name="Add User").click()
    page.get_by_label("E-mail addresses").fill(email)
    page.get_by_label(re.compile("^Ad Account Operator")).check()
    page.get_by_role("checkbox", name=account).check()
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_role("row").filter(has_text=email)).to_contain_text("Pending")
    return newest_link(page, email)


def newest_link(page: Page, email: str) -> str:
    """Who invites reads the mail too, as long as nobody has signed up with the address."""
    mail = page.get_by_role("listitem").filter(has_text=f"To {email}")
    for _ in range(30):
        page.goto("/practice/mailbox/")
        if mail.count():
            break
        page.wait_for_timeout(500)
    mail.first.get_by_role("link").first.click()
    link = page.locator("a[href*='/join/']").first.get_attribute("href")
    assert link
    return link


def join(page: Page, link: str, name: str) -> None:
    """In a browser that nobody has signed in with."""
    page.goto(link)
    page.get_by_role("button", name="Create account").click()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Password").first.fill("a-long-passphrase-8")
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("button", name="Accept").click()
