"""Who changes who may enter an ad account or use an asset must still be in charge of it when their
turn comes: they may have waited for whoever takes just that from them."""

from accounts.models import BusinessCenter, User
from accounts.services.acting import is_admin_of
from adaccounts.models import (
    AdAccount,
    AdAccountUserObjectPermission,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
)
from adaccounts.permissions import AssetPermission, Permission
from bizcenter.lib.errors import DomainError


class NotInChargeAnyMore(DomainError):
    """Who manages the ad account's people or the asset has lost that while they waited."""

    code = "not_in_charge_any_more"
    api_code = 40001


def check_still_in_charge(
    thing: AdAccount | BusinessAsset, source: BusinessCenter, actor: User | None
) -> None:
    """Raises NotInChargeAnyMore unless the actor is an Admin of this side or of the owner, or
    manages the thing on either. What the system does has no actor."""
    sides = {source.pk, thing.business_center_id}
    if actor is None or is_admin_of(actor, *sides):
        return
    held = {"user": actor, "content_object": thing, "through__memberships__user": actor}
    if isinstance(thing, AdAccount):
        managing = AdAccountUserObjectPermission.objects.filter(
            **held, through__in=sides, permission__codename=Permission.MANAGE_ACCOUNT.value
        ).exists()
    else:
        managing = BusinessAssetUserObjectPermission.objects.filter(
            **held, through__in=sides, permission__codename=AssetPermission.MANAGE_ASSET.value
        ).exists()
    if not managing:
        raise NotInChargeAnyMore(f"You do not manage {thing.name} any more: ask somebody who does.")
