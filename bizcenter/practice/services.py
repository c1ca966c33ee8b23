"""Moving practice time forward: everything on the way happens, hour by hour and in its order."""

from collections.abc import Sequence
from datetime import UTC, datetime
from time import monotonic

from django.utils import timezone

from accounts.services import decide_due_verifications, queue_digests, remind_of_settings_reviews
from adaccounts.services import decide_due_ad_accounts, end_due_access
from billing.services import issue_due_invoices
from bizcenter.clock import queries as clock
from bizcenter.clock.services import advance_jump, begin_hour, note_progress, start_jump
from campaigns.queries.shards import batches_to_try
from campaigns.services import deliver_or_note, settle_due

HEARTBEAT_SECONDS = 0.5  # of real time, at least, between two writes
PIECE_SECONDS = 5


def advance_to(target: datetime) -> None:
    """The clock stands at `target` and everything up to it has happened; nothing when it did.

    Raises JumpRefused when a jump is running.
    """
    if target > clock.now():
        jump = start_jump(target=target.astimezone(UTC), actor=None)
        run_jump(jump_id=jump.pk)


def run_jump(*, jump_id: int, time_limit: float | None = None) -> bool:
    """The jump has arrived or was cancelled; False when `time_limit` seconds were not enough.

    Picks up where the jump stands, so it can be run again after a crash, and by two at once.
    """
    began = monotonic()
    while (step := begin_hour(jump_id=jump_id)) is not None:
        live_through(step, Heart(jump_id))
        if not advance_jump(jump_id=jump_id, to=step):
            break
        if time_limit is not None and monotonic() - began > time_limit:
            return False
    return True


class Heart:
    """Tells the jump now and then that its worker lives, and how many accounts are left."""

    def __init__(self, jump_id: int | None) -> None:
        self.jump_id, self.last = jump_id, 0.0

    def beat(self, accounts_left: int | None = None) -> None:
        if self.jump_id is not None and monotonic() - self.last > HEARTBEAT_SECONDS:
            note_progress(jump_id=self.jump_id, accounts_left=accounts_left)
            self.last = monotonic()


def live_through(until: datetime, heart: Heart | None = None) -> None:
    """Ends of access, verifications, reviews, stops, delivery and invoices due by `until` have
    happened; who is told once a day is about to be. An ad account that fails stays behind, and
    catches up when it is tried again."""
    heart = heart or Heart(None)
    end_due_access(until=until)
    decide_due_verifications(until=until)
    decide_due_ad_accounts(until=until)
    settle_due(ad_account_ids=None, until=until)
    batches = batches_to_try(until=until, real=timezone.now())
    left = sum(len(batch) for batch in batches)
    for batch in batches:
        heart.beat(left)
        _deliver(batch, until, heart)
        left -= len(batch)
    issue_due_invoices(until, after_each=heart.beat)
    remind_of_settings_reviews(at=until)
    heart.beat(0)
    queue_digests(at=until)


def _deliver(ad_account_ids: Sequence[int], until: datetime, heart: Heart) -> None:
    """In pieces, as accounts that are far behind take longer than a heart may be silent; durable
    when the clock moves on."""
    delivered, began = 1, monotonic()
    while delivered:
        delivered = deliver_or_note(
            ad_account_ids=ad_account_ids, until=until, time_limit=PIECE_SECONDS, is_durable=False
        )
        if monotonic() - began < PIECE_SECONDS:
            break
        heart.beat()
        began = monotonic()
