"""One hour computed and ready to be written; for large accounts, while the database takes the last.

The engine is pure, so an answer computed early is the answer, as long as it is asked with the same
arguments; with others it is thrown away.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zlib import compress, decompress

import numpy as np

from .copying import CopyRows
from .engine import simulate
from .loading import Running
from .memory import Memory
from .plan import Floats, Outcome
from .shares import active_shares
from .state import State
from .writing import hour_rows, late_rows, log_row

HOUR = timedelta(hours=1)
LARGE, _MOST_ADS = 1000, 100_000
_beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="beside-the-database")


@dataclass(frozen=True, eq=False)
class Answer:
    """What happened, and the same as the database takes it."""

    outcome: Outcome
    facts: CopyRows
    late: CopyRows
    log: CopyRows
    state: bytes


@dataclass(frozen=True, eq=False)
class Question:
    """One hour of an account; `state` as it is stored, `spendable` in minor units."""

    account_id: int
    running: Running
    slot: datetime
    state: bytes
    active: Floats
    spendable: int

    def is_same(self, other: "Question") -> bool:
        return (
            self.running is other.running
            and self.slot == other.slot
            and self.spendable == other.spendable
            and np.array_equal(self.active, other.active)
            and self.state == other.state
        )

    def answer(self) -> Answer:
        plan = self.running.plan
        outcome = simulate(
            plan,
            State.from_bytes(decompress(self.state) if self.state else b""),
            slot_start=int(self.slot.timestamp()),
            active=self.active,
            spendable_micros=self.spendable * plan.micros_per_minor,
        )
        account_id, slot = self.account_id, self.slot
        return Answer(
            outcome,
            hour_rows(self.running, outcome.facts, ad_account_id=account_id, slot=slot),
            late_rows(self.running, outcome.late, ad_account_id=account_id, slot=slot),
            log_row(outcome.log, ad_account_id=account_id, slot=slot),
            compress(outcome.state.to_bytes(), level=1),
        )

    def next(self, answer: Answer) -> "Question":
        """What will be asked for the next hour if nobody changes anything until then."""
        slot = self.slot + HOUR
        return replace(
            self,
            slot=slot,
            state=answer.state,
            active=active_shares(self.running, {}, slot=slot),
            spendable=self.spendable - answer.outcome.spend,
        )


_early: Memory[tuple[Future[Question], Future[Answer]]] = Memory(_MOST_ADS)


def ask(questions: Sequence[Question]) -> list[Answer]:
    """The answers, computed early where the question was foreseen; the next ones of large accounts
    are foreseen."""
    answers = [_answer(each) for each in questions]
    for question, answer in zip(questions, answers, strict=True):
        if question.running.size >= LARGE:
            begun = _foresee(question, answer)
            _early.keep(question.account_id, begun, ads=question.running.size)
    return answers


def _foresee(question: Question, answer: Answer) -> tuple[Future[Question], Future[Answer]]:
    """Both found beside the database, one after the other."""
    following = _beside.submit(question.next, answer)
    return following, _beside.submit(lambda: following.result().answer())


def _answer(question: Question) -> Answer:
    foreseen = _early.take(question.account_id)
    if foreseen is not None and foreseen[0].result().is_same(question):
        return foreseen[1].result()
    return question.answer()
