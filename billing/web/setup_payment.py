"""The payment step of the set-up: a first way to pay, or later."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.access import UserRequest, signed_in
from accounts.models import BusinessSetup
from accounts.queries.setup import is_reachable, open_setup, setup_steps, step_before
from accounts.services import save_setup_step
from billing import queries, services
from bizcenter.clock import queries as clock
from bizcenter.lib.forms import posted
from bizcenter.lib.ids import read_id

from .method_forms import MethodForm, saved

STEP = "payment"


@sensitive_post_parameters("number", "cvc")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def setup_payment(request: UserRequest) -> HttpResponse:
    setup = open_setup(request.user)
    if setup is None or not is_reachable(setup, STEP):
        return redirect("accounts:setup")
    go = request.POST.get("go", "")
    if go == "leave":
        messages.success(request, "Saved. Sign in again at any time to go on where you stopped.")
        return redirect("landing")
    if go == "remove":
        method = get_object_or_404(
            queries.methods_of_setup(setup), pk=read_id(request.POST.get("method", ""))
        )
        services.remove_setup_method(method=method)
        _done(request, setup)
        return redirect("billing:setup_payment")
    if go == "next":
        _done(request, setup)
        return redirect("accounts:setup_step", "terms")
    return _form(request, setup)


def _done(request: UserRequest, setup: BusinessSetup) -> None:
    """The step is done with or without a method; later pages tell which it was."""
    first = queries.methods_of_setup(setup).first()
    values = {"skipped": True} if first is None else {"method": str(first)}
    save_setup_step(user=request.user, step=STEP, values=values, is_done=True, at=clock.now())


def _form(request: UserRequest, setup: BusinessSetup) -> HttpResponse:
    country = str(setup.data.get("business", {}).get("country", ""))
    offer = queries.methods_offered(country)
    form = MethodForm(posted(request), offer=offer)
    if request.method == "POST" and saved(form, setup, request.user) is not None:
        return redirect("billing:setup_payment")
    context = {
        "setup": setup,
        "steps": setup_steps(setup, STEP),
        "step": STEP,
        "step_before": step_before(STEP),
        "form": form,
        "methods": queries.methods_of_setup(setup),
        "offer": offer,
        "country": queries.country_name(country),
        "cards": queries.PRACTICE_CARDS,
    }
    status = 422 if form.errors else 200
    return render(request, "billing/setup_payment.html", context, status=status)
