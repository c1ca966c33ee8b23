"""Letting access be that nobody uses."""

from datetime import datetime

from django.db import transaction

from accounts.models import Membership, User

from .activity import record_activity
from .members import locked_member


@transaction.atomic
def keep_unused_access(*, membership: Membership, actor: User | None, at: datetime) -> None:
    """An Admin has seen that the access is not used, and lets it be for now. Raises NotAMember."""
    row = locked_member(membership)
    row.kept_at = at
    row.save(update_fields=["kept_at"])
    record_activity(
        business_center=row.business_center,
        actor=actor,
        at=at,
        action="keep_unused_access",
        summary=f"Kept {row.user}, whose access is not used",
        reference=f"user:{row.user_id}",
        label=str(row.user),
        subject=row.user,
    )
