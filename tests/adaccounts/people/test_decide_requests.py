"""Deciding what people ask for: by whom, how often, and what it gives."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from accounts.models import BusinessCenter, Membership, Notification
from accounts.permissions import BusinessPermission, Preset, permissions_of
from accounts.queries import membership_of
from adaccounts.models import AccessRequest, AccountShare, AdAccount
from adaccounts.permissions import Level, Permission, preset_access
from adaccounts.services import (
    OwnRequest,
    add_person,
    approve_request,
    ask_for_access,
    change_person,
    grant_access,
    remove_person,
)
from tests.factories.accounts import Cast, make_person

from .conftest import asked, held


def test_nobody_approves_their_own_request(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    at: datetime,
    ben: Client,
    users: str,
) -> None:
    mia = membership_of(cast.mia, business_center)
    change_person(membership=mia, access=preset_access(Preset.ADMIN), actor=cast.ben, at=at)
    grant_access(ad_account=ad_account, user=cast.ben, level=Level.ANALYST, actor=cast.mia, at=at)
    row = asked(cast.ben, ad_account, at)

    with pytest.raises(OwnRequest):
        approve_request(request=row, actor=cast.ben, at=at)
    ben.post(f"{users}requests/{row.pk}/", {"decision": "approve"})

    assert held(cast.ben, ad_account) == Level.ANALYST
    assert AccessRequest.objects.get().state == "pending"


def test_requests_of_another_business_center_cannot_be_decided(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: Callable[..., Client]
) -> None:
    row = asked(cast.ana, ad_account, at)
    carls = BusinessCenter.objects.get(name="Carl & Co").pk

    answer = client_of(cast.carl).post(
        f"/bc/{carls}/users/requests/{row.pk}/", {"decision": "approve"}
    )

    assert answer.status_code == 404
    assert held(cast.ana, ad_account) == Level.ANALYST


def test_an_account_manager_decides_for_that_account_only(
    cast: Cast,
    business_center: BusinessCenter,
    ad_account: AdAccount,
    at: datetime,
    users: str,
    client_of: Callable[..., Client],
) -> None:
    grant_access(ad_account=ad_account, user=cast.mia, level=Level.ADMIN, actor=cast.ben, at=at)
    row = asked(cast.ana, ad_account, at)
    finance = ask_for_access(
        user=cast.ana,
        permission=BusinessPermission.VIEW_FINANCE,
        business_center=business_center,
        at=at,
    )
    of_a_partner = ask_for_access(
        user=cast.carl,
        permission=Permission.MANAGE_ACCOUNT,
        business_center=business_center,
        ad_account=ad_account,
        at=at,
    )
    mia = client_of(cast.mia)

    answers = [
        mia.post(f"{users}requests/{each.pk}/", {"decision": "approve"}).status_code
        for each in (row, finance, of_a_partner)
    ]

    assert answers == [302, 404, 404]
    assert held(cast.ana, ad_account) == Level.OPERATOR


def test_a_second_decision_says_who_decided_first(
    cast: Cast, ana: Client, ben: Client, users: str, ad_account: AdAccount, at: datetime
) -> None:
    row = asked(cast.ana, ad_account, at)
    url = f"{users}requests/{row.pk}/"

    ben.post(url, {"decision": "decline", "note": "Ask Mia to do it"})
    late = ben.post(url, {"decision": "approve"}, follow=True).content.decode()

    assert "Ben Admin declined this request already" in late
    assert held(cast.ana, ad_account) == Level.ANALYST
    assert "Ask Mia to do it" in Notification.objects.get(user=cast.ana).text


def test_approving_gives_the_least_that_contains_it(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    row = ask_for_access(
        user=cast.ana,
        permission=BusinessPermission.VIEW_FINANCE,
        business_center=business_center,
        at=at,
    )

    approve_request(request=row, actor=cast.ben, at=at)

    member = membership_of(cast.ana, business_center)
    assert permissions_of(member) == {BusinessPermission.VIEW_FINANCE}


def test_a_request_that_makes_somebody_admin_needs_a_tick(
    cast: Cast, ben: Client, users: str, business_center: BusinessCenter, at: datetime
) -> None:
    row = ask_for_access(
        user=cast.mia,
        permission=BusinessPermission.MANAGE_MEMBERS,
        business_center=business_center,
        at=at,
    )
    url = f"{users}requests/{row.pk}/"

    without = ben.post(url, {"decision": "approve"}).status_code
    before = membership_of(cast.mia, business_center).role
    ben.post(url, {"decision": "approve", "confirm": "1"})

    assert (without, before) == (422, "standard")
    assert membership_of(cast.mia, business_center).role == "admin"


def test_a_partners_person_gets_a_raised_share_and_the_grant(
    cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    center = BusinessCenter.objects.get(name="Carl & Co")
    dora = make_person("Dora", "dora@carlandco.example")
    access = preset_access(Preset.ANALYST, [ad_account])
    add_person(business_center=center, email=dora.email, access=access, actor=cast.carl, at=at)
    AccountShare.objects.update(level="analyst")
    row = asked(dora, ad_account, at)

    approve_request(request=row, actor=cast.ben, at=at)

    assert AccountShare.objects.get().level == "operator"
    assert held(dora, ad_account) == Level.OPERATOR


def test_what_a_removed_person_asked_for_is_declined_with_that(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    asked(cast.ana, ad_account, at)
    ana = Membership.objects.get(user=cast.ana)

    remove_person(membership=ana, actor=cast.ben, at=at)

    assert AccessRequest.objects.get().state == "declined"
