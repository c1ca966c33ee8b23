"""The practice clock: everybody sees it, trainers turn it."""

from datetime import datetime
from typing import Any

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
from bizcenter.practice.leaps import ZoneClock, choose_clock, leaps_from, zone_clocks
from bizcenter.practice.queries import trainers_for
from campaigns.queries.shards import Troubles, troubles

from .forms import JumpForm, SpeedForm
from .words import in_words

trainer_only = trainer_required("Turn the practice clock")
# Of the address, the forms and the session: the ad account on whose clock days are counted.
OF = "of"


@require_safe
@never_cache
@own_page
def clock_page(request: UserRequest) -> HttpResponse:
    if OF in request.GET:
        request.session[OF] = request.GET[OF][:20]
    return _page(request)


@require_safe
@never_cache
@signed_in
@open_without_two_step
def progress(request: UserRequest) -> HttpResponse:
    """Polled while a jump runs; when it has ended, the whole page shows the new time."""
    running = clock.running_jump()
    if running is None:
        return HttpResponseClientRefresh()
    context = _progress(running) | {"troubles": _troubles(request, clock.now())}
    return render(request, "practice/clock.html#progress", context)


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
    """Asked for twice, as by a double click, it is one jump."""
    form = JumpForm(request.POST, chosen=_clocks(request)[1])
    if not form.is_valid():
        return _page(request, form, status=422)
    target = form.cleaned_data["target"]
    try:
        started = start_jump(target=target, actor=request.user)
    except DomainError as error:
        if clock.has_asked_for(request.user, target):
            return redirect("practice:clock")
        show_refusal(form, error)
        return _page(request, form, status=422)
    jobs.enqueue("practice.run_jump", jump_id=started.pk)
    return redirect("practice:clock")


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


def _clocks(request: UserRequest) -> tuple[list[ZoneClock], ZoneClock]:
    """Those to choose from, and the one that was chosen here or last."""
    clocks = zone_clocks(request.user, getattr(request, "business_center", None))
    key = request.POST.get(OF) or request.session.get(OF) or ""
    return choose_clock(clocks, key)


def _progress(running: Jump | None) -> dict[str, Any]:
    if running is None:
        return {"jump": None}
    real = timezone.now()
    left = running.time_left(real)
    return {
        "jump": running,
        "left": in_words(left) if left is not None else "",
        "is_silent": running.is_silent(real),
    }


def _page(request: UserRequest, form: JumpForm | None = None, status: int = 200) -> HttpResponse:
    here, running = clock.now(), clock.running_jump()
    context: dict[str, Any] = {
        "rates": PracticeClock.RATES,
        "may_turn": request.user.is_trainer,
        "troubles": _troubles(request, here),
        **_progress(running),
    }
    if request.user.is_trainer:
        clocks, chosen = _clocks(request)
        context |= {
            "form": form or JumpForm(chosen=chosen),
            "clocks": clocks,
            "chosen": chosen,
            "here": chosen.account.local(here).replace(tzinfo=None),
            "leaps": leaps_from(here, chosen, clocks),
        }
    else:
        context["trainers"] = trainers_for(getattr(request, "business_center", None))
    return render(request, "practice/clock.html", context, status=status)
