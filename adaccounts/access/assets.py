"""The door of a pixel's or catalog's pages and calls."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase

from accounts.access import (
    AccessRemoved,
    PermissionNeeded,
    UserRequest,
    View,
    nav_permissions_of,
    note_presence,
    signed_in,
)
from accounts.models import BusinessCenter, Membership, User
from adaccounts.models import BusinessAsset
from adaccounts.permissions import AssetPermission
from adaccounts.queries.sides import own_managers_of_asset

from .deciding import AssetDecision, decide_asset


class AssetRequest(UserRequest):
    """A request that came in by `asset_required`.

    `side` is the Business Center as whose member the person manages the asset, else uses it: the
    owner if possible, else a partner.
    """

    asset: BusinessAsset
    asset_permissions: set[str]
    side: BusinessCenter
    business_center: BusinessCenter
    membership: Membership | None
    nav_permissions: set[str]


def load_asset(user: User, asset_id: int, permission: AssetPermission) -> BusinessAsset:
    """The asset, for somebody who holds the permission on it.

    Raises Http404 for strangers, AccessRemoved for people whose access has just ended, and
    PermissionNeeded for people who may use it but not do this and for members of its owner to whom
    it is not assigned.
    """
    return _load(user, asset_id, permission)[0]


def _load(
    user: User, asset_id: int, permission: AssetPermission
) -> tuple[BusinessAsset, AssetDecision]:
    found = BusinessAsset.objects.select_related("business_center")
    asset = found.filter(pk=asset_id, removed_at__isnull=True).first()
    if asset is None:
        raise Http404
    decision = decide_asset(user, asset, permission)
    if decision.is_stranger:
        raise AccessRemoved(asset.name) if decision.has_ended else Http404
    if not decision.allowed:
        raise asset_permission_needed(asset, permission)
    for membership in {*decision.sides.values()}:
        note_presence(membership)
    return asset, decision


def asset_permission_needed(
    asset: BusinessAsset, permission: AssetPermission, *, may_ask: bool = True
) -> PermissionNeeded:
    """`may_ask` is for people whom the permission would help."""
    return PermissionNeeded(
        needed=permission.label,
        place=asset.name,
        granters=[str(person) for person in own_managers_of_asset(asset)],
        permission=permission.value if may_ask else "",
        business_center_id=asset.business_center_id,
        asset_id=asset.pk,
    )


def asset_required(permission: AssetPermission) -> Callable[[View], View]:
    """For paths with <asset_id>: the view finds what was loaded on its request."""

    def decorate(view: View) -> View:
        @signed_in
        @wraps(view)
        def wrapped(
            request: AssetRequest, *args: Any, asset_id: int, **kwargs: Any
        ) -> HttpResponseBase:
            asset, decision = _load(request.user, asset_id, permission)
            request.asset, request.asset_permissions = asset, set(decision.sides)
            managing = decision.sides.get(AssetPermission.MANAGE_ASSET)
            membership = managing or decision.sides[permission]
            request.membership = membership
            request.side = request.business_center = membership.business_center
            request.nav_permissions = nav_permissions_of(request.user, membership)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
