"""What people are told who may not: who can let them in, or that somebody removed them."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts import queries
from accounts.models import BusinessCenter, User
from accounts.permissions import BusinessPermission


class PermissionNeeded(PermissionDenied):
    """Says which permission is missing and who can grant it; a page of its own shows that.

    `permission` and the ids say what the person may ask an Admin for; without them they cannot.
    `remedy` says what to do where it is not to ask one of the `granters` for the permission.
    """

    def __init__(
        self,
        *,
        needed: str,
        place: str,
        granters: list[str],
        permission: str = "",
        business_center_id: int | None = None,
        ad_account_id: int | None = None,
        asset_id: int | None = None,
        remedy: str = "",
    ) -> None:
        self.needed, self.place = needed, place
        self.permission = permission
        self.business_center_id, self.ad_account_id = business_center_id, ad_account_id
        self.asset_id = asset_id
        who = " or ".join(granters[:3]) or "an Admin"
        remedy = remedy or f"Ask {who} to give it to you."
        super().__init__(f"You need the permission “{needed}” in {place}. {remedy}")


class AccessRemoved(PermissionDenied):
    """For people who could enter until somebody removed them; strangers are answered 404."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(f"Your access to {place} was removed.")


def removed_or_unknown(
    user: User,
    *,
    business_center_id: int,
    ad_account_id: int | None = None,
    existing_since: datetime | None = None,
) -> Http404 | AccessRemoved:
    """What to answer somebody who may not know the place: that it is gone, if they were in it.

    For an ad account `business_center_id` is its owner.
    """
    place = queries.removed_from(
        user,
        business_center_id=business_center_id,
        ad_account_id=ad_account_id,
        existing_since=existing_since,
    )
    return Http404() if place is None else AccessRemoved(place)


def business_permission_needed(
    business_center: BusinessCenter, permission: BusinessPermission, *, may_ask: bool = True
) -> PermissionNeeded:
    """`may_ask` is for members; people of partners are not given such permissions."""
    return PermissionNeeded(
        needed=permission.label,
        place=business_center.name,
        granters=[str(person) for person in queries.admins_of(business_center)],
        permission=permission.value if may_ask else "",
        business_center_id=business_center.pk,
    )
