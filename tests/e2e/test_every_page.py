"""Follows every link that an Admin finds, one page a kind, and lets axe look at each."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.e2e.running import Running
from tests.e2e.test_components_in_the_browser import DESK, PHONE, sideways, violations
from tests.e2e.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.stack]
LINKS = ("a[href^='/']", "all => all.map(a => a.pathname + a.search)")
# Documents are shown without scripts, so axe could not run in them.
FILES = re.compile(r"csv|/pdf/|/export|/file$|/cover$|/logout/|/documents/")
MUST = {
    "/bc/N/",
    "/bc/N/users/",
    "/bc/N/users/N/",
    "/bc/N/users/invite/",
    "/bc/N/users/requests/",
    "/bc/N/users/requests/N/",
    "/bc/N/users/check/",
    "/bc/N/users/unused/",
    "/bc/N/partners/",
    "/bc/N/assets/",
    "/bc/N/asset-groups/N/",
    "/bc/N/ad-accounts/link-requests/N/",
    "/bc/N/finance/payment-methods/",
    "/bc/N/verification/",
    "/bc/N/settings/security/",
    "/bc/N/settings/legal/",
    "/bc/N/ad-accounts/",
    "/bc/N/finance/",
    "/bc/N/settings/",
    "/bc/N/activity/",
    "/ad-accounts/N/",
    "/ad-accounts/N/settings/people/",
    "/ad-accounts/N/settings/spending-cap/",
    "/security/",
    "/developer/",
    "/notifications/preferences/",
    "/ad-accounts/N/campaigns/",
    "/ad-accounts/N/campaigns/N/",
    "/ad-accounts/N/campaigns/N/edit/",
    "/ad-accounts/N/campaigns/new/",
    "/ad-accounts/N/ad-groups/",
    "/ad-accounts/N/ads/",
    "/ad-accounts/N/ads/why/",
    "/ad-accounts/N/ads/N/why/",
    "/ad-accounts/N/creatives/",
    "/ad-accounts/N/report/",
    "/ad-accounts/N/finance/",
    "/notifications/",
    "/practice/clock/",
}


def kind(path: str) -> str:
    return re.sub(r"\d{6,}", "N", path)


@pytest.mark.parametrize(("theme", "width"), [("light", DESK), ("dark", PHONE)])
def test_axe_finds_nothing_on_any_page_and_none_scrolls_sideways(
    browser: Browser, running: Running, theme: str, width: int
) -> None:
    context = browser.new_context(
        base_url=running.url, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    Visitor(page).sign_in("ben@northwind.example")
    context.add_cookies([{"name": "theme", "value": theme, "url": running.url}])
    waiting, seen, faults = ["/home/", "/notifications/", "/practice/clock/"], set[str](), []
    while waiting:
        path = waiting.pop(0)
        if kind(urlsplit(path).path) in seen:
            continue
        answer = page.goto(path)
        assert answer is not None
        here = kind(urlsplit(page.url).path)
        known = here in seen
        seen |= {here, kind(urlsplit(path).path)}
        if known:
            continue
        page.wait_for_load_state("load")
        found = [*violations(page)] if answer.status == 200 else [f"status {answer.status}"]
        if sideways(page) > 0:
            found.append("scrolls sideways")
        faults += [f"{page.url}: {fault}" for fault in found]
        for href in page.eval_on_selector_all(LINKS[0], LINKS[1]):
            if kind(urlsplit(href).path) not in seen and not FILES.search(href):
                waiting.append(href)
    context.close()
    assert not faults, "\n".join(faults)
    assert seen >= MUST, f"never reached: {MUST - seen}"
