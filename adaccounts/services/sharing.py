"""Sharing ad accounts and assets with another Business Center, and taking them back."""

from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, User
from accounts.queries import admins_of
from accounts.services import record_activity
from adaccounts.models import AccountShare, AdAccount, AdAccountUserObjectPermission, Partnership
from adaccounts.permissions import Level
from bizcenter.lib.errors import DomainError

from .grants import direct_level, place


class OwnBusinessCenter(DomainError):
    code = "own_business_center"


@transaction.atomic
def add_partner(
    *, business_center: BusinessCenter, partner: BusinessCenter, actor: User | None, at: datetime
) -> Partnership:
    """The other Business Center is a partner; adding it again changes nothing. Nothing is shared
    by that alone. Raises OwnBusinessCenter."""
    if business_center.pk == partner.pk:
        raise OwnBusinessCenter("This is your own Business Center's ID.", field="partner_id")
    found, is_new = Partnership.objects.get_or_create(
        business_center=business_center, partner=partner, defaults={"created_at": at}
    )
    if is_new:
        record_activity(
            business_center=business_center,
            actor=actor,
            at=at,
            action="add_partner",
            summary=f"Added the partner {partner.name}",
            reference=f"business_center:{partner.pk}",
            label=partner.name,
        )
    return found


@transaction.atomic
def share_account(
    *,
    ad_account: AdAccount,
    partner: BusinessCenter,
    level: Level,
    actor: User | None,
    at: datetime,
) -> AccountShare:
    """The partner's people may have the ad account up to this level, whatever was shared before:
    its Admins have it at once, and whoever had more is lowered in the same step.

    Raises OwnBusinessCenter.
    """
    partnership = add_partner(
        business_center=ad_account.business_center, partner=partner, actor=actor, at=at
    )
    share = AccountShare.objects.filter(partnership=partnership, ad_account=ad_account).first()
    before = Level(share.level) if share else None
    if share is None:
        share = AccountShare(partnership=partnership, ad_account=ad_account, created_at=at)
    share.level = level.value
    share.save()
    if before != level:
        _record(ad_account, partner, before, level, actor, at)
    for person in admins_of(partner) if before is None else ():
        place(ad_account=ad_account, user=person, level=level, actor=actor, at=at, through=partner)
    for person in _people_of(ad_account, partner):
        held = direct_level(ad_account, person, partner)
        if held is not None and held.rank > level.rank:
            place(
                ad_account=ad_account, user=person, level=level, actor=actor, at=at, through=partner
            )
    return share


def _people_of(ad_account: AdAccount, partner: BusinessCenter) -> list[User]:
    """Who has the ad account as a member of the partner."""
    grants = AdAccountUserObjectPermission.objects.filter(
        content_object=ad_account, through=partner
    )
    return list(User.objects.filter(pk__in=grants.values("user_id")).order_by("pk"))


def _record(
    ad_account: AdAccount,
    partner: BusinessCenter,
    before: Level | None,
    after: Level | None,
    actor: User | None,
    at: datetime,
) -> None:
    """In both logs: it matters to the owner and to the partner."""
    if after is None:
        said = f"Stopped sharing {ad_account.name} with {partner.name}"
    else:
        said = f"Shared {ad_account.name} with {partner.name} as {after.label}"
    for business_center in (ad_account.business_center, partner):
        record_activity(
            business_center=business_center,
            actor=actor,
            at=at,
            action="share_account" if after else "unshare_account",
            summary=said,
            reference=f"ad_account:{ad_account.pk}",
            label=ad_account.name,
            ad_account_id=ad_account.pk,
            before={"partner": partner.name, "level": before},
            after={"partner": partner.name, "level": after},
        )
