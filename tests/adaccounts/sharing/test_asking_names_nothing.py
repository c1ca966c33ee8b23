"""Whoever asks for an ad account by its ID learns no more than the answer."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Notification
from accounts.permissions import Preset
from accounts.queries import membership_of
from adaccounts.models import AdAccount, LinkRequest
from adaccounts.permissions import Level, preset_access
from adaccounts.services import add_person, decide_link, remove_person, request_link, withdraw_link
from tests.factories.accounts import Cast, make_person
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co


@pytest.fixture
def secret(cast: Cast, business_center: BusinessCenter, at: datetime) -> AdAccount:
    return make_ad_account(business_center, cast.ben, at, name="Secret launch")


@pytest.mark.parametrize("end", ["declined", "withdrawn", "waiting"])
def test_without_access_the_account_has_no_name(
    cast: Cast, secret: AdAccount, at: datetime, client_of: Callable[..., Client], end: str
) -> None:
    browser, base = client_of(cast.carl), f"/bc/{carl_and_co().pk}/"
    sent = {"ad_account_id": str(secret.pk), "level": "admin"}
    pages = [browser.post(f"{base}ad-accounts/link/", sent, follow=True).content.decode()]
    asked = LinkRequest.objects.get()
    if end == "declined":
        decide_link(request=asked, approve=False, level=Level.ADMIN, actor=cast.ben, at=at)
    elif end == "withdrawn":
        withdraw_link(request=asked, actor=cast.carl, at=at)

    pages += [
        browser.get(page).content.decode()
        for page in (f"{base}activity/", f"{base}ad-accounts/link-requests/", "/notifications/")
    ]

    assert not any("Secret launch" in page for page in pages)
    assert str(secret.pk) in pages[1]
    owner = ActivityEntry.objects.filter(business_center=secret.business_center)
    assert owner.filter(action="request_link", label="Secret launch").exists()


def test_who_asked_and_has_left_is_not_told_the_answer(
    cast: Cast, secret: AdAccount, at: datetime
) -> None:
    cora = make_person("Cora", "cora@carlandco.example")
    add_person(
        business_center=carl_and_co(), email=cora.email, access=preset_access(Preset.ADMIN),
        actor=cast.carl, at=at,
    )  # fmt: skip
    asked = request_link(
        business_center=carl_and_co(), ad_account_id=secret.pk, level=Level.ANALYST, note="",
        actor=cora, at=at,
    )  # fmt: skip
    member = membership_of(cora, carl_and_co())
    assert member is not None
    remove_person(membership=member, actor=cast.carl, at=at)

    decide_link(request=asked, approve=True, level=Level.ANALYST, actor=cast.ben, at=at)

    told = Notification.objects.filter(key=f"link_decided:{asked.pk}")
    assert [row.user for row in told] == [cast.carl]
