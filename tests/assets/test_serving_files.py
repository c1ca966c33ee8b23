"""Files of creatives reach only people of the account, as what they are, whole or in part."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from adaccounts.models import AdAccount
from assets.models import Creative
from assets.services import upload_creative
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.media import clip, upload

ClientOf = Callable[[User], Client]
FILM = clip()


@pytest.fixture
def film(ad_account: AdAccount, at: datetime) -> Creative:
    return upload_creative(
        ad_account=ad_account, upload=upload(FILM, "film.mp4"), name="Film", actor=None, at=at
    )


def address(film: Creative, what: str = "file") -> str:
    return reverse(f"assets:{what}", args=[film.ad_account_id, film.pk])


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_the_whole_file_comes_as_what_it_is(
    client_of: ClientOf, cast: Cast, film: Creative
) -> None:
    answer = client_of(cast.ana).get(address(film))

    assert answer["Content-Type"] == "video/mp4"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private")
    assert answer["Accept-Ranges"] == "bytes"
    assert body(answer) == FILM


def test_the_cover_is_a_small_picture(client_of: ClientOf, cast: Cast, film: Creative) -> None:
    answer = client_of(cast.ana).get(address(film, "cover"))

    assert answer["Content-Type"] == "image/jpeg"
    assert body(answer)[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, len(FILM)),
        ("bytes=-50", len(FILM) - 50, len(FILM)),
        (f"bytes=10-{len(FILM) * 2}", 10, len(FILM)),
    ],
)
def test_players_ask_for_parts(
    client_of: ClientOf, cast: Cast, film: Creative, wanted: str, start: int, end: int
) -> None:
    answer = client_of(cast.ana).get(address(film), headers={"Range": wanted})

    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/{len(FILM)}"
    assert answer["Content-Length"] == str(end - start)
    assert body(answer) == FILM[start:end]


def test_a_part_that_is_not_there_is_refused(
    client_of: ClientOf, cast: Cast, film: Creative
) -> None:
    answer = client_of(cast.ana).get(address(film), headers={"Range": "bytes=99999999-"})

    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(FILM)}"


def test_a_range_that_makes_no_sense_gets_the_whole_file(
    client_of: ClientOf, cast: Cast, film: Creative
) -> None:
    answer = client_of(cast.ana).get(address(film), headers={"Range": "bytes=a-b"})

    assert answer.status_code == 200
    assert body(answer) == FILM


@pytest.mark.parametrize("what", ["file", "cover"])
def test_nobody_else_gets_the_file(
    client_of: ClientOf, cast: Cast, film: Creative, what: str, at: datetime
) -> None:
    assert client_of(cast.stranger).get(address(film, what)).status_code == 404
    assert client_of(cast.fay).get(address(film, what)).status_code == 403
    assert Client().get(address(film, what)).status_code == 302

    other = make_ad_account(film.ad_account.business_center, cast.ben, at, name="Other")
    elsewhere = reverse(f"assets:{what}", args=[other.pk, film.pk])
    assert client_of(cast.ben).get(elsewhere).status_code == 404
