"""Turning the practice clock: set, change speed, start and move a jump."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from bizcenter.lib.errors import DomainError

from .models import Jump, PracticeClock


class JumpRefused(DomainError):
    code = "jump_refused"


def _place(*, practice: datetime, rate: int) -> PracticeClock:
    real = timezone.now()
    anchors = {"practice_anchor": practice, "real_anchor": real, "beat_at": real}
    row, _ = PracticeClock.objects.update_or_create(pk=1, defaults={**anchors, "rate": rate})
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
def begin_hour(*, jump_id: int) -> datetime | None:
    """The end of the hour that is to be lived through now, which the jump is in from now on.

    None when the jump has ended; one whose end was asked for ends here, unless it is in an hour.
    """
    jump = _locked_jump(jump_id)
    if jump is None:
        return None
    if jump.working_to is None:
        if jump.cancel_requested_at is not None:
            _end(jump, Jump.State.CANCELLED)
            return None
        jump.working_to = jump.hour_ends_at
        jump.accounts_due = jump.accounts_left = None
    jump.heartbeat_at = timezone.now()
    jump.save()
    return jump.working_to


def note_progress(*, jump_id: int, accounts_left: int | None) -> None:
    """The jump's worker lives, and so many ad accounts of its hour are not delivered yet (None
    for as many as before). Of two workers the one that is further counts."""
    progress: dict[str, Any] = {"heartbeat_at": timezone.now()}
    if accounts_left is not None:
        progress["accounts_due"] = Greatest("accounts_due", accounts_left)
        progress["accounts_left"] = Least("accounts_left", accounts_left)
    Jump.objects.filter(pk=jump_id, state=Jump.State.RUNNING).update(**progress)


@transaction.atomic
def advance_jump(*, jump_id: int, to: datetime) -> bool:
    """The clock stands at `to` (at most the target, never back). At the target, or where the
    jump's end was asked for and no further hour is begun, the jump has ended and the clock runs
    again at its earlier speed. False when it has ended."""
    jump = _locked_jump(jump_id)
    if jump is None:
        return False
    jump.reached = min(max(to, jump.reached), jump.target)
    jump.heartbeat_at = timezone.now()
    if jump.working_to is not None and jump.working_to <= jump.reached:
        jump.working_to = None
    if jump.reached >= jump.target:
        _end(jump, Jump.State.DONE)
        return False
    if jump.cancel_requested_at is not None and jump.working_to is None:
        _end(jump, Jump.State.CANCELLED)
        return False
    jump.save()
    _place(practice=jump.reached, rate=PracticeClock.PAUSED)
    return True


@transaction.atomic
def cancel_jump(*, jump_id: int) -> Jump | None:
    """The jump ends with the hour it is in, and the clock runs on from there: what is delivered
    never lies ahead of the clock. At once, if it is in no hour or its worker is lost; what such a
    worker left undone of the hour is due like any other. None when it had ended already."""
    jump = _locked_jump(jump_id)
    if jump is None:
        return None
    real = timezone.now()
    if jump.working_to is None or jump.is_silent(real):
        _end(jump, Jump.State.CANCELLED)
    elif jump.cancel_requested_at is None:
        jump.cancel_requested_at = real
        jump.save(update_fields=["cancel_requested_at"])
    return jump


def take_over_jump(*, real: datetime) -> Jump | None:
    """The running jump, if its worker is lost at the real time `real`: it is now for the caller
    to see to, and nobody else is given it before as long a silence has passed again."""
    silent = Jump.objects.filter(
        state=Jump.State.RUNNING, heartbeat_at__lt=real - Jump.SILENCE
    ).first()
    if silent is None:
        return None
    unchanged = Jump.objects.filter(pk=silent.pk, heartbeat_at=silent.heartbeat_at)
    return silent if unchanged.update(heartbeat_at=real) else None


def _locked_jump(jump_id: int) -> Jump | None:
    return Jump.objects.select_for_update().filter(pk=jump_id, state=Jump.State.RUNNING).first()


def _end(jump: Jump, state: Jump.State) -> None:
    """It ends where the hour it is in ends, and the clock goes on from there."""
    jump.reached = jump.working_to or jump.reached
    jump.working_to, jump.state = None, state
    jump.save()
    _place(practice=jump.reached, rate=jump.resume_rate)
