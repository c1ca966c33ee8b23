"""A newcomer signs up by the practice mailbox, founds a Business Center, and lets a tool in."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.newcomer import set_up, sign_up

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
    sign_up(page, "Nora New", "nora@acme.example")
    set_up(page, "Acme BC")
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme BC is ready")

    page.goto("/developer/")
    page.get_by_label("App name").fill("Reports to go")
    page.get_by_label("Redirect address").fill(tool)
    page.get_by_role("button", name="Register app").click()
    page.get_by_role("link", name="Consent page").click()
    page.get_by_role("button", name="Allow").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Back at the tool")
    assert page.url.startswith(f"{tool}?auth_code=")
