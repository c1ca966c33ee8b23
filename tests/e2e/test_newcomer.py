"""A newcomer signs up by the practice mailbox, founds a Business Center, and lets a tool in."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Page, expect

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


def test_from_sign_up_to_a_connected_tool(page: Page, tool: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Get started").click()
    page.get_by_label("Full name").fill("Nora New")
    page.get_by_label("E-mail").first.fill("nora@acme.example")
    page.get_by_label("Password").fill("a-long-passphrase-7")
    page.get_by_role("main").get_by_role("button").click()
    page.get_by_role("link", name="Open the practice mailbox").click()
    page.get_by_role("link", name="Confirm your e-mail").first.click()
    page.get_by_role("link", name="/confirm-email/").click()
    page.get_by_role("button", name="Yes, confirm").click()

    page.get_by_label("Legal name").fill("Acme Ltd")
    page.get_by_label("Business Center name").fill("Acme BC")
    page.get_by_label("Industry").select_option("Retail")
    page.get_by_label("Country").select_option("DE")
    page.get_by_label("Street").fill("High Street 1")
    page.get_by_label("City").fill("Berlin")
    page.get_by_label("Currency").select_option("EUR")
    page.get_by_label("Time zone").select_option("Europe/Berlin")
    page.get_by_role("button", name="Create Business Center").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ad Accounts")

    page.goto("/developer/")
    page.get_by_label("App name").fill("Reports to go")
    page.get_by_label("Redirect address").fill(tool)
    page.get_by_role("button", name="Register app").click()
    page.get_by_role("link", name="Consent page").click()
    page.get_by_role("button", name="Allow").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Back at the tool")
    assert page.url.startswith(f"{tool}?auth_code=")
