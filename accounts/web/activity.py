"""The activity log of a Business Center, newest first, and what one person did."""

import json
from collections.abc import Iterator
from datetime import timedelta, timezone
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from accounts.access import BusinessRequest, UserRequest, business_required, own_page
from accounts.models import ActivityEntry
from accounts.permissions import BusinessPermission
from accounts.queries import activity_by, activity_of, activity_type
from bizcenter.lib.csv_files import streamed_csv
from bizcenter.lib.htmx import render_page
from bizcenter.lib.places import offset_label, utc_offset_minutes

from .activity_forms import KINDS, ActivityForm

PER_PAGE = 50
NOTE = "SPECIMEN - practice environment, not connected to TikTok"
HEAD = (
    "practice_time",
    "real_time_utc",
    "person",
    "ip_address",
    "kind",
    "action",
    "summary",
    "object",
    "object_label",
    "ad_account_id",
    "result",
    "before",
    "after",
    "note",
)


@require_safe
@business_required(BusinessPermission.VIEW_ACTIVITY)
def activity(request: BusinessRequest) -> HttpResponse:
    form, entries = _wanted(request)
    context = {
        **_page_of(request, entries),
        "form": form,
        "offset": utc_offset_minutes(request.business_center.timezone),
        "zone_label": offset_label(request.business_center.timezone),
        "tab": "activity",
    }
    return render_page(request, "accounts/activity.html", context, fragment="entries")


@require_safe
@business_required(BusinessPermission.VIEW_ACTIVITY)
def activity_csv(request: BusinessRequest) -> StreamingHttpResponse:
    """The entries of the whole filter."""
    _, entries = _wanted(request)
    name = f"activity-{request.business_center.pk}"
    return streamed_csv(name, HEAD, _lines(entries, _zone(request)))


@require_safe
@own_page
def own_activity(request: UserRequest) -> HttpResponse:
    """What the person did, in every Business Center."""
    context = {**_page_of(request, activity_by(request.user)), "offset": 0}
    return render_page(request, "accounts/own_activity.html", context, fragment="entries")


def _zone(request: BusinessRequest) -> timezone:
    return timezone(timedelta(minutes=utc_offset_minutes(request.business_center.timezone)))


def _wanted(request: BusinessRequest) -> tuple[ActivityForm, QuerySet[ActivityEntry]]:
    form = ActivityForm(request.GET)
    return form, activity_of(request.business_center, wish=form.wish(_zone(request)))


def _page_of(request: UserRequest, entries: QuerySet[ActivityEntry]) -> dict[str, Any]:
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": [(each, KINDS[activity_type(each)]) for each in page]}


def _lines(entries: QuerySet[ActivityEntry], zone: timezone) -> Iterator[tuple[Any, ...]]:
    for entry in entries.iterator(chunk_size=1_000):
        yield (
            entry.at.astimezone(zone).isoformat(timespec="seconds"),
            f"{entry.recorded_at:%Y-%m-%dT%H:%M:%SZ}",
            entry.actor_label,
            entry.ip_address,
            activity_type(entry).value,
            entry.action,
            entry.summary,
            entry.reference,
            entry.label,
            entry.ad_account_id,
            entry.result,
            _json(entry.before),
            _json(entry.after),
            NOTE,
        )


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True) if values else ""
