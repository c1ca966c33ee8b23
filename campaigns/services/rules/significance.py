"""Which edits are so large that delivery has to learn again: the only place that says so."""

from collections.abc import Mapping
from typing import Any

from ...models import AdGroup, Campaign

LISTS = (
    "countries", "age_groups", "languages", "operating_systems", "interests", "behaviours",
)  # fmt: skip
TARGETING = frozenset({"gender", *LISTS})
ALWAYS = TARGETING | {"bid_type", "click_window_days", "view_window_days"}
BY_MORE_THAN_HALF = ("budget", "bid_micros")


def learns_again(node: AdGroup | Campaign, changes: Mapping[str, Any]) -> bool:
    """Do these changes of the row start the learning phase again? Of a campaign only a budget that
    its ad groups share counts."""
    if isinstance(node, Campaign) and not node.is_budget_optimized:
        return False
    is_moved = (
        _moves_much(getattr(node, name), changes[name])
        for name in BY_MORE_THAN_HALF
        if name in changes
    )
    return not ALWAYS.isdisjoint(changes) or any(is_moved)


def _moves_much(before: int | None, after: int | None) -> bool:
    """By more than half of what it was."""
    return before is not None and after is not None and 2 * abs(after - before) > before
