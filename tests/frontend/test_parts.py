"""Components as people meet them in a page: labels, errors, escaping, refusals."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client, override_settings

from tests.frontend.server import TEMPLATES


@pytest.fixture
def client() -> Iterator[Client]:
    templates = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], TEMPLATES]}]
    with override_settings(
        ROOT_URLCONF="tests.frontend.urls",
        TEMPLATES=templates,
        SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
    ):
        yield Client(raise_request_exception=False)


def text(client: Client, path: str, **headers: str) -> str:
    return client.get(path, headers=headers).content.decode()


def test_a_field_with_an_error_says_so_to_everybody(client: Client) -> None:
    page = text(client, "/styleguide/?errors=1")
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page
    assert '<a href="#id_name">Campaign name</a>: This field is required.' in page


def test_the_active_entry_of_the_menu_is_marked(client: Client) -> None:
    page = text(client, "/styleguide/table/")
    assert page.count('aria-current="page"') >= 2
    assert 'campaigns/" aria-current="page"' in page


def test_the_clock_is_shown_on_the_account_s_own_time(client: Client) -> None:
    assert '<time datetime="2026-11-20T12:00:00+00:00">07:00</time>' in text(client, "/styleguide/")


def test_the_fragment_of_a_question_is_the_same_question_as_the_page(client: Client) -> None:
    page = text(client, "/styleguide/stop/")
    fragment = text(client, "/styleguide/stop/", **{"HX-Request": "true"})
    assert "<h1>Turn off this campaign?</h1>" in page
    assert "<h2>Turn off this campaign?</h2>" in fragment
    assert "<html" not in fragment


def test_sort_links_keep_the_other_choices_and_go_back_to_page_one(client: Client) -> None:
    page = text(client, "/styleguide/table/?q=shoes&page=2")
    assert "?q=shoes&amp;sort=-impressions" in page


def test_a_refusal_tells_who_can_give_the_permission(client: Client) -> None:
    answer = client.get("/styleguide/fail/403/")
    assert answer.status_code == 403
    assert "Ask Ben Admin to give it to you." in answer.content.decode()


@pytest.mark.parametrize("status", [404, 500])
def test_error_pages_are_ours_and_say_what_this_place_is(client: Client, status: int) -> None:
    answer = client.get(f"/styleguide/fail/{status}/")
    assert answer.status_code == status
    assert "not connected to TikTok" in answer.content.decode()


def test_the_page_for_a_failing_server_needs_no_context() -> None:
    page = get_template("500.html").template.source  # type: ignore[attr-defined]
    assert "{{" not in page
    assert "extends" not in page


def test_sign_in_looks_like_the_rest(client: Client) -> None:
    page = text(client, "/account/login/")
    assert '<label for="id_login">E-mail</label>' in page
    assert "not connected to TikTok" in page
    assert Path(settings.BASE_DIR, "static/favicon.svg").exists()
