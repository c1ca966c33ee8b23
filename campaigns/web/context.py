"""How fresh the figures of a page are; every page of an ad account or Business Center says so.

At most one query, and none for a fragment or a page whose view has told `as_of` itself.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.http import HttpRequest

from accounts.models import BusinessCenter
from adaccounts.models import AdAccount
from bizcenter.lib.places import utc_offset_minutes
from campaigns.queries import totals

# Of an address that names a Business Center, or something of one that is not an ad account.
_OF_BUSINESS = {"business_center_id", "asset_id"}


def freshness(request: HttpRequest) -> dict[str, Any]:
    """`as_of` is up to when delivery is complete, None before the first hour; `as_of_clock` the
    ad account on whose clock that is shown, or one on the clock of the Business Center. None on
    pages of neither."""
    account: AdAccount | None = getattr(request, "ad_account", None)
    place = getattr(request, "resolver_match", None)
    named = place is not None and _OF_BUSINESS & place.kwargs.keys()
    business: BusinessCenter | None = getattr(request, "business_center", None) if named else None

    @cache
    def as_of() -> datetime | None:
        if account is not None:
            return totals.data_as_of(ad_account=account)
        return totals.data_of_business_as_of(business) if business is not None else None

    return {"as_of": as_of, "as_of_clock": account or (business and _clock_of(business))}


def _clock_of(business: BusinessCenter) -> AdAccount:
    zone = business.timezone
    return AdAccount(timezone=zone, utc_offset_minutes=utc_offset_minutes(zone))
