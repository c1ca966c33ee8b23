"""Whoever loses a right at this moment does not use it any more, not even in a request that was let
in before and waited for its turn."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from unittest.mock import patch

import pytest

from accounts.models import BusinessCenter, Invitation, Membership, User
from accounts.permissions import Preset
from accounts.queries import membership_of
from accounts.services import NotAdminAnyMore, issue_access_token
from adaccounts import services
from adaccounts.api import members
from adaccounts.models import AdAccount, BusinessAssetUserObjectPermission
from adaccounts.permissions import AssetRole, Level, permissions_in, preset_access
from adaccounts.services import NotInChargeAnyMore, change_person, grant_access, remove_person
from adaccounts.services import accounts as opening
from adaccounts.services import assets as registering
from tests.api.conftest import Caller
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_group, make_pixel
from tests.races.money_threads import LOCKED, UNLOCKED, Meeting, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mia(cast: Cast, business_center: BusinessCenter, at: datetime) -> Membership:
    """Mia is Admin too."""
    return change_person(
        membership=membership_of(cast.mia, business_center),
        access=preset_access(Preset.ADMIN),
        actor=cast.ben,
        at=at,
    )


def role_of(person: User, business_center: BusinessCenter) -> str:
    found = membership_of(person, business_center)
    return "none" if found is None else found.role


@pytest.mark.parametrize("way", ["demoted", "removed"])
def test_an_admin_who_is_none_any_more_changes_nobody(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, mia: Membership,
    at: datetime, way: str,
) -> None:  # fmt: skip
    """What Mia had sent before is carried out after Ben's change, for which it waited."""
    fay = membership_of(cast.fay, business_center)
    of_ben: dict[str, Any] = {"actor": cast.ben, "at": at}
    if way == "demoted":
        change_person(membership=mia, access=preset_access(Preset.FINANCE), **of_ben)
    else:
        remove_person(membership=mia, **of_ben)
    of_mia: dict[str, Any] = {"actor": cast.mia, "at": at}
    admin = preset_access(Preset.ADMIN)
    late: list[Callable[[], object]] = [
        lambda: change_person(membership=fay, access=admin, **of_mia),
        lambda: remove_person(membership=fay, **of_mia),
        lambda: services.invite_person(
            business_center=business_center, email="mia@home.example", access=admin, **of_mia
        ),
    ]
    late.append(lambda: make_group(business_center, at, actor=cast.mia))
    late.append(
        lambda: services.share_account(
            ad_account=ad_account, partner=carl_and_co(), level=Level.ADMIN, **of_mia
        )
    )
    if way == "demoted":
        late.append(lambda: change_person(membership=mia, access=admin, **of_mia))

    for change in late:
        with pytest.raises(NotAdminAnyMore, match="You are no Admin of Northwind any more"):
            change()

    assert role_of(cast.mia, business_center) == ("standard" if way == "demoted" else "none")
    assert role_of(cast.fay, business_center) == "standard"
    assert not Invitation.objects.exists()


def test_who_does_not_manage_an_ad_account_any_more_gives_nobody_a_level(
    cast: Cast, ad_account: AdAccount, at: datetime
) -> None:
    account: dict[str, Any] = {"ad_account": ad_account, "at": at}
    grant_access(user=cast.mia, level=Level.ADMIN, actor=cast.ben, **account)
    grant_access(user=cast.mia, level=Level.ANALYST, actor=cast.ben, **account)

    for change in (
        lambda: grant_access(user=cast.mia, level=Level.ADMIN, actor=cast.mia, **account),
        lambda: services.revoke_access(user=cast.ana, actor=cast.mia, **account),
    ):
        with pytest.raises(NotInChargeAnyMore, match="You do not manage Northwind USD any more"):
            change()

    assert permissions_in(cast.mia, ad_account.pk) == {"view_reports"}
    assert permissions_in(cast.ana, ad_account.pk) == {"view_reports"}


def test_who_does_not_manage_an_asset_any_more_gives_and_takes_no_role(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    pixel: dict[str, Any] = {"asset": make_pixel(cast, business_center, at), "at": at}
    services.grant_asset(user=cast.mia, role=AssetRole.MANAGER, actor=cast.ben, **pixel)
    services.grant_asset(user=cast.mia, role=AssetRole.USER, actor=cast.ben, **pixel)

    with pytest.raises(NotInChargeAnyMore, match="You do not manage Shop pixel any more"):
        services.grant_asset(user=cast.mia, role=AssetRole.MANAGER, actor=cast.mia, **pixel)
    with pytest.raises(NotInChargeAnyMore):
        services.revoke_asset(user=cast.mia, actor=cast.mia, **pixel)

    held = BusinessAssetUserObjectPermission.objects.filter(user=cast.mia)
    assert [row.permission.codename for row in held] == ["use_asset"]


def test_a_changed_finance_role_does_not_undo_a_demotion(
    cast: Cast, business_center: BusinessCenter, mia: Membership, at: datetime
) -> None:
    """The call that sends the finance role alone has read the role and waits; the demotion may not
    get past it."""
    ben = Caller(issue_access_token(user=cast.ben, at=at))
    has_read, is_done = Meeting(UNLOCKED), Meeting(LOCKED)
    change = members.change_person

    def late(**wanted: Any) -> object:
        has_read.wait()
        is_done.wait()
        return change(**wanted)

    def demote() -> None:
        has_read.wait()
        change_person(membership=mia, access=preset_access(Preset.FINANCE), actor=cast.ben, at=at)
        is_done.wait()

    sent = {
        "bc_id": str(business_center.pk),
        "user_id": str(cast.mia.pk),
        "ext_user_role": {"finance_role": "ANALYST"},
    }
    with patch.object(members, "change_person", late):
        answer, _ = at_once(lambda: ben.post("bc/member/update/", **sent), demote)

    assert answer["code"] == 0
    assert role_of(cast.mia, business_center) == "standard"


@pytest.mark.parametrize("thing", ["ad account", "pixel"])
def test_who_is_demoted_while_something_is_made_does_not_manage_it(
    cast: Cast, business_center: BusinessCenter, mia: Membership, at: datetime, thing: str
) -> None:
    """Whoever makes it has seen that Mia is Admin, and waits; the demotion may not get past."""
    meeting = Meeting(LOCKED)
    room = opening if thing == "ad account" else registering
    admins = room.admins_of

    def late(center: BusinessCenter) -> object:
        found = list(admins(center))
        meeting.wait()
        return found

    def make() -> None:
        if thing == "ad account":
            make_ad_account(business_center, cast.ben, at, name="New")
        else:
            services.create_asset(
                business_center=business_center, kind="pixel", name="New", actor=cast.ben, at=at
            )

    def demote() -> None:
        change_person(membership=mia, access=preset_access(Preset.FINANCE), actor=cast.ben, at=at)
        meeting.wait()

    with patch.object(room, "admins_of", late):
        assert at_once(make, demote) == [None, None]

    new = AdAccount.objects.filter(name="New").first()
    assert new is None or not permissions_in(cast.mia, new.pk)
    assert not BusinessAssetUserObjectPermission.objects.filter(user=cast.mia).exists()
