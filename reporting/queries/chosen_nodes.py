"""Which campaigns, ad groups and ads a report is about, and the condition on facts that follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from adaccounts.models import AdAccount
from campaigns.models import Ad, AdGroup, Campaign, OperationStatus
from campaigns.queries.primary_codes import ALL, NOT_DELETED, PRIMARY_BY_CODE
from campaigns.queries.statuses import set_status
from campaigns.queries.totals import COLUMNS, Node

MODELS: dict[str, type[Node]] = {"campaign": Campaign, "ad_group": AdGroup, "ad": Ad}
_PARENTS: dict[str, tuple[str, ...]] = {
    "campaign": (),
    "ad_group": ("campaign",),
    "ad": ("campaign", "ad_group"),
}


@dataclass(frozen=True)
class Filters:
    """Conditions on the rows of each level, and the wanted states (the API's primary words)."""

    conditions: Mapping[str, Q] = field(default_factory=dict)
    states: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Chosen:
    """`condition` holds for the facts that count; `nodes` are the rows at the report's level, None
    for a report over whole accounts. `is_whole` says that nothing below them was chosen from, so
    that one without facts has a row of zeros."""

    condition: Q
    nodes: QuerySet | None
    is_whole: bool


def chosen_nodes(
    level: str | None, *, accounts: Sequence[AdAccount], filters: Filters, at: datetime
) -> Chosen:
    """Objects that were deleted are left out at the report's level, unless asked for."""
    by_level = {name: _rows(name, level, accounts, filters, at) for name in MODELS}
    condition = Q()
    for name, rows in by_level.items():
        if rows is not None:
            condition &= Q(**{f"{COLUMNS[name]}__in": rows.values("pk")})
    own = by_level[level] if level else None
    if level is None or own is None:
        return Chosen(condition, None, is_whole=not condition)
    for parent in _PARENTS[level]:
        if (rows := by_level[parent]) is not None:
            own = own.filter(**{f"{parent}__in": rows.values("pk")})
    below = [name for name in MODELS if name != level and name not in _PARENTS[level]]
    return Chosen(condition, own, all(by_level[name] is None for name in below))


def _rows(
    name: str,
    level: str | None,
    accounts: Sequence[AdAccount],
    filters: Filters,
    at: datetime,
) -> QuerySet | None:
    """The rows of one level that fit; None when nothing was said about it."""
    states = filters.states.get(name, frozenset({NOT_DELETED}) if name == level else frozenset())
    conditions = filters.conditions.get(name)
    if conditions is None and not states:
        return None
    rows = MODELS[name].objects.filter(conditions or Q(), ad_account__in=accounts)
    return rows.filter(_in_states(name, states, accounts, at)) if states else rows


def _in_states(name: str, states: frozenset[str], accounts: Sequence[AdAccount], at: datetime) -> Q:
    if ALL in states:
        return Q()
    deleted = Q(operation_status=OperationStatus.DELETE)
    if states <= {NOT_DELETED, "STATUS_DELETE"}:
        return (~deleted if NOT_DELETED in states else Q(pk__in=[])) | (
            deleted if "STATUS_DELETE" in states else Q(pk__in=[])
        )
    wanted = {PRIMARY_BY_CODE[state] for state in states if state in PRIMARY_BY_CODE}
    found = [
        row.pk
        for account in accounts
        for row in _with_status(name, account, at)
        if row.status.primary in wanted or (NOT_DELETED in states and not row.is_deleted)
    ]
    return Q(pk__in=found)


def _with_status(name: str, account: AdAccount, at: datetime) -> list[Any]:
    rows = MODELS[name].objects.filter(ad_account=account).select_related(*_PARENTS[name])
    found = list(rows)
    set_status(name, found, ad_account=account, at=at)
    return found
