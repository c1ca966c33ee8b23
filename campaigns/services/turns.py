"""At most one task of a shard is queued or runs, and a lost one is made again.

A booking has a token, so that a task that comes late cannot end the turn of a newer one.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Q

from ..models import DeliveryShard

LOST = timedelta(seconds=60)  # real time after which a task that has not come back is given up


def book_turn(*, number: int, real: datetime) -> UUID | None:
    """The shard has a turn from the real time `real`; its token, or None when it had one."""
    rows, token = DeliveryShard.objects, uuid4()
    rows.bulk_create([DeliveryShard(number=number)], ignore_conflicts=True)
    is_free = Q(turn=None) | Q(turn_booked_at__lte=real - LOST)
    booked = rows.filter(is_free, number=number).update(turn=token, turn_booked_at=real)
    return token if booked else None


def end_turn(*, number: int, token: UUID) -> None:
    """That turn of the shard is over; a newer one goes on."""
    DeliveryShard.objects.filter(number=number, turn=token).update(turn=None, turn_booked_at=None)
