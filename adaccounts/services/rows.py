"""What the verbs of one ad account have in common: its row as it is now, what may stand in it, and
its entry in the log."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from accounts.models import ActivityEntry, User
from accounts.services import record_activity
from adaccounts.models import AdAccount

_ADDRESSES = ("website", "default_landing_page")


def locked(ad_account: AdAccount) -> AdAccount:
    """The ad account as it is now, which nobody else changes until the transaction ends."""
    rows = AdAccount.objects.select_related("business_center")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=ad_account.pk)


def first_mistake(row: AdAccount, fields: Collection[str]) -> tuple[str, str] | None:
    """(what is wrong, with which field) by the model's own rules; None when all is in order."""
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - {*fields})
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        return messages[0], field
    for field in _ADDRESSES:
        typed = getattr(row, field) if field in fields else ""
        if typed and urlsplit(typed).scheme not in ("http", "https"):
            return "Enter a web address that starts with https://.", field
    return None


def record(
    row: AdAccount,
    action: str,
    summary: str,
    actor: User | None,
    at: datetime,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> ActivityEntry:
    """The log of the owner has an entry about the ad account."""
    return record_activity(
        business_center=row.business_center,
        actor=actor,
        at=at,
        action=action,
        summary=summary,
        reference=f"ad_account:{row.pk}",
        label=row.name,
        ad_account_id=row.pk,
        before=before,
        after=after,
    )
