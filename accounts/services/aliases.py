"""What a Business Center calls its members, whatever they call themselves."""

from datetime import datetime

from django.db import transaction

from accounts.models import Membership, User
from bizcenter.lib.errors import DomainError

from .activity import record_activity

LONGEST = 250


class InvalidAlias(DomainError):
    code = "invalid_alias"


@transaction.atomic
def set_alias(
    *, membership: Membership, alias: str, actor: User | None, at: datetime
) -> Membership:
    """The Business Center shows the person under this name; without one, under their own.

    Raises InvalidAlias for a name that is too long.
    """
    if len(alias.strip()) > LONGEST:
        raise InvalidAlias(f"A name has at most {LONGEST} characters.", field="alias")
    rows = Membership.objects.select_related("user", "business_center")
    row = rows.select_for_update(of=("self",)).get(pk=membership.pk)
    before, row.alias = row.alias, alias.strip()
    if row.alias == before:
        return row
    row.save(update_fields=["alias"])
    record_activity(
        business_center=row.business_center,
        actor=actor,
        at=at,
        action="rename_member",
        summary=f"{row.user} is shown as {row.shown_name}",
        reference=f"user:{row.user_id}",
        label=str(row.user),
        subject=row.user,
        before={"name": before},
        after={"name": row.alias},
    )
    return row
