"""A caller of the Business API, as tools call it: JSON text in queries, JSON bodies, one header."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import business_api_client as sdk
import pytest
from django.test import Client

from accounts.models import User
from accounts.services import issue_access_token
from adaccounts.models import AdAccount
from bizcenter.clock import queries as clock
from tests.api.facts import MONDAY, SUNDAY, close_days, hour
from tests.api.sdk_tool import Tool
from tests.factories.accounts import Cast
from tests.factories.campaigns import Tree, make_tree

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
    return lambda user: Caller(issue_access_token(user=user, at=clock.now()))


@pytest.fixture
def mia(cast: Cast, caller_of: Callable[[User], Caller]) -> Caller:
    """The operator's tool."""
    return caller_of(cast.mia)


@pytest.fixture
def advertiser_id(ad_account: AdAccount) -> str:
    return str(ad_account.pk)


@pytest.fixture
def trees(ad_account: AdAccount, at: datetime) -> list[Tree]:
    """Two campaigns that delivered on a closed Sunday and a Monday that is still open."""
    first, second = make_tree(ad_account, at), make_tree(ad_account, at)
    hour(first.ad, SUNDAY, 23, impressions=1000, clicks=30, conversions=3, spend=1234)
    hour(second.ad, SUNDAY, 8, impressions=500, clicks=5, spend=66)
    hour(first.ad, MONDAY, 0, impressions=100, clicks=2, spend=50)
    hour(first.ad, MONDAY, 1, impressions=300, clicks=1, spend=51)
    close_days(first.ad, open_day=MONDAY)
    return [first, second]


@pytest.fixture
def sale(ad_account: AdAccount, at: datetime) -> Tree:
    """A campaign with one sale worth 20 dollars in an hour of the open day."""
    found = make_tree(
        ad_account,
        at,
        campaign={"name": "Sales", "objective": "WEB_CONVERSIONS"},
        ad={"name": "Film A"},
    )
    sold = {"conversions": 2, "conversion_value_micros": 20_000_000}
    hour(found.ad, MONDAY, 0, impressions=3000, clicks=40, spend=1000, watched_2s=7, **sold)
    close_days(found.ad, open_day=MONDAY)
    return found


@pytest.fixture
def tool(live_server: Any, cast: Cast, ad_account: AdAccount) -> Iterator[Tool]:
    configuration = sdk.Configuration()
    configuration.host = live_server.url
    client = sdk.ApiClient(configuration)
    yield Tool(client, issue_access_token(user=cast.mia, at=clock.now()), str(ad_account.pk))
    client.pool.terminate()
    client.pool.join()
    client.rest_client.pool_manager.clear()
