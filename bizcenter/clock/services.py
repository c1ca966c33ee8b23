"""Turning the practice clock: set, change speed, start and move a jump."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from bizcenter.lib.errors import DomainError

from .models import Jump, PracticeClock


class JumpRefused(DomainError):
    code = "jump_refused"


def _place(*, practice: datetime, rate: int) -> PracticeClock:
    real = timezone.now()
    row = PracticeClock(practice_anchor=practice, real_anchor=real, beat_at=real, rate=rate)
    PracticeClock.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["practice_anchor", "real_anchor", "beat_at", "rate"],
    )
    return row


def _locked_clock() -> PracticeClock:
    row = PracticeClock.objects.select_for_update().filter(pk=1).first()
    return row or _place(practice=timezone.now(), rate=PracticeClock.REAL)


@transaction.atomic
def set_clock(*, at: datetime, rate: int) -> PracticeClock:
    """Put the clock to `at` at speed `rate`; for scene setting, before anything was delivered."""
    return _place(practice=at, rate=rate)


@transaction.atomic
def set_speed(*, rate: int) -> PracticeClock:
    """The clock goes on from where it is at speed `rate`. Raises JumpRefused during a jump."""
    if rate not in dict(PracticeClock.RATES):
        raise JumpRefused("Choose paused, real time, ×60, ×360 or ×1440.", field="rate")
    row = _locked_clock()
    if Jump.objects.filter(state=Jump.State.RUNNING).exists():
        raise JumpRefused("The clock is jumping; cancel the jump or wait for it to end.")
    return _place(practice=row.reading(timezone.now()), rate=rate)


@transaction.atomic
def keep_pace(*, real: datetime) -> None:
    """The workers are alive at the real time `real`; a clock that stood still for want of them
    goes on from where it stood. Called on every beat."""
    row = PracticeClock.objects.select_for_update(no_key=True).filter(pk=1).first()
    if row is None:
        return
    if row.beat_at is not None and real - row.beat_at > row.GRACE:
        row.practice_anchor, row.real_anchor = row.reading(real), real
    row.beat_at = real
    row.save(update_fields=["practice_anchor", "real_anchor", "beat_at"])


@transaction.atomic
def start_jump(*, target: datetime, actor: Any) -> Jump:
    """A running jump to `target` exists and the clock stands still until it moves.

    Raises JumpRefused when a jump is running or the target is not ahead by at most 366 days.
    """
    row = _locked_clock()
    here = row.reading(timezone.now()).replace(microsecond=0)
    if Jump.objects.filter(state=Jump.State.RUNNING).exists():
        raise JumpRefused("A jump is already running; cancel it or wait for it to end.")
    if target <= here:
        raise JumpRefused("Choose a time after the present practice time.", field="target")
    if (target - here).days > 366:
        raise JumpRefused("Choose a time within the next 366 days.", field="target")
    _place(practice=here, rate=PracticeClock.PAUSED)
    return Jump.objects.create(
        started_from=here,
        target=target,
        reached=here,
        resume_rate=row.rate,
        requested_by=actor,
        heartbeat_at=timezone.now(),
    )


@transaction.atomic
def advance_jump(*, jump_id: int, to: datetime) -> bool:
    """The clock stands at `to` (at most the target); at the target the jump is done and the clock
    runs again at its earlier speed. False when the jump has been ended meanwhile."""
    jump = Jump.objects.select_for_update().filter(pk=jump_id, state=Jump.State.RUNNING).first()
    if jump is None:
        return False
    jump.reached = min(max(to, jump.reached), jump.target)
    jump.heartbeat_at = timezone.now()
    done = jump.reached >= jump.target
    jump.state = Jump.State.DONE if done else Jump.State.RUNNING
    jump.save(update_fields=["reached", "heartbeat_at", "state"])
    _place(practice=jump.reached, rate=jump.resume_rate if done else PracticeClock.PAUSED)
    return not done


@transaction.atomic
def cancel_jump(*, jump_id: int) -> None:
    """The jump ends where it has come to, and the clock runs on from there."""
    jump = Jump.objects.select_for_update().filter(pk=jump_id, state=Jump.State.RUNNING).first()
    if jump is None:
        return
    jump.state = Jump.State.CANCELLED
    jump.save(update_fields=["state"])
    _place(practice=jump.reached, rate=jump.resume_rate)
