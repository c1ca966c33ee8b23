"""A newcomer signs up by the practice mailbox, founds a Business Center, and lets a tool in."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.factories.papers import scan

pytestmark = [pytest.mark.browser, pytest.mark.stack]


class Tool(BaseHTTPRequestHandler):
    """A tool on another origin, to which the consent page sends people back."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Tool</title><h1>Back at the tool</h1>")

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def tool() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Tool) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/back"
        server.shutdown()


def set_up(page: Page) -> None:
    """The whole set-up, with a document and a practice card."""
    page.get_by_label("Legal name").fill("Acme Ltd")
    page.get_by_label("Industry").select_option("Retail")
    page.get_by_label("Country").select_option("DE")
    page.get_by_label("Street").fill("High Street 1")
    page.get_by_label("Postal code").fill("10115")
    page.get_by_label("City").fill("Berlin")
    page.get_by_label("Contact phone").fill("+49 30 123456")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Currency")).to_have_value("EUR")
    page.get_by_label("Business Center name").fill("Acme BC")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What the business is").select_option("company")
    page.get_by_label("Kind of document").select_option("registration")
    page.get_by_label("Certificate number").fill("HRB 98765")
    scanned = {"name": "extract.png", "mimeType": "image/png", "buffer": scan()}
    page.get_by_label("Document files").set_input_files([scanned])
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Card number", exact=True).fill("4242 4242 4242 4242")
    page.get_by_label("Expiry date").fill("12/30")
    page.get_by_label("Security code").fill("123")
    page.get_by_label("Name on card").fill("Nora New")
    page.get_by_role("button", name="Save payment method").click()
    expect(page.get_by_text("Visa ending in 4242")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    create = page.get_by_role("button", name="Create Business Center")
    expect(create).to_be_disabled()
    page.get_by_label("I have read the terms").check()
    create.click()


def test_from_sign_up_to_a_connected_tool(page: Page, tool: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Get started").first.click()
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Full name").fill("Nora New")
    page.get_by_label("E-mail").first.fill("nora@acme.example")
    page.get_by_label("Password").fill("a-long-passphrase-7")
    page.get_by_role("main").get_by_role("button").click()
    page.get_by_role("link", name="Open the practice mailbox").click()
    page.get_by_role("link", name="Confirm your e-mail").first.click()
    page.get_by_role("link", name="/confirm-email/").click()
    page.get_by_role("button", name="Yes, confirm").click()

    set_up(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme BC is ready")

    page.goto("/developer/")
    page.get_by_label("App name").fill("Reports to go")
    page.get_by_label("Redirect address").fill(tool)
    page.get_by_role("button", name="Register app").click()
    page.get_by_role("link", name="Consent page").click()
    page.get_by_role("button", name="Allow").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Back at the tool")
    assert page.url.startswith(f"{tool}?auth_code=")
