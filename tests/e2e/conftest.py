"""One running product for all browser and SDK stories; browser tests need a Chromium."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.running import Running, chromium, start
from tests.e2e.visitor import Visitor

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def running() -> Iterator[Running]:
    """The demo, live."""
    base = Path(tempfile.mkdtemp(prefix="understudy-e2e-"))
    # Root's servers run as another user, who cannot walk through pytest's own private folders.
    base.chmod(0o711)
    try:
        product = start(base / "data")
        yield product
        assert product.stop() in (0, 130)
    finally:
        shutil.rmtree(base)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if os.environ.get("BROWSER_TESTS") == "required":
            pytest.fail("Browser tests are required and no Chromium was found.")
        pytest.skip("No Chromium on this machine; `apt-get install chromium` brings one.")
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root; the pages it visits here are our own.
        options = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, running: Running) -> Iterator[Page]:
    context = browser.new_context(base_url=running.url, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    # htmx reports a request that leaving the page cut off; that is no fault of the page.
    page.on(
        "console",
        lambda said: problems.append(said.text) if "Security Policy" in said.text else None,
    )
    yield page
    context.close()
    assert not problems, f"The browser's console complained: {problems}"


@pytest.fixture
def visitor(page: Page) -> Visitor:
    return Visitor(page)


@pytest.fixture(scope="session")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("downloads")
