"""Where ad groups stand in their learning phase, from what the engine remembers of the account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from zlib import decompress

from adaccounts.models import AdAccount

from ..delivery.goals import GOALS, OBJECTIVES, Result, sought
from ..delivery.learning import DAYS, LEARNED_AT
from ..delivery.state import NEVER, State
from ..models import AdGroup, Campaign, DeliveryCursor

_EPOCH = date(1970, 1, 1)


class Phase(Enum):
    LEARNING = "Learning"
    PASSED = "Learning passed"
    FAILED = "Learning failed"


@dataclass(frozen=True)
class Learning:
    """`results` are the conversions known so far of the `needed`, in words where they matter;
    `meaning` says what that is and what to do."""

    phase: Phase
    results: int
    needed: int = LEARNED_AT

    @property
    def words(self) -> str:
        if self.phase is Phase.PASSED:
            return self.phase.value
        return f"{self.phase.value}: {self.results} of {self.needed} results"

    @property
    def meaning(self) -> str:
        return _MEANINGS[self.phase]


_MEANINGS = {
    Phase.LEARNING: (
        f"The system is finding out who converts; results and cost swing until {LEARNED_AT} "
        "conversions are known. Avoid significant edits: they start it again."
    ),
    Phase.PASSED: (
        f"{LEARNED_AT} conversions are known, so results and cost are steadier. A significant edit "
        "starts learning again."
    ),
    Phase.FAILED: (
        f"Fewer than {LEARNED_AT} conversions became known in {DAYS} days, so results keep "
        "swinging. Raise the budget, widen the audience, or raise the bid."
    ),
}


def set_learning(groups: Sequence[AdGroup], *, ad_account: AdAccount) -> None:
    """Each ad group has `.learning`: as of the last delivered hour, None unless it is delivered for
    conversions and has begun. Groups come with their campaign; at most one query."""
    for group in groups:
        group.learning = None  # type: ignore[attr-defined]
    concerned = [group for group in groups if learns(group)]
    if not concerned:
        return
    cursor = DeliveryCursor.objects.filter(pk=ad_account.pk).only("open_day", "state").first()
    if cursor is None or not cursor.state:
        return
    known = _progress(bytes(cursor.state))
    for group in concerned:
        if found := known.get(group.pk):
            group.learning = _standing(found, group, cursor.open_day)  # type: ignore[attr-defined]


def learns(group: AdGroup) -> bool:
    """Whether it is delivered towards conversions that are measured."""
    goal = GOALS[sought(group.billing_event, group.optimization_goal)]
    return goal.result is Result.CONVERSION and OBJECTIVES[group.campaign.objective].tracked


def may_learn(campaign: Campaign) -> bool:
    """Whether ad groups that share its budget can be delivered towards measured conversions."""
    return campaign.is_budget_optimized and OBJECTIVES[campaign.objective].tracked


_Progress = tuple[int, int, int]  # epoch, first day, results


def _progress(state: bytes) -> dict[int, _Progress]:
    ledger = State.from_bytes(decompress(state)).progress
    columns = (ledger.epoch, ledger.since_day, ledger.results)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return dict(zip(ledger.key.tolist(), rows, strict=True))


def _standing(found: _Progress, group: AdGroup, today: date) -> Learning | None:
    """A group that was edited significantly since the last hour has just started again."""
    epoch, since_day, results = found
    if since_day == NEVER:
        return None
    if epoch != group.learning_epoch:
        return Learning(Phase.LEARNING, 0)
    if results >= LEARNED_AT:
        return Learning(Phase.PASSED, results)
    is_over = today - (_EPOCH + timedelta(days=since_day)) > timedelta(days=DAYS)
    return Learning(Phase.FAILED if is_over else Phase.LEARNING, results)
