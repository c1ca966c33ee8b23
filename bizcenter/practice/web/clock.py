"""The practice clock: everybody sees it, trainers turn it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.access import (
    UserRequest,
    open_without_two_step,
    own_page,
    signed_in,
)
from bizcenter.clock import queries as clock
from bizcenter.clock.models import Jump, PracticeClock
from bizcenter.clock.services import cancel_jump, set_speed, start_jump
from bizcenter.lib import jobs
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import show_refusal
from bizcenter.practice.access import trainer_required
from campaigns.queries.shards import Troubles, troubles

from .forms import LEAPS, JumpForm, SpeedForm

trainer_only = trainer_required("Turn the practice clock")


@require_safe
@never_cache
@own_page
def clock_page(request: UserRequest) -> HttpResponse:
    return _page(request, JumpForm())


@require_safe
@never_cache
@signed_in
@open_without_two_step
def progress(request: UserRequest) -> HttpResponse:
    """Polled while a jump runs; when it has ended, the whole page shows the new time."""
    if clock.running_jump() is None:
        return HttpResponseClientRefresh()
    return render(request, "practice/clock.html#progress")


@require_safe
@never_cache
@signed_in
@open_without_two_step
def chip(request: UserRequest) -> HttpResponse:
    """The time for the top bar, with the jump that is under way, and what the bell counts."""
    return render(request, "layouts/pulse.html")


@require_POST
@trainer_only
def change_speed(request: UserRequest) -> HttpResponse:
    form = SpeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose paused, real time, ×60, ×360 or ×1440.")
        return redirect("practice:clock")
    try:
        set_speed(rate=form.cleaned_data["rate"])
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("practice:clock")


@require_POST
@trainer_only
def jump(request: UserRequest) -> HttpResponse:
    form = JumpForm(request.POST)
    if form.is_valid():
        target = form.target_from(clock.now())
        if target is None:
            form.add_error("target", "Choose a date and a time.")
        else:
            try:
                started = start_jump(target=target, actor=request.user)
            except DomainError as error:
                show_refusal(form, error)
            else:
                jobs.enqueue("practice.run_jump", jump_id=started.pk)
                return redirect("practice:clock")
    return _page(request, form, status=422)


@require_POST
@trainer_only
def cancel(request: UserRequest, jump_id: int) -> HttpResponse:
    jump = cancel_jump(jump_id=jump_id)
    if jump is None:
        messages.info(request, "The jump had ended already.")
    elif jump.state == Jump.State.RUNNING:
        messages.success(request, "The jump ends after the hour it is in.")
    else:
        messages.success(request, "The jump has ended where it had come to.")
    return redirect("practice:clock")


def _troubles(request: UserRequest, here: datetime) -> Troubles | None:
    """For trainers, who can do something about it; accounts of others are nobody else's matter."""
    if not request.user.is_trainer:
        return None
    return troubles(clock=clock.clock(), until=here, real=timezone.now())


def _page(request: UserRequest, form: JumpForm, status: int = 200) -> HttpResponse:
    here = clock.now()
    context = {
        "form": form,
        "rates": PracticeClock.RATES,
        "leaps": [(name, leap(here)) for name, leap in LEAPS.items()],
        "may_turn": request.user.is_trainer,
        "troubles": _troubles(request, here),
    }
    return render(request, "practice/clock.html", context, status=status)
