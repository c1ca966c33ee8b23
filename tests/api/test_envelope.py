"""What every client relies on, whatever it asks: status 200, one envelope, honest codes."""

import logging
import re
from typing import Any

import pytest
from django.test import Client

from accounts.api.people import UserInfo
from tests.api.conftest import ROOT, Caller, data_of
from tests.factories.accounts import Cast


def test_success_is_code_0_and_exactly_ok_in_four_fields(mia: Caller) -> None:
    found = mia.get("user/info/")

    assert list(found) == ["code", "message", "request_id", "data"]
    assert (found["code"], found["message"]) == (0, "OK")
    assert isinstance(found["data"], dict)


def test_request_id_is_a_time_and_upper_case_hexadecimal(mia: Caller) -> None:
    first, second = (mia.get("user/info/")["request_id"] for _ in range(2))

    assert re.fullmatch(r"20\d{12}[0-9A-F]{18}", first)
    assert first != second


def test_an_error_is_http_200_with_a_code_and_an_empty_object(mia: Caller) -> None:
    found = mia.get("bc/get/", page_size=51)

    assert found["code"] == 40002
    assert "page_size" in found["message"]
    assert found["data"] == {}


def test_a_missing_token_is_40104_and_a_wrong_one_40105(cast: Cast) -> None:
    assert Caller("").get("user/info/")["code"] == 40104
    assert Caller("no-such-token").get("user/info/")["code"] == 40105


def test_an_address_that_never_was_is_40400(mia: Caller) -> None:
    assert mia.get("campaign/make/")["code"] == 40400
    assert mia.post("nowhere/")["code"] == 40400
    assert Caller.envelope(Client().get("/open_api/v9/user/info/"))["code"] == 40400
    assert Caller.envelope(Client().get("/open_api"))["code"] == 40400


def test_an_address_of_the_live_product_only_is_declared_unsupported(mia: Caller) -> None:
    for found in (mia.get("bc/balance/get/"), mia.post("pixel/create/"), mia.get("tool/region/")):
        assert found["code"] == 40009
        assert "unsupported in this sandbox" in found["message"]


def test_the_wrong_method_is_no_route(mia: Caller) -> None:
    assert mia.post("user/info/")["code"] == 40400


def test_a_crash_is_50000_tells_nothing_and_is_logged(
    mia: Caller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash(self: UserInfo, params: dict[str, Any]) -> None:
        raise RuntimeError("the secret recipe")

    monkeypatch.setattr(UserInfo, "answer", crash)
    with caplog.at_level(logging.ERROR):
        found = mia.get("user/info/")

    assert found["code"] == 50000
    assert "recipe" not in str(found)
    assert "the secret recipe" in caplog.text
    assert found["request_id"] in caplog.text


def test_addresses_work_without_the_slash_and_with_two_directly(mia: Caller) -> None:
    for path in ("user/info", "user/info/", "/user/info/", "user//info"):
        assert data_of(mia.get(path))["email"] == "mia@northwind.example"
    body = '{"app_id": 1, "secret": "x", "auth_code": "y"}'
    for path in ("oauth2/access_token", "/oauth2/access_token"):
        response = mia.http.post(ROOT + path, body, "application/json")
        assert (response.status_code, response.json()["code"]) == (200, 40101)


def test_a_body_that_is_no_json_is_40000(mia: Caller) -> None:
    response = mia.http.post(ROOT + "oauth2/access_token/", "{oops", "application/json")

    assert response.json()["code"] == 40000
