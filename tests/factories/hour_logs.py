"""What the engine noted in an hour, for tests that need a certain reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np

from adaccounts.models import AdAccount
from campaigns.delivery.log import pack
from campaigns.delivery.partitions import ensure_around
from campaigns.delivery.plan import LOG, Limit
from campaigns.models import Ad, HourLog

from .facts import empty

_USUAL = {
    "limit": Limit.NONE,
    "open": 1000,
    "auctions": 50_000,
    "win": 600,
    "target": 2_000_000,
    "price": 4_000,
    "tired": 1000,
    "learned": 1000,
    "shared": 1000,
}


def note_hours(ad_account: AdAccount, noted: Mapping[datetime, Mapping[Ad, Any]]) -> None:
    """The only logs are these: {slot: {ad: a Limit, or the fields that differ from the usual}}."""
    empty(HourLog)
    for slot, ads in noted.items():
        ensure_around(slot)
        log = np.zeros(len(ads), LOG)
        for place, (ad, told) in enumerate(ads.items()):
            fields = told if isinstance(told, dict) else {"limit": told}
            for name, value in (_USUAL | fields | {"ordinal": ad.ordinal}).items():
                log[name][place] = value
        HourLog.objects.create(ad_account_id=ad_account.pk, slot=slot, entries=pack(log))
