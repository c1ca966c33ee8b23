"""/changelog/get/: the activity log of a Business Center in the wire's words."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from rest_framework import serializers

from accounts.access import load_membership
from accounts.models import ActivityEntry, Membership
from accounts.permissions import BusinessPermission
from accounts.queries import ActivityType, activity_of, activity_type, of_activity_type
from bizcenter.clock import queries as clock
from bizcenter.lib.open_api.endpoint import Query
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.errors import no_permission_to_operate
from bizcenter.lib.open_api.fields import Choice, Id, Parameters, wire_time
from bizcenter.lib.open_api.paging import Paged, page_of, page_size

ALL = "ALL"
USUAL_SPAN = timedelta(days=7)


class ChangelogFilter(Parameters):
    start_date = serializers.DateField(required=False)
    end_date = serializers.DateField(required=False)
    activity_type = Choice((ALL, *ActivityType), default=ALL)


class ChangelogParameters(Paged):
    bc_id = Id()
    filtering = ChangelogFilter(default=dict)
    sort_field = Choice(("operation_time",), default="operation_time")
    sort_type = Choice(("ASC", "DESC"), default="DESC")
    page_size = page_size(50)


class ChangelogGet(Query):
    """Entries are in English, whatever `lang` asks for."""

    parameters = ChangelogParameters
    membership: Membership

    def enter(self, params: dict[str, Any]) -> None:
        with no_permission_to_operate(f"Business Center {params['bc_id']}"):
            self.membership = load_membership(
                self.user, params["bc_id"], BusinessPermission.VIEW_ACTIVITY
            )

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        wanted = params["filtering"]
        first, last = span(wanted, clock.now())
        found = activity_of(self.membership.business_center).filter(at__range=(first, last))
        if (kind := wanted.get("activity_type", ALL)) != ALL:
            found = of_activity_type(found, ActivityType(kind))
        order = ("at", "id") if params["sort_type"] == "ASC" else ("-at", "-id")
        rows, page_info = page_of(found.order_by(*order), params)
        return {"changelog_list": [entry_row(each) for each in rows], "page_info": page_info}


def span(wanted: Mapping[str, Any], now: datetime) -> tuple[datetime, datetime]:
    """The UTC days asked for, the last one whole; else the week up to now."""
    first, last = wanted.get("start_date"), wanted.get("end_date")
    if first is None and last is None:
        return now - USUAL_SPAN, now
    if first is None or last is None:
        missing = "start_date" if first is None else "end_date"
        raise ApiError(Code.PARAMETER, f"filtering.{missing}: Send both dates or none.")
    if last < first:
        raise ApiError(Code.PARAMETER, "filtering.end_date: Must not be before start_date.")
    return datetime.combine(first, time.min, UTC), datetime.combine(last, time.max, UTC)


def entry_row(entry: ActivityEntry) -> dict[str, Any]:
    """What the system did has no operator."""
    return {
        "time": wire_time(entry.at),
        "activity_type": activity_type(entry),
        "operator_id": None if entry.actor_id is None else str(entry.actor_id),
        "activity_log": entry.summary,
    }
