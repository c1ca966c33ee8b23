"""A caller of the Business API, as tools call it: JSON text in queries, JSON bodies, one header."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.services import issue_access_token
from adaccounts.models import AdAccount
from tests.factories.accounts import Cast

ROOT = "/open_api/v1.3/"


@dataclass
class Caller:
    """`get` and `post` answer the envelope; `data_of` insists on success."""

    token: str
    http: Client = field(default_factory=Client)

    def get(self, path: str, **params: Any) -> dict[str, Any]:
        texts = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
        return self.envelope(self.http.get(ROOT + path, texts, **self.header))

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        return self.envelope(
            self.http.post(ROOT + path, json.dumps(body), "application/json", **self.header)
        )

    @property
    def header(self) -> dict[str, Any]:
        return {"headers": {"Access-Token": self.token}} if self.token else {}

    @staticmethod
    def envelope(response: Any) -> dict[str, Any]:
        assert response.status_code == 200
        return response.json()


def data_of(envelope: dict[str, Any]) -> Any:
    assert (envelope["code"], envelope["message"]) == (0, "OK"), envelope
    return envelope["data"]


@pytest.fixture
def caller_of() -> Callable[[User], Caller]:
    return lambda user: Caller(issue_access_token(user=user))


@pytest.fixture
def mia(cast: Cast, caller_of: Callable[[User], Caller]) -> Caller:
    """The operator's tool."""
    return caller_of(cast.mia)


@pytest.fixture
def advertiser_id(ad_account: AdAccount) -> str:
    return str(ad_account.pk)
