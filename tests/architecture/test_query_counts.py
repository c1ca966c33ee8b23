"""A list costs the same number of queries with 2 rows and with 25; the number is written down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.core.mail import send_mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import BusinessCenter, Membership, Topic, User
from accounts.permissions import BusinessPermission, Preset, Standing
from accounts.services import add_member, notify, record_activity
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import AssetPermission, Level, Permission, preset_access
from adaccounts.services import ask_for_access, grant_access, invite_person
from tests.factories.accounts import Cast, make_person
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import make_pixel

# Session and person (2), practice clock and unread count of the frame (2), of an ad account or
# Business Center how fresh its figures are (1), and what the page needs.
COUNTS = {
    "/bc/{bc}/users/": 17,
    "/bc/{bc}/users/requests/": 10,
    "/bc/{bc}/users/unused/": 11,
    "/bc/{bc}/users/check/": 10,
    "/bc/{bc}/ad-accounts/": 10,
    "/ad-accounts/": 9,
    "/ad-accounts/{account}/settings/": 9,
    "/bc/{bc}/activity/": 8,
    "/notifications/": 7,
    "/profile/activity/": 7,
    "/ad-accounts/{account}/activity/": 10,
    "/ad-accounts/switcher/": 7,
    "/security/": 8,
    "/bc/{bc}/settings/security/": 11,
    "/practice/mailbox/": 12,
}


@dataclass
class World:
    cast: Cast
    business_center: BusinessCenter
    ad_account: AdAccount
    pixel: BusinessAsset
    at: datetime

    def add_a_row_to_everything(self, number: int) -> None:
        person = make_person(f"Person {number}")
        for_all = {"actor": self.cast.ben, "at": self.at}
        add_member(
            business_center=self.business_center,
            user=person,
            standing=Standing(),
            **for_all,
        )
        grant_access(ad_account=self.ad_account, user=person, level=Level.ANALYST, **for_all)
        invite_person(
            business_center=self.business_center,
            email=f"invited{number}@x.example",
            access=preset_access(Preset.ANALYST, [self.ad_account]),
            **for_all,
        )
        asked = {"user": person, "business_center": self.business_center, "at": self.at}
        ask_for_access(permission=BusinessPermission.MANAGE_FINANCE, **asked)
        ask_for_access(permission=Permission.MANAGE_ACCOUNT, ad_account=self.ad_account, **asked)
        ask_for_access(permission=AssetPermission.USE_ASSET, asset=self.pixel, **asked)
        long_ago = self.at - timedelta(days=100)
        Membership.objects.filter(user=person).update(created_at=long_ago)
        make_ad_account(self.business_center, self.cast.ben, self.at, name=f"Account {number}")
        notify(users=[self.cast.ben], key=str(number), topic=Topic.STOP, text="…", at=self.at)
        send_mail(f"Mail {number}", "…", None, [self.cast.ben.email])
        record_activity(
            business_center=self.business_center,
            action="a",
            summary="s",
            reference="r:1",
            label="l",
            **for_all,
        )


@pytest.fixture
def world(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime, settings
) -> World:
    settings.EMAIL_BACKEND = "bizcenter.practice.mail.PracticeMailbox"
    pixel = make_pixel(cast, business_center, at)
    return World(cast, business_center, ad_account, pixel, at)


def test_lists_cost_the_same_however_long_they_are(
    world: World, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(world.cast.ben)

    def counted() -> dict[str, int]:
        found = {}
        for address in COUNTS:
            url = address.format(bc=world.business_center.pk, account=world.ad_account.pk)
            browser.get(url)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(url).status_code == 200
            found[address] = len(queries)
        return found

    world.add_a_row_to_everything(0)
    short = counted()
    for number in range(1, 26):
        world.add_a_row_to_everything(number)

    assert short == COUNTS
    assert counted() == short
