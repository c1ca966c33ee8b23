"""What all steps of the set-up have in common: keeping what was typed, and where to go next."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.access import UserRequest
from accounts.models import BusinessSetup
from accounts.queries.setup import STEPS, open_setup, setup_steps, step_before
from accounts.services import save_setup_step
from bizcenter.clock import queries as clock

_LONGEST = 500


def to_step(step: str) -> HttpResponse:
    """The payment step lives one floor up."""
    if step == "payment":
        return redirect("billing:setup_payment")
    return redirect("accounts:setup_step", step)


def wants_to_leave(request: HttpRequest) -> bool:
    return request.POST.get("go") == "leave"


def values_of(form: forms.Form, names: list[str]) -> dict[str, str]:
    """What was typed, cleaned where it is in order; kept as text, in order or not."""
    cleaned = getattr(form, "cleaned_data", {})
    found = {}
    for name in names:
        value = cleaned.get(name)
        typed = value if value is not None else form.data.get(name, "")
        found[name] = str(typed)[:_LONGEST]
    return found


def take_step(request: UserRequest, step: str, form: forms.Form, template: str) -> HttpResponse:
    """Keeps what was typed; goes on when all is in order, or away when the person wants to."""
    is_done = form.is_valid()
    save_setup_step(
        user=request.user,
        step=step,
        values=values_of(form, list(form.fields)),
        is_done=is_done,
        at=clock.now(),
    )
    if wants_to_leave(request):
        return leave(request)
    if is_done:
        return to_step(STEPS[STEPS.index(step) + 1])
    return show_step(request, step, template, {"form": form}, status=422)


def leave(request: HttpRequest) -> HttpResponse:
    messages.success(request, "Saved. Sign in again at any time to go on where you stopped.")
    return redirect("landing")


def show_step(
    request: UserRequest,
    step: str,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """The page of a step with the way around it."""
    setup = open_setup(request.user)
    way = {
        "setup": setup,
        "steps": setup_steps(setup, step),
        "step": step,
        "step_before": step_before(step),
    }
    return render(request, template, {**way, **context}, status=status)


def data_of(setup: BusinessSetup | None, step: str) -> dict[str, Any]:
    """What the step was saved with."""
    found: dict[str, Any] = setup.data.get(step, {}) if setup is not None else {}
    return found
