"""Registering pixels and catalogs: who owns them, what they are called, which accounts use them."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, User
from accounts.queries import admins_of
from accounts.services import record_activity
from accounts.services.members import lock_members
from adaccounts.models import (
    AccessRequest,
    AdAccount,
    AssetLink,
    AssetShare,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
    InvitedAsset,
)
from adaccounts.permissions import AssetRole
from adaccounts.queries import accounts_within_reach
from bizcenter.lib.errors import DomainError

from .asset_grants import place_asset

Kind = BusinessAsset.Kind
MOST_ASSETS = 1000
# Twenty characters, as the live platform's codes have.
_LETTERS, _LENGTH = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 20


class InvalidAsset(DomainError):
    code = "invalid_asset"


@transaction.atomic
def create_asset(
    *, business_center: BusinessCenter, kind: str, name: str, actor: User | None, at: datetime
) -> BusinessAsset:
    """The pixel (with a code of its own) or catalog exists; its creator and the Business Center's
    Admins manage it. Raises InvalidAsset."""
    if kind not in Kind.values:
        raise InvalidAsset("Choose a pixel or a catalog.", field="kind")
    _check_name(name)
    own = BusinessAsset.objects.filter(business_center=business_center, removed_at=None, kind=kind)
    if own.count() >= MOST_ASSETS:
        raise InvalidAsset(f"A Business Center has at most {MOST_ASSETS} of a kind.")
    asset = BusinessAsset.objects.create(
        business_center=business_center,
        kind=kind,
        name=name.strip(),
        code=_new_code() if kind == Kind.PIXEL else None,
        created_at=at,
    )
    _record(asset, "create_asset", f"Created the {_kind(asset)} {asset.name}", actor, at)
    lock_members(business_center)
    managers = {person.pk: person for person in admins_of(business_center)}
    if actor is not None:
        managers[actor.pk] = actor
    for person in managers.values():
        place_asset(asset=asset, user=person, role=AssetRole.MANAGER, actor=actor, at=at)
    return asset


@transaction.atomic
def rename_asset(
    *, asset: BusinessAsset, name: str, actor: User | None, at: datetime
) -> BusinessAsset:
    """The asset has this name. Raises InvalidAsset, also for a removed one."""
    row = _locked(asset)
    _check_name(name)
    before, row.name = row.name, name.strip()
    if row.name != before:
        row.save(update_fields=["name"])
        said = f"Renamed the {_kind(row)} {before} to {row.name}"
        _record(row, "rename_asset", said, actor, at, {"name": before}, {"name": row.name})
    return row


@transaction.atomic
def remove_asset(*, asset: BusinessAsset, actor: User | None, at: datetime) -> None:
    """Nobody can use the asset any more, here or at partners; its ad accounts are unlinked, what
    people asked for on it is declined, and its code is not given again.

    Raises InvalidAsset when it is removed already.
    """
    # Requests before the asset: who approves one locks them in this order too.
    AccessRequest.objects.filter(asset=asset, state=AccessRequest.State.PENDING).update(
        state=AccessRequest.State.DECLINED, decided_by=actor, decided_at=at
    )
    row = _locked(asset)
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    BusinessAssetUserObjectPermission.objects.filter(content_object=row).delete()
    for kind in (AssetShare, AssetLink, InvitedAsset):
        kind.objects.filter(asset=row).delete()
    _record(row, "remove_asset", f"Removed the {_kind(row)} {row.name}", actor, at)


@transaction.atomic
def link_asset(
    *, asset: BusinessAsset, ad_accounts: Collection[AdAccount], actor: User | None, at: datetime
) -> None:
    """The ads of exactly these ad accounts may use the asset.

    Raises InvalidAsset for accounts that are neither its owner's nor shared with its owner.
    """
    row = _locked(asset)
    wanted = {account.pk: account for account in ad_accounts}
    known = accounts_within_reach(row.business_center).filter(pk__in=wanted)
    if wanted.keys() - set(known.values_list("pk", flat=True)):
        raise InvalidAsset("Choose ad accounts of this Business Center.", field="ad_accounts")
    linked = AdAccount.objects.filter(asset_links__asset=row)
    before = {account.pk: account for account in linked}
    if before.keys() == wanted.keys():
        return
    AssetLink.objects.filter(asset=row).exclude(ad_account__in=wanted).delete()
    AssetLink.objects.bulk_create(
        [
            AssetLink(asset=row, ad_account=account, linked_at=at)
            for key, account in wanted.items()
            if key not in before
        ]
    )
    _record(
        row, "link_asset", f"Changed the ad accounts of the {_kind(row)} {row.name}", actor, at,
        {"ad_accounts": sorted(each.name for each in before.values())[:20]},
        {"ad_accounts": sorted(each.name for each in wanted.values())[:20]},
    )  # fmt: skip


def _locked(asset: BusinessAsset) -> BusinessAsset:
    rows = BusinessAsset.objects.select_related("business_center")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=asset.pk)
    if row.removed_at is not None:
        raise InvalidAsset(f"{row.name} was removed.")
    return row


def _new_code() -> str:
    """Ninety-six random bits: nobody meets a code twice, and the database would refuse."""
    return "C" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH - 1))


def _check_name(name: str) -> None:
    if not name.strip() or len(name.strip()) > 128:
        raise InvalidAsset("Give it a name of up to 128 characters.", field="name")


def _kind(asset: BusinessAsset) -> str:
    return asset.get_kind_display().lower()


def _record(
    asset: BusinessAsset,
    action: str,
    said: str,
    actor: User | None,
    at: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    record_activity(
        business_center=asset.business_center,
        actor=actor,
        at=at,
        action=action,
        summary=said,
        reference=f"{asset.kind}:{asset.pk}",
        label=asset.name,
        before=before,
        after=after,
    )
