"""Moving practice time forward: everything on the way happens, hour by hour and in its order."""

from datetime import UTC, datetime, timedelta
from time import monotonic

from django.utils import timezone

from accounts.services import decide_due_verifications, queue_digests, remind_of_settings_reviews
from adaccounts.services import decide_due_ad_accounts, end_due_access
from billing.services import issue_due_invoices
from bizcenter.clock import queries as clock
from bizcenter.clock.models import Jump
from bizcenter.clock.services import advance_jump, start_jump
from campaigns.queries.shards import accounts_to_try
from campaigns.services import deliver_or_note, settle_due

HOUR = timedelta(hours=1)


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
    while (jump := Jump.objects.filter(pk=jump_id, state=Jump.State.RUNNING).first()) is not None:
        step = _next_step(jump)
        live_through(step)
        advance_jump(jump_id=jump_id, to=step)
        if time_limit is not None and monotonic() - began > time_limit:
            return step >= jump.target
    return True


def _next_step(jump: Jump) -> datetime:
    """The next full hour, or the end."""
    hour = jump.reached.replace(minute=0, second=0, microsecond=0)
    return min(hour + HOUR, jump.target)


def live_through(until: datetime) -> None:
    """Ends of access, verifications, reviews, stops, delivery and invoices due by `until` have
    happened; who is told once a day is about to be. An ad account that fails stays behind, and
    catches up when it is tried again."""
    end_due_access(until=until)
    decide_due_verifications(until=until)
    decide_due_ad_accounts(until=until)
    settle_due(ad_account_id=None, until=until)
    for ad_account_id in accounts_to_try(until=until, real=timezone.now()):
        deliver_or_note(ad_account_id=ad_account_id, until=until)
    issue_due_invoices(until)
    remind_of_settings_reviews(at=until)
    queue_digests(at=until)
