"""What time it is in the practice world. Doors read it once; everything below takes `at`."""

from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from .models import Jump, PracticeClock

_ACCOUNTS = ("accounts_due", "accounts_left")


def clock() -> PracticeClock:
    """The clock's row; before it was ever set, a clock that shows real time."""
    found = PracticeClock.objects.filter(pk=1).first()
    if found is not None:
        return found
    real = timezone.now()
    return PracticeClock(practice_anchor=real, real_anchor=real, rate=PracticeClock.REAL)


def now() -> datetime:
    """The practice time at this moment, to the second."""
    return clock().reading(timezone.now()).replace(microsecond=0)


def now_within_query() -> Coalesce:
    """`now`, for conditions on rows: read by the query itself, so that it costs none of its own."""
    real = Value(timezone.now(), output_field=DateTimeField())
    beaten = Least(real, ExpressionWrapper(F("beat_at") + PracticeClock.GRACE, DateTimeField()))
    is_fast = {"rate__gt": PracticeClock.REAL, "beat_at__isnull": False}
    passed = ExpressionWrapper(
        Case(When(**is_fast, then=beaten), default=real) - F("real_anchor"), DurationField()
    )
    practice = ExpressionWrapper(
        F("practice_anchor") + ExpressionWrapper(passed * F("rate"), DurationField()),
        DateTimeField(),
    )
    row = PracticeClock.objects.filter(pk=1).annotate(shown=practice)
    return Coalesce(Subquery(row.values("shown")[:1]), real)


def running_jump() -> Jump | None:
    return Jump.objects.filter(state=Jump.State.RUNNING).first()


def clock_and_jump() -> tuple[PracticeClock, Jump | None]:
    """The clock and the jump that is under way, in one query; for the frame of every page."""
    running = Jump.objects.filter(state=Jump.State.RUNNING)
    columns = ("pk", "started_from", "target", "reached", "working_to", *_ACCOUNTS)
    subqueries = {f"jump_{name}": Subquery(running.values(name)[:1]) for name in columns}
    row = PracticeClock.objects.annotate(**subqueries).filter(pk=1).first()
    if row is None:
        return clock(), None
    found = {name: getattr(row, f"jump_{name}") for name in columns}
    return row, Jump(**found) if found["pk"] else None


def has_asked_for(user: Any, target: datetime) -> bool:
    """Is or was there a jump of this person to exactly this moment, not cancelled?"""
    states = [Jump.State.RUNNING, Jump.State.DONE]
    return Jump.objects.filter(requested_by=user, target=target, state__in=states).exists()
