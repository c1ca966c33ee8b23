"""Every page a person can open has help about it, and leads to it."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.web.help_areas import AREA_OF, help_about
from tests.factories.accounts import Cast

from .routes import ROUTES
from .test_access import address_of, own_things, world

__all__ = ["world"]

TEXTS = Path(settings.BASE_DIR) / "templates" / "help"
# What answers GET and is no page.
DOWNLOADS = {
    "accounts:activity_csv",
    "accounts:verification_document",
    "assets:cover",
    "assets:file",
    "billing:invoice_csv",
    "billing:invoice_pdf",
    "billing:transactions_csv",
    "campaigns:ad_export",
    "campaigns:ad_group_export",
    "campaigns:campaign_export",
    "campaigns:why_export",
    "practice:document",
    "reporting:report_csv",
}
FRAGMENTS = {
    "adaccounts:switcher",
    "billing:account_figures",
    "billing:cap_progress",
    "campaigns:ad_preview",
    "campaigns:audience",
    "campaigns:creative_picker",
    "campaigns:state",
    "practice:chip",
    "practice:progress",
}
PAGES = sorted(
    name for name, route in ROUTES.items() if route.get == 200 and name not in DOWNLOADS | FRAGMENTS
)


def test_every_page_has_an_area_of_the_help() -> None:
    assert [name for name in PAGES if name not in AREA_OF] == []


def test_every_area_has_a_text_and_every_text_an_area() -> None:
    assert {path.stem for path in TEXTS.glob("*.html")} == set(AREA_OF.values())


def test_every_page_shows_the_question_mark_that_leads_to_its_help(
    cast: Cast, world: dict[str, object], client_of: Callable[[User], Client]
) -> None:
    things = {name: world | own_things(person) for name, person in cast.everyone.items()}
    missing = []
    for name in PAGES:
        who = ROUTES[name].who.enter.split()[0]
        page = client_of(cast.everyone[who]).get(address_of(name, things[who])).content.decode()
        if f'{reverse("accounts:help")}?page={quote(name)}"' not in page:
            missing.append(name)

    assert missing == []


@pytest.mark.parametrize("area", sorted(set(AREA_OF.values())))
def test_a_text_is_a_dialog_and_without_scripts_a_page(
    cast: Cast, client_of: Callable[[User], Client], area: str
) -> None:
    browser = client_of(cast.ana)
    url = f"{reverse('accounts:help')}?page={next(p for p in AREA_OF if help_about(p) == area)}"

    page = browser.get(url).content.decode()
    dialog = browser.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "<h1" in page
    assert "</html>" in page
    assert "<h2" in dialog
    assert "</html>" not in dialog
    for part in ("What you can do here", "Who may", "What next", "<li>"):
        assert part in page
        assert part in dialog


def test_a_name_nobody_knows_gets_help_about_finding_the_way() -> None:
    assert help_about("no:such") == "first_steps"
