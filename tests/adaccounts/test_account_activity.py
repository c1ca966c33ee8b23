"""Who manages an ad account reads what happened in it, and nothing of the rest."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client

from accounts.models import BusinessCenter
from accounts.services import record_activity
from adaccounts.models import AdAccount
from adaccounts.permissions import Level
from adaccounts.services import grant_access, share_account
from tests.factories.accounts import Cast


def write(center: BusinessCenter, cast: Cast, at: datetime, summary: str, account: int) -> None:
    record_activity(
        business_center=center, actor=cast.mia, at=at, action="x", summary=summary,
        reference="campaign:7", label="x", ad_account_id=account, ip_address="203.0.113.7",
    )  # fmt: skip


def test_only_this_ad_accounts_entries_are_shown_and_searched(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    at: datetime,
    client_of: Callable[..., Client],
) -> None:
    write(business_center, cast, at, "Stopped Autumn sale", ad_account.pk)
    write(business_center, cast, at, "Stopped elsewhere", 55)
    browser, address = client_of(cast.ben), f"/ad-accounts/{ad_account.pk}/activity/"

    page = browser.get(address).content.decode()
    found = browser.get(address, {"q": "autumn"}).context["page"]

    assert "Stopped Autumn sale" in page
    assert "203.0.113.7" in page
    assert "Stopped elsewhere" not in page
    assert [entry.summary for entry in found] == ["Stopped Autumn sale"]


def test_a_partner_who_manages_it_is_not_told_from_where_it_was_done(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    at: datetime,
    client_of: Callable[..., Client],
) -> None:
    write(business_center, cast, at, "Stopped Autumn sale", ad_account.pk)
    partner = BusinessCenter.objects.get(name="Carl & Co")
    for_all = {"ad_account": ad_account, "level": Level.ADMIN, "actor": cast.ben, "at": at}
    share_account(partner=partner, **for_all)
    grant_access(user=cast.carl, through=partner, **for_all)

    page = client_of(cast.carl).get(f"/ad-accounts/{ad_account.pk}/activity/").content.decode()

    assert "Stopped Autumn sale" in page
    assert "203.0.113.7" not in page
