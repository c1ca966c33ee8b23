"""Choosing some of many ad accounts or assets: what is shown is sent, the rest stays as it is.

With few of them they are all shown; with many there is a search, and the form stays small.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import BusinessCenter
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import AssetRole, Level
from adaccounts.queries import accounts_within_reach, assets_within_reach
from adaccounts.queries.accounts import is_named
from adaccounts.queries.held import shared_levels, shared_roles
from bizcenter.lib.ids import read_id

# Up to so many are shown without a search, and as many are found by one.
FEW = 20


@dataclass(frozen=True)
class Kind:
    """What can be picked, and what can be had of each."""

    name: str
    noun: str
    grades: type[StrEnum]

    def within_reach(self, business_center: BusinessCenter) -> QuerySet[Any]:
        if self is ACCOUNTS:
            return accounts_within_reach(business_center)
        return assets_within_reach(business_center)

    def ceilings(self, business_center: BusinessCenter, things: list[Any]) -> Mapping[int, Any]:
        if self is ACCOUNTS:
            return shared_levels(business_center, things)
        return shared_roles(business_center, things)


ACCOUNTS = Kind("accounts", "ad accounts", Level)
ASSETS = Kind("assets", "assets", AssetRole)


@dataclass(frozen=True)
class Picked:
    """What was sent: the ids that were shown, those ticked, and the grade of each."""

    shown: frozenset[int] = frozenset()
    ticked: frozenset[int] = frozenset()
    grades: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_readable(self) -> bool:
        return self.ticked <= self.shown and self.grades.keys() <= self.shown


def read(kind: Kind, data: QueryDict) -> Picked:
    shown = _ids(data.getlist(f"{kind.name}-shown"))
    sent = {key: data.get(f"{kind.name}-grade-{key}", "") for key in shown}
    known = {grade.value for grade in kind.grades}
    return Picked(
        shown=shown,
        ticked=_ids(data.getlist(kind.name)),
        grades={key: grade for key, grade in sent.items() if grade in known},
    )


def _ids(values: Iterable[str]) -> frozenset[int]:
    return frozenset(key for value in values if (key := read_id(value)) is not None)


@dataclass(frozen=True)
class PickRow:
    thing: AdAccount | BusinessAsset
    is_ticked: bool
    grade: str
    grades: list[StrEnum]
    owner: str


@dataclass(frozen=True)
class Picker:
    """What the page shows: `left_out` are held, not shown and stay as they are."""

    kind: Kind
    rows: list[PickRow]
    total: int
    left_out: int
    search: str = ""

    @property
    def is_many(self) -> bool:
        return self.total > FEW


def picker(
    kind: Kind,
    business_center: BusinessCenter,
    *,
    held: Mapping[int, StrEnum],
    sent: Picked | None = None,
    search: str = "",
) -> Picker:
    """The rows to show: at first what is held, then what was sent, and what a search finds."""
    reach = kind.within_reach(business_center)
    total = reach.count()
    shown = set(held) if sent is None else set(sent.shown)
    if sent is not None:
        shown = {k for k in shown if k in held or k in sent.ticked or k in sent.grades}
    if total <= FEW:
        kept = list(reach)
    else:
        kept = list(reach.filter(pk__in=shown)[: None if sent else FEW])
        have = {thing.pk for thing in kept}
        found = reach.filter(is_named(search))[:FEW] if search else []
        kept += [thing for thing in found if thing.pk not in have]
    return Picker(
        kind=kind,
        rows=_rows(kind, business_center, kept, held, sent),
        total=total,
        left_out=len(held.keys() - {thing.pk for thing in kept}),
        search=search,
    )


def _rows(
    kind: Kind,
    business_center: BusinessCenter,
    things: list[Any],
    held: Mapping[int, StrEnum],
    sent: Picked | None,
) -> list[PickRow]:
    foreign = [thing for thing in things if thing.business_center_id != business_center.pk]
    ceilings = kind.ceilings(business_center, foreign) if foreign else {}
    found = []
    for thing in things:
        was_sent = sent is not None and thing.pk in sent.shown
        ticked = sent.ticked if was_sent and sent else held
        grades = sent.grades if was_sent and sent else held
        highest = ceilings.get(thing.pk)
        found.append(
            PickRow(
                thing=thing,
                is_ticked=thing.pk in ticked,
                grade=str(grades.get(thing.pk, "")),
                grades=[g for g in kind.grades if highest is None or _within(g, highest)],
                owner="" if thing.business_center_id == business_center.pk else "shared with you",
            )
        )
    return found


def _within(grade: Any, highest: Any) -> bool:
    return bool(grade.permissions <= highest.permissions)


class PickedField(forms.Field):
    """Of a form whose template includes `adaccounts/people/picker.html`."""

    def __init__(self, kind: Kind, label: str) -> None:
        super().__init__(label=label, required=False, widget=PickedWidget(kind))

    def clean(self, value: Picked) -> Picked:
        if not value.is_readable:
            raise forms.ValidationError("Choose from the list.")
        return value


class PickedWidget(forms.Widget):
    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.kind = kind

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Picked:
        return read(self.kind, data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False
