"""Whether a day of the ad account may bill more than its daily budgets: a trainer's switch."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts.models import Topic, User
from accounts.services import notify
from adaccounts.models import AdAccount
from adaccounts.queries import own_managers_of
from bizcenter.lib import locks

from .rows import locked, record


@transaction.atomic
def set_over_delivery(
    *, ad_account: AdAccount, is_on: bool, actor: User | None, at: datetime
) -> AdAccount:
    """Hours that begin at `at` or later may (or may not) go above the daily budgets; the log and
    the account's own Admins know. Nothing changes where it was so already."""
    # Also keeps the account's delivery waiting: an hour is delivered before the change or after.
    locks.hold(ad_account.pk)
    row = locked(ad_account)
    if row.over_delivery == is_on:
        return row
    row.over_delivery, row.over_delivery_changed_at = is_on, at
    row.save(update_fields=["over_delivery", "over_delivery_changed_at"])
    may = "may go up to 25 % above their budget" if is_on else "never go above their budget"
    said = f"Over-delivery of {row.name} was switched {'on' if is_on else 'off'}: days {may}."
    entry = record(
        row, "set_over_delivery", said, actor, at,
        before={"over_delivery": not is_on}, after={"over_delivery": is_on},
    )  # fmt: skip
    notify(
        users=own_managers_of(row),
        key=f"over_delivery:{entry.pk}",
        topic=Topic.BUSINESS,
        text=said,
        at=at,
        url=reverse("reporting:account_overview", args=[row.pk]),
    )
    return row
