"""Changing one row when several people may: lock it, compare versions, change, log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

from accounts.models import User

from . import audit
from .errors import FieldIsFixed, NodeDeleted, StaleVersion

N = TypeVar("N", bound=audit.Node)


def locked(
    node: N, *, expected_version: int | None = None, changes: Mapping[str, Any] | None = None
) -> N:
    """The row as it is now, locked until the end of the transaction.

    Raises NodeDeleted, or StaleVersion when it is not the version the person saw.
    """
    relations = [
        name
        for name in ("ad_account__business_center", "campaign", "ad_group")
        if hasattr(type(node), name.split("__")[0])
    ]
    rows = type(node).objects.select_related(*relations)
    fresh = cast(N, rows.select_for_update(of=("self",), no_key=True).get(pk=node.pk))
    if fresh.is_deleted:
        raise NodeDeleted(f"{audit.title_of(fresh)} {fresh.name} is deleted; deleting is final.")
    if expected_version is not None and fresh.version != expected_version:
        raise StaleVersion(
            current=audit.snapshot(fresh, changes or {}),
            wanted={name: audit.plain(value) for name, value in (changes or {}).items()},
        )
    return fresh


def real_changes(
    node: N, changes: Mapping[str, Any], *, editable: frozenset[str]
) -> dict[str, Any]:
    """The changes that differ from the row. Raises FieldIsFixed for what cannot change.

    What the columns list is a set: in another order it is the same, while twice is a difference.
    """
    found: dict[str, Any] = {}
    for name, value in changes.items():
        if name == "extra":
            value = {**node.extra, **value}
        if _is_same(value, getattr(node, name)):
            continue
        if name not in editable:
            label = name.replace("_", " ")
            raise FieldIsFixed(f"The {label} cannot change after creation.", field=name)
        found[name] = list(value) if isinstance(value, tuple) else value
    return found


def _is_same(wanted: Any, current: Any) -> bool:
    if isinstance(wanted, (list, tuple)) and isinstance(current, list):
        return sorted(wanted) == sorted(current)
    return bool(wanted == current)


def apply(node: N, changes: Mapping[str, Any], *, actor: User | None, at: datetime) -> None:
    """The locked row carries the changes and a new version; the log has both sides."""
    before = audit.snapshot(node, changes)
    for name, value in changes.items():
        setattr(node, name, value)
    node.touch(at)
    node.save()
    labels = ", ".join(name.replace("_", " ") for name in changes)
    audit.record(
        node=node,
        actor=actor,
        at=at,
        verb="update",
        summary=f"Changed {labels}"[:300],
        before=before,
        after=audit.snapshot(node, changes),
    )
