"""Assets shared with another Business Center, and the end of a partnership."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import BusinessCenter, Topic, User
from accounts.queries import admins_of
from accounts.services import notify, record_activity
from accounts.services.acting import check_still_admin
from accounts.services.members import lock_members
from adaccounts.models import (
    AccountShare,
    AssetShare,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
    InvitedAsset,
    Partnership,
)
from adaccounts.permissions import AssetRole
from bizcenter.lib.errors import DomainError

from .asset_grants import place_asset
from .sharing import NotShared, add_partner, end_shares
from .telling import news_of_share, tell_of_share


class NotAPartner(DomainError):
    code = "not_a_partner"


@transaction.atomic
def share_asset(
    *,
    asset: BusinessAsset,
    partner: BusinessCenter,
    role: AssetRole,
    actor: User | None,
    at: datetime,
) -> AssetShare:
    """The partner's people may have the asset up to this role, whatever was shared before: its
    Admins have it at once, also where it is raised, and whoever had or was promised more is
    lowered in the same step. They hear of it. Raises OwnBusinessCenter and NotAdminAnyMore."""
    # As in `share_account`.
    lock_members(partner)
    check_still_admin(asset.business_center, actor)
    partnership = add_partner(
        business_center=asset.business_center, partner=partner, actor=actor, at=at
    )
    share, is_new = AssetShare.objects.select_for_update(of=("self",)).get_or_create(
        partnership=partnership, asset=asset, defaults={"role": role.value, "created_at": at}
    )
    if not is_new and share.role == role:
        return share
    before = None if is_new else AssetRole(share.role)
    share.role = role.value
    share.save(update_fields=["role"])
    is_lowered = before is not None and role.permissions < before.permissions
    for person in _people_of(asset, partner) if is_lowered else admins_of(partner):
        place_asset(asset=asset, user=person, role=role, actor=actor, at=at, through=partner)
    if is_lowered:
        _invited(asset, partner).update(role=role.value)
    said = f"Shared {asset.name} with {partner.name} as “{role.label}”"
    _record(asset, partner, said, before, role, actor, at)
    news = news_of_share(asset, partner, before, role)
    tell_of_share(partner, asset, news, before=before, after=role, actor=actor, at=at)
    return share


@transaction.atomic
def unshare_asset(
    *, asset: BusinessAsset, partner: BusinessCenter, actor: User | None, at: datetime
) -> None:
    """Nobody uses the asset as a member of the partner any more; the partner's Admins hear of it.
    Raises NotShared."""
    share = (
        AssetShare.objects.select_for_update(of=("self",))
        .filter(asset=asset, partnership__partner=partner)
        .first()
    )
    if share is None:
        raise NotShared(f"{asset.name} is not shared with {partner.name}.")
    before = AssetRole(share.role)
    _end(share, partner, actor, at)
    news = news_of_share(asset, partner, before, None)
    tell_of_share(partner, asset, news, before=before, after=None, actor=actor, at=at)


@transaction.atomic
def remove_partner(
    *, business_center: BusinessCenter, partner: BusinessCenter, actor: User | None, at: datetime
) -> None:
    """Nothing is shared with the other Business Center any more, and none of its people has
    anything by it, from their next request on. What it shares with us stays. Raises NotAPartner."""
    partnership = (
        Partnership.objects.select_for_update()
        .filter(business_center=business_center, partner=partner)
        .first()
    )
    if partnership is None:
        raise NotAPartner(f"{partner.name} is not a partner.")
    accounts = list(
        AccountShare.objects.filter(partnership=partnership).order_by("pk").select_for_update()
    )
    end_shares(accounts, partner=partner, actor=actor, at=at)
    assets = AssetShare.objects.filter(partnership=partnership).order_by("pk")
    locked = assets.select_related("asset__business_center").select_for_update(of=("self",))
    for share in locked:
        _end(share, partner, actor, at)
    partnership.delete()
    for center, other in ((business_center, partner), (partner, business_center)):
        record_activity(
            business_center=center,
            actor=actor,
            at=at,
            action="remove_partner",
            summary=f"{business_center.name} ended the partnership with {partner.name}",
            reference=f"business_center:{other.pk}",
            label=other.name,
            before={"ad_accounts": len(accounts)},
        )
    notify(
        users=admins_of(partner),
        # Once a day: adding and removing in turn would fill the mailboxes of strangers.
        key=f"partner_removed:{at:%Y-%m-%d}:{business_center.pk}:{partner.pk}",
        topic=Topic.ACCESS,
        text=f"{business_center.name} does not share anything with {partner.name} any more.",
        at=at,
    )


def _end(share: AssetShare, partner: BusinessCenter, actor: User | None, at: datetime) -> None:
    asset = share.asset
    for person in _people_of(asset, partner):
        place_asset(asset=asset, user=person, role=None, actor=actor, at=at, through=partner)
    _invited(asset, partner).delete()
    AssetShare.objects.filter(pk=share.pk).delete()
    said = f"Stopped sharing {asset.name} with {partner.name}"
    _record(asset, partner, said, AssetRole(share.role), None, actor, at)


def _people_of(asset: BusinessAsset, partner: BusinessCenter) -> list[User]:
    grants = BusinessAssetUserObjectPermission.objects.filter(content_object=asset, through=partner)
    return list(User.objects.filter(pk__in=grants.values("user_id")).order_by("pk"))


def _invited(asset: BusinessAsset, partner: BusinessCenter) -> QuerySet[InvitedAsset]:
    return InvitedAsset.objects.filter(asset=asset, invitation__business_center=partner)


def _record(
    asset: BusinessAsset,
    partner: BusinessCenter,
    said: str,
    before: AssetRole | None,
    after: AssetRole | None,
    actor: User | None,
    at: datetime,
) -> None:
    for business_center in (asset.business_center, partner):
        record_activity(
            business_center=business_center,
            actor=actor,
            at=at,
            action="share_asset" if after else "unshare_asset",
            summary=said,
            reference=f"{asset.kind}:{asset.pk}",
            label=asset.name,
            before={"partner": partner.name, "role": before},
            after={"partner": partner.name, "role": after},
        )
