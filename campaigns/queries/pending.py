"""Switches that are requested and not yet processed: delivery is still as it was before them."""

from datetime import datetime
from typing import NamedTuple

from adaccounts.models import AdAccount

from ..models import SwitchEvent


class Pending(NamedTuple):
    """Until `until` the node delivers as `is_on` says, whatever its row says."""

    is_on: bool
    until: datetime


def pending_switches(*, ad_account: AdAccount, at: datetime) -> dict[int, Pending]:
    """By campaign, ad group and ad of the account, in one query; mostly none."""
    waiting = SwitchEvent.objects.filter(ad_account=ad_account, effective_at__gt=at)
    found: dict[int, Pending] = {}
    for event in waiting.order_by("effective_at", "pk"):
        found.setdefault(event.node_id, Pending(not event.is_on, event.effective_at))
    return found


def clock_time(moment: datetime, *, account: AdAccount, at: datetime) -> str:
    """Account-local time of day to the second, with the day where it is not today."""
    local = account.local(moment)
    is_today = account.day_of(moment) == account.day_of(at)
    return f"{local:%H:%M:%S}" if is_today else f"{local:%-d %b, %H:%M:%S}"
