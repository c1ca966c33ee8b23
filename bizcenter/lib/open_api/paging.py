"""Pages of rows, and rows cut down to the wanted fields."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from .fields import Parameters, Texts


def page_size(largest: int) -> serializers.IntegerField:
    return serializers.IntegerField(default=10, min_value=1, max_value=largest)


class Paged(Parameters):
    page = serializers.IntegerField(default=1, min_value=1, max_value=1_000_000)
    page_size = page_size(1000)


class Trimmed(Parameters):
    fields_ = Texts(default=list)
    exclude_field_types_in_response = Texts(default=list)

    def get_fields(self) -> dict[str, serializers.Field]:
        # The parameter is called `fields`, which a serializer keeps for itself.
        found = super().get_fields()
        found["fields"] = found.pop("fields_")
        return found


def page_of(
    rows: QuerySet | Sequence[Any], params: Mapping[str, Any]
) -> tuple[list[Any], dict[str, int]]:
    """The wanted page and its page_info; past the end a page is empty and the totals the same."""
    number, size = params["page"], params["page_size"]
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = (number - 1) * size
    found = list(rows[start : start + size]) if start < total else []
    return found, page_info(params, total)


def page_info(params: Mapping[str, Any], total: int) -> dict[str, int]:
    return {
        "page": params["page"],
        "page_size": params["page_size"],
        "total_number": total,
        "total_page": max(1, -(-total // params["page_size"])),
    }


def trimmed(rows: Iterable[dict[str, Any]], params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Only the wanted fields (unknown ones are ignored), without nulls if so asked."""
    wanted = set(params["fields"])
    drop_nulls = "NULL_FIELD" in params["exclude_field_types_in_response"]
    return [
        {
            name: value
            for name, value in row.items()
            if (not wanted or name in wanted) and not (drop_nulls and value is None)
        }
        for row in rows
    ]
