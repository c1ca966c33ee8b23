"""Asking for a permission: whoever may grant it is told."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import BusinessCenter, Topic, User
from accounts.permissions import permissions_of
from accounts.queries import admins_of, membership_of
from accounts.services import notify, record_activity
from adaccounts.models import AccessRequest, AdAccount, BusinessAsset
from adaccounts.permissions import AssetPermission, assets_visible_to, permissions_in
from adaccounts.queries import own_managers_of
from adaccounts.queries.asking import Wanted
from adaccounts.queries.sides import own_managers_of_asset
from bizcenter.lib.errors import DomainError

State = AccessRequest.State


class AlreadyAllowed(DomainError):
    code = "already_allowed"


@transaction.atomic
def ask_for_access(
    *,
    user: User,
    permission: Wanted,
    business_center: BusinessCenter,
    ad_account: AdAccount | None = None,
    asset: BusinessAsset | None = None,
    about: str = "",
    note: str = "",
    at: datetime,
) -> AccessRequest:
    """Those who can grant it know what the person wants to do; asking again changes nothing while
    the first request waits. Callers check that the person may know the place.

    Raises AlreadyAllowed.
    """
    wanted = {
        "business_center": business_center,
        "ad_account": ad_account,
        "asset": asset,
        "person": user,
        "permission": permission.value,
    }
    if _holds(user, permission, business_center, ad_account, asset):
        raise AlreadyAllowed("You have this permission already. Open the page again.")
    waiting = AccessRequest.objects.filter(**wanted, state=State.PENDING)
    if (found := waiting.first()) is not None:
        return found
    try:
        with transaction.atomic():
            asked = AccessRequest.objects.create(
                **wanted, about=about.strip()[:200], note=note.strip()[:300], asked_at=at
            )
    except IntegrityError:
        return waiting.get()
    _tell(asked, permission, at)
    return asked


def _tell(asked: AccessRequest, permission: Wanted, at: datetime) -> None:
    who = asked.person
    record_request(asked, "ask_for_access", f"{who} asked for “{permission.label}”", who, at)
    what = f" to: {asked.about}" if asked.about else ""
    notify(
        users=deciders_of(asked),
        key=f"access_request:{asked.pk}",
        topic=Topic.ACCESS,
        text=f"{who} asks for “{permission.label}” in {asked.place}{what}.",
        url=reverse("adaccounts:request_list", args=[asked.business_center_id]),
        at=at,
    )


def deciders_of(request: AccessRequest) -> list[User]:
    """The Admins of the Business Center, and for an ad account or asset also its own managers."""
    found = {person.pk: person for person in admins_of(request.business_center)}
    if request.ad_account is not None:
        found |= {person.pk: person for person in own_managers_of(request.ad_account)}
    if request.asset is not None:
        found |= {person.pk: person for person in own_managers_of_asset(request.asset)}
    found.pop(request.person_id, None)
    return list(found.values())


def _holds(
    user: User,
    permission: Wanted,
    business_center: BusinessCenter,
    ad_account: AdAccount | None,
    asset: BusinessAsset | None,
) -> bool:
    if ad_account is not None:
        return permission.value in permissions_in(user, ad_account.pk)
    if asset is not None:
        held = assets_visible_to(user, AssetPermission(permission.value))
        return held.filter(pk=asset.pk).exists()
    return permission in permissions_of(membership_of(user, business_center))


def record_request(
    row: AccessRequest, action: str, summary: str, actor: User, at: datetime
) -> None:
    record_activity(
        business_center=row.business_center,
        actor=actor,
        at=at,
        action=action,
        summary=summary,
        reference=f"access_request:{row.pk}",
        label=row.place,
        ad_account_id=row.ad_account_id,
        subject=row.person,
        after={"permission": row.permission, "about": row.about, "state": row.state},
    )
