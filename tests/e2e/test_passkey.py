"""Somebody adds a passkey and signs in with nothing else, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.running import Running
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]


class Device:
    """A laptop that can check its owner's finger."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = made["authenticatorId"]

    def knows_the_finger(self, knows: bool) -> None:
        who = {"authenticatorId": self.id, "isUserVerified": knows}
        self.session.send("WebAuthn.setUserVerified", who)


def test_a_passkey_replaces_password_and_code(page: Page, visitor: Visitor) -> None:
    laptop = Device(page)
    visitor.sign_in("fay@northwind.example")
    page.goto("/security/")
    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Sign in with it instead of password and code").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")

    page.context.clear_cookies()
    page.goto("/account/login/?next=/security/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your security")
    expect(page.get_by_role("row").filter(has_text="Passkey").first).to_contain_text("Signed in")

    laptop.knows_the_finger(False)
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used")).to_be_visible()

    visitor.sign_in("fay@northwind.example")
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    laptop.knows_the_finger(True)
    page.get_by_role("button", name="Use a passkey or security key").click()
    expect(page).not_to_have_url("/account/2fa/authenticate/")

    page.goto("/security/")
    page.get_by_role("link", name="Remove Laptop").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()


def test_at_an_address_without_a_name_the_way_to_one_is_offered(
    page: Page, running: Running
) -> None:
    """Browsers refuse passkeys there, and people do not know why nothing happens."""
    numbered = running.url.replace("localhost", "127.0.0.1")
    page.goto(f"{numbered}/account/login/?next=/security/")

    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("alert").get_by_role("link", name="Open it there").click()

    expect(page).to_have_url(re.compile(r"//localhost:\d+/account/login/\?next=/security/"))
