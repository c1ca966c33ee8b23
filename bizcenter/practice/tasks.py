"""Background work of the practice clock: running a jump, and picking it up when its worker died."""

from celery import shared_task
from django.utils import timezone

from bizcenter.clock.services import take_over_jump
from bizcenter.lib import jobs

from . import services

SLICE_SECONDS = 120


@shared_task(name="practice.run_jump")
def run_jump(jump_id: int) -> None:
    """Work at the jump for a while; what is left then is queued again."""
    if not services.run_jump(jump_id=jump_id, time_limit=SLICE_SECONDS):
        jobs.enqueue("practice.run_jump", jump_id=jump_id)


@shared_task(name="practice.resume_jump")
def resume_jump() -> None:
    """A jump that has not moved for a while has lost its worker and is queued again."""
    jump = take_over_jump(real=timezone.now())
    if jump is not None:
        jobs.enqueue("practice.run_jump", jump_id=jump.pk)
