"""Whatever people call themselves and their things is shown as they wrote it and does nothing."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils.html import escape

from accounts.models import BusinessCenter, Topic
from accounts.permissions import Preset
from accounts.queries import membership_of
from accounts.services import create_developer_app, notify
from adaccounts.models import AdAccount
from adaccounts.permissions import preset_access
from adaccounts.services import add_person
from tests.factories.accounts import Cast, make_person
from tests.factories.adaccounts import make_ad_account

EVIL = """<b>"'{{ 7|add:7 }}{% now "Y" %}<c-icon/>"""


@pytest.fixture
def pages(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> list[str]:
    """Every page that shows a name, with names that try to be more than text."""
    person = make_person(EVIL, "evil@northwind.example")
    account = make_ad_account(business_center, cast.ben, at, name=EVIL)
    add_person(
        business_center=business_center,
        email=person.email,
        access=preset_access(Preset.ANALYST, [account]),
        actor=cast.ben,
        at=at,
    )
    notify(users=[cast.ben], key="x", topic=Topic.STOP, text=EVIL, at=at, email=False)
    app, _ = create_developer_app(
        owner=cast.ben, name=EVIL, redirect_uris=["https://t.example/"], at=at
    )
    users = f"/bc/{business_center.pk}/users/"
    member = membership_of(person, business_center).pk
    return [
        users,
        f"{users}invite/",
        f"{users}check/",
        f"{users}{member}/",
        f"{users}{member}/remove/",
        f"/bc/{business_center.pk}/ad-accounts/",
        f"/bc/{business_center.pk}/activity/",
        f"/ad-accounts/{account.pk}/settings/",
        "/ad-accounts/",
        "/ad-accounts/switcher/",
        "/notifications/",
        "/developer/",
        f"/portal/auth?app_id={app.pk}",
    ]


def test_names_are_only_ever_text(
    cast: Cast, pages: list[str], client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.ben)

    for url in pages:
        page = browser.get(url).content.decode()
        assert escape(EVIL) in page, url
        assert EVIL not in page, url
        assert "{{ 7|add:7 }}" in page, url
