"""What is listed: filters on the rows, and on their status, which is computed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from adaccounts.models import AdAccount
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Flag, Ids, Parameters, Text, Texts, UtcTime
from bizcenter.lib.open_api.paging import page_of

from ..models import OperationStatus
from ..queries.causes import Primary
from ..queries.primary_codes import ALL, NOT_DELETED, PRIMARY_BY_CODE, PRIMARY_CODES
from ..queries.statuses import set_status

_OWN_AND_PARENTS = {
    "campaign": ("",),
    "ad_group": ("", "campaign__"),
    "ad": ("", "campaign__", "ad_group__"),
}


class NodeFilter(Parameters):
    """What the three levels can be filtered by alike."""

    primary_status = Text(required=False)
    secondary_status = Text(required=False)
    objective_type = Text(required=False)
    buying_types = Texts(required=False)
    campaign_system_origins = Texts(required=False)
    split_test_enabled = Flag(required=False)
    is_smart_performance_campaign = Flag(required=False)
    creation_filter_start_time = UtcTime(required=False)
    creation_filter_end_time = UtcTime(required=False)
    campaign_ids = Ids(required=False)


def own_filters(wanted: Mapping[str, Any], lookups: Mapping[str, str]) -> Q:
    """The conditions among `wanted` that a lookup is known for; plain or by JSON key in `extra`."""
    return Q(**{lookups[name]: value for name, value in wanted.items() if name in lookups})


def is_impossible(wanted: Mapping[str, Any]) -> bool:
    """Does the filter ask for a kind of campaign that is never made here?"""
    buying, origins = wanted.get("buying_types"), wanted.get("campaign_system_origins")
    return bool(
        (buying and "AUCTION" not in buying)
        or (origins and "TT_ADS_PLATFORM" not in origins)
        or wanted.get("split_test_enabled")
        or wanted.get("is_smart_performance_campaign")
    )


def listed(
    level: str,
    rows: QuerySet,
    params: Mapping[str, Any],
    *,
    account: AdAccount,
    at: datetime,
) -> tuple[list[Any], dict[str, int]]:
    """The wanted page of rows, each with its `.status`, and its page_info."""
    wanted = params.get("filtering", {})
    rows = rows.none() if is_impossible(wanted) else rows.order_by("-id")
    primary, secondary = _asked_for(level, wanted)
    if secondary == ALL or (not secondary and primary == ALL):
        return _paged(level, rows, params, account, at)
    if not secondary and primary == NOT_DELETED:
        for path in _OWN_AND_PARENTS[level]:
            rows = rows.exclude(**{f"{path}operation_status": OperationStatus.DELETE})
        return _paged(level, rows, params, account, at)
    # Only the computed status can tell, so all rows are looked at.
    everything = list(rows)
    set_status(level, everything, ad_account=account, at=at)
    return page_of([row for row in everything if _has(row, primary, secondary)], params)


def _paged(
    level: str, rows: QuerySet, params: Mapping[str, Any], account: AdAccount, at: datetime
) -> tuple[list[Any], dict[str, int]]:
    found, page_info = page_of(rows, params)
    set_status(level, found, ad_account=account, at=at)
    return found, page_info


def _asked_for(level: str, wanted: Mapping[str, Any]) -> tuple[str, str]:
    """(primary, secondary); secondary ones that mean all or not deleted become primary words.

    Clients send the default primary status along without being asked to, so it never narrows what
    the secondary status says.
    """
    primary, secondary = wanted.get("primary_status") or NOT_DELETED, wanted.get("secondary_status")
    if primary not in PRIMARY_CODES:
        raise ApiError(Code.PARAMETER, f"filtering.primary_status: {primary} is unknown.")
    if not secondary:
        return primary, ""
    if secondary.endswith("_STATUS_ALL"):
        return (ALL if primary == NOT_DELETED else primary), ""
    if secondary.endswith("_STATUS_NOT_DELETE"):
        return primary, ""
    return (ALL if primary == NOT_DELETED else primary), secondary


def _has(row: Any, primary: str, secondary: str) -> bool:
    if secondary and row.status.code != secondary:
        return False
    if primary == NOT_DELETED:
        return row.status.asked.primary != Primary.DELETED
    return primary == ALL or row.status.asked.primary == PRIMARY_BY_CODE.get(primary)
