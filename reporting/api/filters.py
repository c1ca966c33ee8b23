"""The report's `filtering`: what it says about objects, and what about numbers."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q

from adaccounts.models import AdAccount
from bizcenter.lib.open_api.envelope import ApiError, Code
from campaigns.queries.primary_codes import PRIMARY_CODES
from reporting.queries.chosen_nodes import Filters

from .metrics import Row, kinds, value

_LEVEL = {"campaign": "campaign", "adgroup": "ad_group", "ad": "ad"}
_IDS = {"campaign_ids": "campaign", "adgroup_ids": "ad_group", "ad_ids": "ad", "ad_ids_v2": "ad"}
_NAMES = {f"{wire}_name": level for wire, level in _LEVEL.items()}
_STATES = {f"{wire}_status": level for wire, level in _LEVEL.items()}
_ACCOUNTS = ("advertiser_id", "advertiser_name")
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "GREATER_EQUAL": lambda found, limit: found >= limit,
    "GREATER_THAN": lambda found, limit: found > limit,
    "LOWER_EQUAL": lambda found, limit: found <= limit,
    "LOWER_THAN": lambda found, limit: found < limit,
}


def object_filters(filtering: Sequence[Mapping[str, Any]]) -> Filters:
    conditions: dict[str, Q] = defaultdict(Q)
    states: dict[str, frozenset[str]] = {}
    for each in filtering:
        name = each["field_name"]
        if name in _STATES:
            states[_STATES[name]] = _wanted_states(name, _values(each))
        elif name in _IDS:
            conditions[_IDS[name]] &= _negated(each, Q(pk__in=_ids(name, _values(each))))
        elif name in _NAMES:
            conditions[_NAMES[name]] &= _negated(each, _named(each))
        elif name == "objective_type":
            conditions["campaign"] &= _negated(each, Q(objective__in=_values(each)))
        elif name == "buying_type":
            conditions["campaign"] &= Q() if "AUCTION" in _values(each) else Q(pk__in=[])
        elif name not in _ACCOUNTS and name not in kinds():
            raise ApiError(Code.PARAMETER, f"filtering.field_name: {name} is unknown.")
        elif name not in _ACCOUNTS and kinds()[name] in ("text", "unknown"):
            raise ApiError(
                Code.UNSUPPORTED, f"filtering.field_name: {name} is unsupported in this sandbox."
            )
    return Filters(dict(conditions), states)


def _negated(each: Mapping[str, Any], condition: Q) -> Q:
    return ~condition if each["filter_type"] == "NOT_IN" else condition


def _values(each: Mapping[str, Any]) -> list[str]:
    found = each["filter_value"]
    return [str(value) for value in (found if isinstance(found, list) else [found])]


def _ids(name: str, texts: Sequence[str]) -> list[int]:
    if not all(text.isascii() and text.isdigit() and len(text) < 20 for text in texts):
        raise ApiError(Code.PARAMETER, f"filtering.filter_value: {name} takes a list of ids.")
    return [int(text) for text in texts]


def _named(each: Mapping[str, Any]) -> Q:
    if each["filter_type"] == "MATCH":
        return Q(name__icontains=str(each["filter_value"]))
    return Q(name__in=_values(each))


def _wanted_states(name: str, values: Sequence[str]) -> frozenset[str]:
    for state in values:
        if state not in PRIMARY_CODES:
            raise ApiError(Code.PARAMETER, f"filtering.filter_value: {name} {state} is unknown.")
    return frozenset(values)


def fitting_accounts(
    accounts: Sequence[AdAccount], filtering: Sequence[Mapping[str, Any]]
) -> list[AdAccount]:
    found = list(accounts)
    for each in filtering:
        if each["field_name"] == "advertiser_id":
            ids = _ids("advertiser_id", _values(each))
            found = [account for account in found if account.pk in ids]
        elif each["field_name"] == "advertiser_name":
            part = str(each["filter_value"]).lower()
            found = [account for account in found if part in account.name.lower()]
    return found


def is_number(name: str) -> bool:
    return kinds().get(name) in ("count", "amount")


def fits_numbers(row: Row, filtering: Sequence[Mapping[str, Any]]) -> bool:
    """Do the row's numbers lie within all limits?"""
    limits = [each for each in filtering if is_number(each["field_name"])]
    return all(_is_within(value(each["field_name"], row), each) for each in limits)


def _is_within(found: Any, each: Mapping[str, Any]) -> bool:
    try:
        limits = [Decimal(text) for text in _values(each)]
    except InvalidOperation:
        raise ApiError(
            Code.PARAMETER, f"filtering.filter_value: {each['field_name']} takes numbers."
        ) from None
    if found is None:
        return False
    kind = each["filter_type"]
    if kind in _COMPARE:
        return _COMPARE[kind](Decimal(found), limits[0])
    if kind in ("BETWEEN", "RANGE") and len(limits) == 2:
        return limits[0] <= Decimal(found) <= limits[1]
    return Decimal(found) in limits
