"""Who lost an ad account is told so at its door; nobody else learns that it exists."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Membership, User
from accounts.permissions import Preset
from accounts.queries import membership_of
from adaccounts.models import AdAccount
from adaccounts.permissions import AssetRole, Level, preset_access
from adaccounts.services import (
    add_person,
    create_asset_group,
    grant_asset,
    remove_partner,
    remove_person,
    unshare_account,
)
from tests.factories.accounts import Cast, make_person
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_pixel


@pytest.fixture
def door(client_of: Callable[..., Client]) -> Callable[..., tuple[int, str]]:
    def opened(person: User, account: AdAccount, page: str = "campaigns") -> tuple[int, str]:
        answer = client_of(person).get(f"/ad-accounts/{account.pk}/{page}/")
        return answer.status_code, answer.content.decode()

    return opened


def test_a_member_who_was_in_by_a_group_alone(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime, door
) -> None:
    member = membership_of(cast.fay, business_center)
    assert member is not None
    create_asset_group(
        business_center=business_center, name="All", ad_accounts=[ad_account],
        members={member: Level.ANALYST}, actor=cast.ben, at=at,
    )  # fmt: skip
    before = door(cast.fay, ad_account)[0]

    remove_person(membership=member, actor=cast.ben, at=at)

    status, page = door(cast.fay, ad_account)
    assert (before, status) == (200, 403)
    assert f"Your access to {ad_account.name} was removed." in page
    assert ActivityEntry.objects.filter(action="revoke_access", subject_id=cast.fay.pk).exists()


def test_a_finance_manager_who_was_in_its_money_alone(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime, door
) -> None:
    member = membership_of(cast.fay, business_center)
    assert member is not None

    remove_person(membership=member, actor=cast.ben, at=at)
    later = make_ad_account(business_center, cast.ben, at + timedelta(days=1), name="Secret plan")

    status, page = door(cast.fay, ad_account, "finance")
    assert status == 403
    assert f"Your access to {business_center.name} was removed." in page
    assert door(cast.fay, later)[0] == 404


@pytest.mark.parametrize("way", ["unshared", "partner removed", "left the partner"])
def test_people_of_a_partner(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime, door, way: str
) -> None:
    partner, colleague = carl_and_co(), make_person("Cora Colleague", "cora@carlandco.example")
    by_carl: dict[str, Any] = {"actor": cast.carl, "at": at}
    access = preset_access(Preset.ANALYST, [ad_account])
    member = add_person(business_center=partner, email=colleague.email, access=access, **by_carl)
    idle = make_person("Ida Idle", "ida@carlandco.example")
    nothing = preset_access(Preset.ANALYST)
    add_person(business_center=partner, email=idle.email, access=nothing, **by_carl)

    by_ben: dict[str, Any] = {"partner": partner, "actor": cast.ben, "at": at}
    if way == "unshared":
        unshare_account(ad_account=ad_account, **by_ben)
    elif way == "partner removed":
        remove_partner(business_center=business_center, **by_ben)
    else:
        remove_person(membership=member, **by_carl)

    assert door(colleague, ad_account)[0] == 403
    assert door(idle, ad_account)[0] == door(cast.stranger, ad_account)[0] == 404


def test_the_door_of_an_asset_and_the_access_checker_say_the_same(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    pixel = make_pixel(cast, business_center, at)
    grant_asset(asset=pixel, user=cast.mia, role=AssetRole.USER, actor=cast.ben, at=at)
    row = Membership.objects.filter(user=cast.mia, business_center=business_center)
    checker = f"/bc/{business_center.pk}/users/check/"
    sent: dict[str, Any] = {
        "person": cast.mia.pk,
        "thing": f"asset-{pixel.pk}",
        "what": "use_asset",
    }

    told = []
    for ends in (at + timedelta(seconds=1), at):
        row.update(access_ends_at=ends)
        opened = client_of(cast.mia).get(f"/assets/{pixel.pk}/").status_code
        answer = client_of(cast.ben).get(checker, sent).context["answer"]
        told.append((opened, answer.allowed, answer.rule))

    assert told[0][:2] == (200, True)
    assert told[1] == (403, False, "Mia Marketer's access ended as set.")
