"""Sharing ad accounts with another Business Center, and taking them back.

A share's row is locked before its people are looked at, here and where access is granted: nobody
can be given what is being taken away at the same moment.
"""

from datetime import datetime

from django.db import transaction

from accounts.models import BusinessCenter, User
from accounts.queries import admins_of
from accounts.services import record_activity
from accounts.services.acting import check_still_admin
from accounts.services.members import lock_members
from adaccounts.models import (
    AccountShare,
    AdAccount,
    AdAccountUserObjectPermission,
    AssetGroup,
    AssetLink,
    InvitedAccount,
    Partnership,
)
from adaccounts.permissions import Level
from adaccounts.queries.held import above_the_level
from bizcenter.lib.errors import DomainError

from .grants import place
from .materialising import materialise
from .taking import take_away
from .telling import news_of_share, tell_of_share


class OwnBusinessCenter(DomainError):
    code = "own_business_center"


class NotShared(DomainError):
    code = "not_shared"


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
    is_told: bool = False,
) -> AccountShare:
    """The partner's people may have the ad account up to this level, whatever was shared before:
    its Admins have it at once, also where it is raised, and whoever had more is lowered in the
    same step. They hear of it, unless it `is_told` otherwise.

    Raises OwnBusinessCenter and NotAdminAnyMore.
    """
    # Before the share, as where access is granted: nobody is given it while they are removed.
    lock_members(partner)
    check_still_admin(ad_account.business_center, actor)
    partnership = add_partner(
        business_center=ad_account.business_center, partner=partner, actor=actor, at=at
    )
    share, is_new = AccountShare.objects.select_for_update(of=("self",)).get_or_create(
        partnership=partnership,
        ad_account=ad_account,
        defaults={"level": level.value, "created_at": at},
    )
    before = None if is_new else Level(share.level)
    if before == level:
        return share
    share.level = level.value
    share.save(update_fields=["level"])
    said = f"Shared {ad_account.name} with {partner.name} as {level.label}"
    _record(ad_account, partner, said, before, level, actor, at)
    if not is_told:
        news = news_of_share(ad_account, partner, before, level)
        tell_of_share(partner, ad_account, news, before=before, after=level, actor=actor, at=at)
    for person in admins_of(partner) if before is None or before.rank < level.rank else ():
        place(ad_account=ad_account, user=person, level=level, actor=actor, at=at, through=partner)
    if before is not None:
        _follow(share, partner, actor, at)
    return share


@transaction.atomic
def unshare_account(
    *, ad_account: AdAccount, partner: BusinessCenter, actor: User | None, at: datetime
) -> None:
    """Nobody has the ad account as a member of the partner any more, from their next request on;
    the partner's Admins hear of it. Raises NotShared.
    """
    said = f"Stopped sharing {ad_account.name} with {partner.name}"
    before = _end(ad_account, partner, said, actor, at)
    news = news_of_share(ad_account, partner, before, None)
    tell_of_share(partner, ad_account, news, before=before, after=None, actor=actor, at=at)


@transaction.atomic
def give_up_account(
    *, ad_account: AdAccount, partner: BusinessCenter, actor: User | None, at: datetime
) -> None:
    """The same by the partner's own wish; the owner's Admins hear of it. Raises NotShared."""
    said = f"{partner.name} gave up {ad_account.name}"
    before = _end(ad_account, partner, said, actor, at)
    owner = ad_account.business_center
    tell_of_share(owner, ad_account, f"{said}.", before=before, after=None, actor=actor, at=at)


def _end(
    ad_account: AdAccount, partner: BusinessCenter, said: str, actor: User | None, at: datetime
) -> Level:
    """The level that it was shared at."""
    share = (
        AccountShare.objects.select_for_update(of=("self",))
        .filter(
            ad_account=ad_account,
            partnership__partner=partner,
            partnership__business_center_id=ad_account.business_center_id,
        )
        .first()
    )
    if share is None:
        raise NotShared(f"{ad_account.name} is not shared with {partner.name}.")
    end_shares([share], partner=partner, actor=actor, at=at)
    before = Level(share.level)
    _record(ad_account, partner, said, before, None, actor, at)
    return before


def end_shares(
    shares: list[AccountShare], *, partner: BusinessCenter, actor: User | None, at: datetime
) -> None:
    """The shares, which the caller has locked, are gone with everything that hung on them."""
    accounts = [share.ad_account_id for share in shares]
    AssetGroup.ad_accounts.through.objects.filter(
        assetgroup__business_center=partner, adaccount__in=accounts
    ).delete()
    InvitedAccount.objects.filter(
        invitation__business_center=partner, ad_account__in=accounts
    ).delete()
    AssetLink.objects.filter(asset__business_center=partner, ad_account__in=accounts).delete()
    grants = AdAccountUserObjectPermission.objects.filter(
        through=partner, content_object__in=accounts
    )
    take_away(grants, actor=actor, at=at)
    AccountShare.objects.filter(pk__in=[share.pk for share in shares]).delete()


def _follow(share: AccountShare, partner: BusinessCenter, actor: User | None, at: datetime) -> None:
    """People, groups and invitations of the partner hold no more than the new level."""
    account, level = share.ad_account, Level(share.level)
    for person in above_the_level(account, partner, level):
        place(ad_account=account, user=person, level=level, actor=actor, at=at, through=partner)
    for group in AssetGroup.objects.filter(business_center=partner, ad_accounts=account):
        materialise(group, actor=actor, at=at)
    higher = [each.value for each in Level if each.rank > level.rank]
    InvitedAccount.objects.filter(
        invitation__business_center=partner, ad_account=account, level__in=higher
    ).update(level=level.value)


def _record(
    ad_account: AdAccount,
    partner: BusinessCenter,
    said: str,
    before: Level | None,
    after: Level | None,
    actor: User | None,
    at: datetime,
) -> None:
    """In both logs: it matters to the owner and to the partner."""
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
