"""What a report may be asked for, and the rules of the live product about it."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from rest_framework import serializers

from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Choice, Flag, Id, Ids, Parameters, Text, Texts
from bizcenter.lib.open_api.paging import Paged
from reporting.queries.audience import DIMENSIONS
from reporting.queries.integrated import COLUMNS

from .metrics import kinds

TIMES = {"stat_time_day": "day", "stat_time_hour": "hour"}
LONGEST = {"day": 30, "hour": 0, None: 365}
LEVELS = ("AUCTION_AD", "AUCTION_ADGROUP", "AUCTION_CAMPAIGN", "AUCTION_ADVERTISER")
_DATES = ["%Y-%m-%d", "%Y-%m-%d %H:%M:%S"]


@cache
def other_dimensions() -> frozenset[str]:
    """Documented ways to split a report that are not modelled."""
    text = files(__package__).joinpath("dimension_names.txt").read_text(encoding="utf-8")
    return frozenset(text.split("\n", 1)[1].split())


class FilterParameters(Parameters):
    field_name = Text()  # type: ignore[assignment]
    filter_type = Choice(
        (
            "IN",
            "NOT_IN",
            "MATCH",
            "BETWEEN",
            "GREATER_EQUAL",
            "GREATER_THAN",
            "LOWER_EQUAL",
            "LOWER_THAN",
            "CONTAIN_ANY_OF",
            "RANGE",
        )
    )
    filter_value = serializers.JSONField()

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The value is a text; for the types that take lists it is JSON text of a list."""
        found = super().to_internal_value(data)
        value = found["filter_value"]
        if isinstance(value, str) and found["filter_type"] != "MATCH" and value[:1] in '["':
            try:
                found["filter_value"] = json.loads(value)
            except ValueError:
                raise serializers.ValidationError({"filter_value": "Must be JSON text."}) from None
        return found


class OneOrMany(serializers.ListField):
    """A list; an object alone counts as a list of one."""

    def to_internal_value(self, data: Any) -> list[Any]:
        return super().to_internal_value([data] if isinstance(data, dict) else data)


class ReportParameters(Paged):
    advertiser_id = Id(required=False)
    advertiser_ids = Ids(required=False, max_length=5)
    bc_id = Id(required=False)
    service_type = Choice(("AUCTION",), documented=("RESERVATION",), default="AUCTION")
    report_type = Choice(
        ("BASIC", "AUDIENCE"), documented=("PLAYABLE_MATERIAL", "CATALOG", "BC", "TT_SHOP")
    )
    data_level = Choice(
        LEVELS, documented=[level.replace("AUCTION", "RESERVATION") for level in LEVELS]
    )
    dimensions = Texts(min_length=1)
    metrics = Texts(default=["spend", "impressions"])
    start_date = serializers.DateField(required=False, input_formats=_DATES)
    end_date = serializers.DateField(required=False, input_formats=_DATES)
    query_lifetime = Flag(default=False)
    enable_total_metrics = Flag(default=False)
    multi_adv_report_in_utc_time = Flag(default=False)
    order_field = Text(required=False)
    order_type = Choice(("ASC", "DESC"), default="DESC")
    filtering = OneOrMany(child=FilterParameters(), default=list)


def people_dimensions(params: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """(dimensions of people, the others): of people exactly one, or age and gender together."""
    if params["report_type"] != "AUDIENCE":
        return [], params["dimensions"]
    people = [name for name in params["dimensions"] if name in DIMENSIONS]
    others = [name for name in params["dimensions"] if name not in DIMENSIONS]
    if len(people) != 1 and set(people) != {"age", "gender"}:
        refuse_unmodelled(others)
        raise ApiError(
            Code.PARAMETER,
            "dimensions: An audience report takes one of age, gender, country_code and platform, "
            "or age and gender together.",
        )
    if "stat_time_hour" in others:
        raise ApiError(Code.PARAMETER, "dimensions: An audience report has no hours.")
    if params["query_lifetime"]:
        raise ApiError(Code.PARAMETER, "query_lifetime: An audience report has no lifetime.")
    return people, others


def refuse_unmodelled(names: list[str]) -> None:
    for name in names:
        if name in other_dimensions() or name.startswith("skan_"):
            raise ApiError(Code.UNSUPPORTED, f"dimensions: {name} is unsupported in this sandbox.")


def split_dimensions(names: list[str], *, is_lifetime: bool) -> tuple[str | None, str | None]:
    """(id dimension, "day" or "hour"), either of them none. At most one of each."""
    refuse_unmodelled(names)
    for name in names:
        if name not in COLUMNS and name not in TIMES:
            raise ApiError(Code.PARAMETER, f"dimensions: {name} is unknown.")
    ids, times = [n for n in names if n in COLUMNS], [n for n in names if n in TIMES]
    if len(ids) > 1 or len(times) > 1:
        raise ApiError(Code.PARAMETER, "dimensions: At most one id and one time at once.")
    if times and is_lifetime:
        raise ApiError(Code.PARAMETER, "dimensions: A lifetime cannot be split by time.")
    return ids[0] if ids else None, TIMES[times[0]] if times else None


def checked_days(params: Mapping[str, Any], time_dimension: str | None) -> tuple[date, date] | None:
    """First and last day; none for a lifetime, whose dates are ignored."""
    if params["query_lifetime"]:
        return None
    for name in ("start_date", "end_date"):
        if name not in params:
            raise ApiError(Code.PARAMETER, f"{name}: This field is required.")
    first, last = params["start_date"], params["end_date"]
    if last < first:
        raise ApiError(Code.PARAMETER, "end_date: Must not be before start_date.")
    longest = LONGEST[time_dimension]
    if (last - first).days > longest:
        span = f"{longest} days" if longest else "one day"
        raise ApiError(Code.PARAMETER, f"end_date: Such a report covers at most {span}.")
    return first, last


def check_metrics(names: list[str]) -> None:
    for name in names:
        if name not in kinds():
            raise ApiError(Code.PARAMETER, f"metrics: {name} is unknown.")
