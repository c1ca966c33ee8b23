"""Computing an account's next hour while the database takes this one.

The engine is pure, so an answer computed early is the answer, as long as it is asked with the same
arguments; with others it is thrown away. Worth it for large accounts only.
"""

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple, Self

import numpy as np

from .engine import simulate
from .plan import Floats, Outcome, Plan
from .state import State

HOUR = 3600
LARGE, _MOST_ACCOUNTS = 1000, 4
beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside-the-database")


class Question(NamedTuple):
    """The engine's arguments; the state as bytes."""

    plan: Plan
    state: bytes
    slot_start: int
    active: Floats
    spendable_micros: int

    def is_same(self, other: "Question") -> bool:
        return (
            self.plan is other.plan
            and self.slot_start == other.slot_start
            and self.spendable_micros == other.spendable_micros
            and np.array_equal(self.active, other.active)
            and self.state == other.state
        )

    def after(self, outcome: Outcome, state: bytes, active: Floats) -> Self:
        """What will be asked for the next hour if nobody changes anything until then."""
        spent = outcome.spend * self.plan.micros_per_minor
        return self._replace(
            state=state,
            slot_start=self.slot_start + HOUR,
            active=active,
            spendable_micros=self.spendable_micros - spent,
        )

    def answer(self) -> Outcome:
        return simulate(
            self.plan,
            State.from_bytes(self.state),
            slot_start=self.slot_start,
            active=self.active,
            spendable_micros=self.spendable_micros,
        )


_early: OrderedDict[int, tuple[Question, Future[Outcome]]] = OrderedDict()


def answer(account_id: int, question: Question) -> Outcome:
    """The engine's answer, computed early if somebody foresaw the question."""
    foreseen = _early.pop(account_id, None)
    if foreseen is not None and foreseen[0].is_same(question):
        return foreseen[1].result()
    return question.answer()


def foresee(account_id: int, question: Question) -> None:
    """Compute the answer meanwhile."""
    if question.plan.size >= LARGE:
        _early[account_id] = (question, beside.submit(question.answer))
        while len(_early) > _MOST_ACCOUNTS:
            _early.popitem(last=False)
