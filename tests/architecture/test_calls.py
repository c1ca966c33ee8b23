"""Every path of the Business API has a line in `calls`, and the cast is answered as it says."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import BusinessCenter, User
from accounts.services import create_developer_app, issue_access_token
from adaccounts.models import AdAccount, BusinessAsset
from tests.factories.accounts import CAST, Cast
from tests.factories.campaigns import make_tree
from tests.factories.sharing import things_of_sharing

from .calls import TABLE, Call
from .test_access import CALLS

VERSION = "open_api/v1.3/"
OBJECTS = ("bc", "account", "campaign", "ad_group", "ad", "creative", "mia", "partner", "group",
           "pixel", "app")  # fmt: skip


@pytest.fixture
def world(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> dict[str, str]:
    """One of everything that a call can name."""
    shared = things_of_sharing(cast, business_center, at)
    tree = make_tree(ad_account, at)
    app, _ = create_developer_app(
        owner=cast.ben, name="Tool", redirect_uris=["https://t.example/"], at=at
    )
    pixel = BusinessAsset.objects.get(pk=shared["asset_id"])
    keys = (business_center.pk, ad_account.pk, tree.campaign.pk, tree.group.pk, tree.ad.pk,
            tree.ad.creative_id, cast.mia.pk, shared["partner_id"], shared["group_id"], pixel.pk,
            app.pk)  # fmt: skip
    found = {name: str(key) for name, key in zip(OBJECTS, keys, strict=True)}
    return {**found, "pixel_code": str(pixel.code)}


def filled(value: Any, world: dict[str, str]) -> Any:
    """The parameters with ids in the place of names."""
    if isinstance(value, dict):
        return {name: filled(each, world) for name, each in value.items()}
    if isinstance(value, list):
        return [filled(each, world) for each in value]
    return value.format(**world) if isinstance(value, str) else value


def answer(path: str, call: Call, token: str | None, world: dict[str, str]) -> dict[str, Any]:
    """The envelope; what the call changed is undone."""
    headers = {"Access-Token": token} if token else {}
    params, url = filled(call.params, world), f"/{VERSION}{path}"
    with transaction.atomic():
        if call.is_post:
            body = json.dumps(params)
            found = Client().post(url, body, "application/json", headers=headers)
        else:
            texts = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
            found = Client().get(url, texts, headers=headers)
        transaction.set_rollback(True)
    assert found.status_code == 200
    return found.json()


def test_every_call_has_a_line_in_the_table() -> None:
    assert {path.removeprefix(VERSION) for path in CALLS} == set(TABLE)


@pytest.mark.parametrize("name", [*CAST, "anonymous"])
def test_everybody_is_answered_as_the_table_says(
    cast: Cast, world: dict[str, str], at: datetime, name: str
) -> None:
    token = None
    if name != "anonymous":
        token = issue_access_token(user=cast.everyone[name], at=at)

    wrong = {}
    for path, call in TABLE.items():
        found = answer(path, call, token, world)
        if found["code"] != call.code_of(name):
            wrong[path] = (found["code"], call.code_of(name), found["message"])

    assert wrong == {}, "(answered, expected, message)"


def test_a_stranger_is_told_the_same_whether_or_not_it_exists(
    cast: Cast, world: dict[str, str], at: datetime
) -> None:
    token = issue_access_token(user=cast.stranger, at=at)
    nothing = {name: "7" for name in world}

    told_apart = {}
    for path, call in TABLE.items():
        if "stranger" in call.allowed.split():
            continue
        said = {
            f"{it['code']} {re.sub('[0-9]+', 'ID', it['message'])}"
            for it in (answer(path, call, token, each) for each in (world, nothing))
        }
        if len(said) > 1:
            told_apart[path] = said

    assert told_apart == {}


def test_a_token_of_nobody_opens_nothing(cast: Cast, world: dict[str, str], at: datetime) -> None:
    token = issue_access_token(user=cast.ben, at=at)
    User.objects.filter(pk=cast.ben.pk).update(is_active=False)

    codes = {path: answer(path, call, token, world)["code"] for path, call in TABLE.items()}

    public = {path for path, call in TABLE.items() if "anonymous" in call.allowed}
    assert {path for path, code in codes.items() if code != 40105} <= public
