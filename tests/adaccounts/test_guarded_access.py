"""The database itself keeps grants within membership and shares, and an Admin in every Business
Center, whatever code asks for."""

from datetime import datetime

import pytest
from django.contrib.auth.models import Permission as PermissionRow

from accounts.models import BusinessCenter, User
from accounts.permissions import Preset
from accounts.queries import membership_of
from adaccounts import services
from adaccounts.models import AccountShare, AdAccount, AssetShare
from adaccounts.permissions import AssetRole, Level, Permission, preset_access
from tests.billing.guards import Statement, refused, run
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.sharing import carl_and_co, make_group, make_pixel, things_of_sharing

ACCOUNTS = "adaccounts_adaccountuserobjectpermission"
ASSETS = "adaccounts_businessassetuserobjectpermission"


def grant(
    table: str, thing: object, person: User, codename: str, through: BusinessCenter, **more: int
) -> Statement:
    values = {
        "content_object_id": thing.pk,
        "user_id": person.pk,
        "permission_id": PermissionRow.objects.get(codename=codename).pk,
        "through_id": through.pk,
        **more,
    }
    places = ", ".join(["%s"] * len(values))
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", [*values.values()]


def delete(table: str, **where: int) -> Statement:
    conditions = " AND ".join(f"{name} = %s" for name in where)
    return f"DELETE FROM {table} WHERE {conditions}", [*where.values()]


@pytest.fixture
def other(cast: Cast, business_center: BusinessCenter, at: datetime) -> AdAccount:
    """Northwind's, and shared with nobody."""
    return make_ad_account(business_center, cast.ben, at, "EUR")


def test_only_members_hold_grants(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    pixel = make_pixel(cast, business_center, at)

    refused(
        "granted_to_a_member",
        grant(ACCOUNTS, ad_account, cast.stranger, "view_reports", business_center),
    )
    refused(
        "asset_granted_to_a_member",
        grant(ASSETS, pixel, cast.stranger, "use_asset", business_center),
    )
    run(grant(ACCOUNTS, ad_account, cast.fay, "view_reports", business_center))


def test_a_membership_does_not_end_before_its_grants(
    cast: Cast, business_center: BusinessCenter
) -> None:
    mia = membership_of(cast.mia, business_center)
    leaves = delete("accounts_membership", id=mia.pk)

    refused("granted_to_a_member", leaves)
    run(leaves, delete(ACCOUNTS, user_id=cast.mia.pk))


def test_a_partners_people_hold_what_is_shared_and_up_to_its_level(
    cast: Cast, ad_account: AdAccount, other: AdAccount
) -> None:
    carls = carl_and_co()

    for account, codename in ((other, "view_reports"), (ad_account, "manage_account")):
        beyond = grant(ACCOUNTS, account, cast.carl, codename, carls)
        refused("grant_within_the_share", beyond)

    AccountShare.objects.filter(ad_account=ad_account).update(level=Level.ADMIN.value)
    run(grant(ACCOUNTS, ad_account, cast.carl, "manage_account", carls))


def test_a_share_stays_while_somebody_holds_something_by_it(
    cast: Cast, ad_account: AdAccount
) -> None:
    ends = delete("adaccounts_accountshare", ad_account_id=ad_account.pk)

    refused("share_outlives_its_grants", ends)
    run(ends, delete(ACCOUNTS, through_id=carl_and_co().pk))


def test_assets_of_a_partner_are_guarded_alike(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    pixel, carls = make_pixel(cast, business_center, at), carl_and_co()
    refused("asset_grant_within_the_share", grant(ASSETS, pixel, cast.carl, "use_asset", carls))

    services.share_asset(asset=pixel, partner=carls, role=AssetRole.USER, actor=None, at=at)
    refused("asset_grant_within_the_share", grant(ASSETS, pixel, cast.carl, "manage_asset", carls))
    ends = delete("adaccounts_assetshare", asset_id=pixel.pk)
    refused("asset_share_outlives_its_grants", ends)
    AssetShare.objects.filter(asset=pixel).update(role=AssetRole.MANAGER.value)
    run(grant(ASSETS, pixel, cast.carl, "manage_asset", carls))


def test_a_group_gives_grants_of_its_own_business_center_only(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime
) -> None:
    carls, ours = make_group(carl_and_co(), at), make_group(business_center, at)
    by = (ACCOUNTS, ad_account, cast.fay, "view_reports", business_center)

    refused("grant_by_own_group", grant(*by, group_id=carls.pk))
    run(grant(*by, group_id=ours.pk))


def test_a_business_center_keeps_an_admin(cast: Cast, business_center: BusinessCenter) -> None:
    ben = membership_of(cast.ben, business_center)
    grants = delete(ACCOUNTS, user_id=cast.ben.pk)
    demoted = ("UPDATE accounts_membership SET role = 'standard' WHERE id = %s", [ben.pk])
    promoted = "UPDATE accounts_membership SET role = 'admin' WHERE user_id = %s", [cast.mia.pk]

    refused("an_admin_is_left", demoted)
    refused("an_admin_is_left", grants, delete("accounts_membership", id=ben.pk))
    run(demoted, promoted)


def test_nobody_is_invited_as_an_admin_for_a_while(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    invitation = services.invite_person(
        business_center=business_center, email="ada@northwind.example",
        access=preset_access(Preset.ADMIN), actor=cast.ben, at=at,
    )  # fmt: skip
    ends = "UPDATE accounts_invitation SET access_ends_at = %s WHERE id = %s"

    refused("admins_are_invited_for_good", (ends, [at, invitation.pk]))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("accounts_invitation SET state = 'revoked'", "settled_invitations_say_when"),
        ("adaccounts_linkrequest SET state = 'declined'", "answered_links_say_when"),
        ("adaccounts_accessrequest SET state = 'approved'", "answered_requests_say_when"),
        ("adaccounts_adaccount SET status = 'in_review'", "reviews_and_only_they_are_due"),
    ],
)
def test_nothing_is_settled_without_its_time(
    cast: Cast, business_center: BusinessCenter, ad_account: AdAccount, at: datetime,
    change: str, constraint: str,
) -> None:  # fmt: skip
    things_of_sharing(cast, business_center, at)
    services.invite_person(
        business_center=business_center, email="ida@northwind.example",
        access=preset_access(Preset.ANALYST, [ad_account]), actor=cast.ben, at=at,
    )  # fmt: skip
    services.ask_for_access(
        user=cast.ana, permission=Permission.MANAGE_CAMPAIGNS, business_center=business_center,
        ad_account=ad_account, at=at,
    )  # fmt: skip

    refused(constraint, (f"UPDATE {change}", []))
