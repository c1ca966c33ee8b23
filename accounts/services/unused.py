"""Access that is not used, and that an Admin lets be."""

from datetime import datetime

from django.db import transaction

from accounts.models import Membership, User

from .activity import record_activity


@transaction.atomic
def keep_unused_access(*, membership: Membership, actor: User | None, at: datetime) -> None:
    """An Admin has seen that the access is not used, and lets it be for now."""
    Membership.objects.filter(pk=membership.pk).update(kept_at=at)
    record_activity(
        business_center=membership.business_center,
        actor=actor,
        at=at,
        action="keep_unused_access",
        summary=f"Kept {membership.user}, whose access is not used",
        reference=f"user:{membership.user_id}",
        label=str(membership.user),
        subject=membership.user,
    )
