"""Too many calls with one token are refused with 40100, as a code and not as a status."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from bizcenter.lib.open_api import throttling
from tests.api.conftest import Caller
from tests.factories.accounts import Cast


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Time that passes only when it is told to."""
    moment = [1_000_000.0]
    monkeypatch.setattr(throttling.PerSecond, "timer", lambda self: moment[0])

    def go_on(seconds: float) -> None:
        moment[0] += seconds

    return go_on


def test_calls_in_a_second_are_counted_per_token(
    settings: Settings,
    cast: Cast,
    caller_of: Callable[[User], Caller],
    wait: Callable[[float], None],
) -> None:
    settings.API_QPS = 3
    mia, ana = caller_of(cast.mia), caller_of(cast.ana)

    codes = [mia.get("user/info/")["code"] for _ in range(4)]

    assert codes == [0, 0, 0, 40100]
    assert ana.get("user/info/")["code"] == 0
    wait(1.1)
    assert mia.get("user/info/")["code"] == 0


def test_calls_in_a_minute_are_counted_too(
    settings: Settings, mia: Caller, wait: Callable[[float], None]
) -> None:
    settings.API_QPM = 3

    codes = []
    for _ in range(5):
        codes.append(mia.get("user/info/")["code"])
        wait(1.1)

    assert codes == [0, 0, 0, 40100, 40100]
    wait(60)
    assert mia.get("user/info/")["code"] == 0


def test_calls_for_a_token_are_counted_by_the_address_they_come_from(
    db: None, settings: Settings, wait: Callable[[float], None]
) -> None:
    settings.API_QPS = 3
    here, elsewhere = Caller(""), Caller("", Client(REMOTE_ADDR="192.0.2.7"))

    def guess(caller: Caller) -> int:
        sent = {"app_id": "7", "secret": "guessed", "auth_code": "guessed"}
        return int(caller.post("oauth2/access_token/", **sent)["code"])

    assert [guess(here) for _ in range(5)] == [40101, 40101, 40101, 40100, 40100]
    assert guess(elsewhere) == 40101
    wait(1.1)
    assert guess(here) == 40101
