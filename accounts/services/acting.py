"""Who changes people must be allowed to when their turn comes, not only when they asked: they may
have waited for whoever takes just that right from them."""

from accounts.models import BusinessCenter, Membership, User
from bizcenter.lib.errors import DomainError


class NotAdminAnyMore(DomainError):
    code = "not_admin_any_more"
    api_code = 40001


def is_admin_of(actor: User, *business_center_ids: int) -> bool:
    admins = Membership.objects.filter(role=Membership.Role.ADMIN)
    return admins.filter(user=actor, business_center__in=business_center_ids).exists()


def check_still_admin(business_center: BusinessCenter, actor: User | None) -> None:
    """Raises NotAdminAnyMore for somebody who was; callers hold `lock_members`. What the system
    does has no actor."""
    if actor is not None and not is_admin_of(actor, business_center.pk):
        raise NotAdminAnyMore(
            f"You are no Admin of {business_center.name} any more: ask one to do this."
        )
