"""Founding a Business Center step by step. The payment step is billing's; all others are here."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BusinessRequest, UserRequest, business_required, signed_in
from accounts.models import BusinessSetup
from accounts.models.terms import current_terms
from accounts.permissions import BusinessPermission
from accounts.queries.setup import is_reachable, next_things, open_setup, setup_steps
from accounts.queries.verification import verification_state
from accounts.services import DuplicateBusinessName, complete_setup, start_setup_over
from accounts.services.documents import MAX_BYTES, MAX_FILES
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted
from bizcenter.lib.ids import read_id
from bizcenter.lib.uploads import uploads_up_to

from .business_forms import SetupBusinessForm, SetupNameForm, suggested_name
from .free_mail import is_free_mail
from .setup_documents import document_step
from .setup_saving import data_of, show_step, take_step, to_step


@require_safe
@never_cache
def setup(request: HttpRequest) -> HttpResponse:
    """Resumes; who has not signed in chooses between signing in and a new account first."""
    if not request.user.is_authenticated:
        return render(request, "accounts/setup/start.html", {"steps": setup_steps(None)})
    begun = open_setup(request.user)
    return to_step(begun.step if begun is not None else "business")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
@uploads_up_to(MAX_BYTES, files=MAX_FILES)
def setup_step(request: UserRequest, step: str) -> HttpResponse:
    begun = _meant(request)
    if begun is not None and begun.business_center_id is not None:
        return redirect("accounts:setup_done", begun.business_center_id)
    if not is_reachable(begun, step):
        return redirect("accounts:setup")
    return _STEPS[step](request, begun)


def _meant(request: UserRequest) -> BusinessSetup | None:
    """The set-up a form was shown for, also when it has founded its Business Center meanwhile."""
    number = read_id(request.POST.get("setup", ""))
    if number is not None:
        return BusinessSetup.objects.filter(user=request.user, pk=number).first()
    return open_setup(request.user)


def _business(request: UserRequest, begun: BusinessSetup | None) -> HttpResponse:
    founder = request.user
    known = data_of(begun, "business") or {
        "contact_name": founder.name,
        "contact_email": founder.email,
    }
    form = SetupBusinessForm(posted(request), initial=known)
    template = "accounts/setup/business.html"
    if request.method == "POST":
        return take_step(request, "business", form, template)
    context = {"form": form, "is_free_mail": is_free_mail(known["contact_email"])}
    return show_step(request, "business", template, context)


def _name(request: UserRequest, begun: BusinessSetup | None) -> HttpResponse:
    known = suggested_name(data_of(begun, "business")) | data_of(begun, "name")
    form = SetupNameForm(posted(request), initial=known, founder=request.user)
    if request.method == "POST":
        return take_step(request, "name", form, "accounts/setup/name.html")
    context = {"form": form, "is_taken": form.is_taken(known["name"])}
    return show_step(request, "name", "accounts/setup/name.html", context)


def _documents(request: UserRequest, begun: BusinessSetup | None) -> HttpResponse:
    return redirect("accounts:setup") if begun is None else document_step(request, begun)


def _terms(request: UserRequest, begun: BusinessSetup | None) -> HttpResponse:
    if begun is None:
        return redirect("accounts:setup")
    refusal = ""
    if request.method == "POST":
        refusal = "Tick the box: without accepting the terms there is no Business Center."
        if request.POST.get("accept"):
            try:
                center = complete_setup(
                    setup=begun, version=request.POST.get("version", ""), at=clock.now()
                )
            except DuplicateBusinessName as error:
                messages.error(request, error.message)
                return to_step("name")
            except DomainError as error:
                refusal = error.message
            else:
                return redirect("accounts:setup_done", center.pk)
    context = {
        "terms": current_terms(),
        "refusal": refusal,
        "business": data_of(begun, "business"),
        "name": data_of(begun, "name"),
        "documents": begun.documents.order_by("pk"),
        "skipped_documents": data_of(begun, "documents").get("skipped", False),
        "payment": data_of(begun, "payment"),
    }
    return show_step(
        request, "terms", "accounts/setup/terms.html", context, status=422 if refusal else 200
    )


_STEPS: dict[str, Callable[[UserRequest, BusinessSetup | None], HttpResponse]] = {
    "business": _business,
    "name": _name,
    "documents": _documents,
    "terms": _terms,
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def start_over(request: UserRequest) -> HttpResponse:
    begun = open_setup(request.user)
    if begun is None:
        return redirect("accounts:setup")
    if request.method == "POST":
        start_setup_over(setup=begun)
        messages.success(request, "Everything that was filled in is gone.")
        return redirect("accounts:setup")
    return show_step(request, begun.step, "accounts/setup/start_over.html", {})


@require_safe
@business_required(BusinessPermission.MANAGE_BUSINESS)
def setup_done(request: BusinessRequest) -> HttpResponse:
    """What was founded, and what comes next."""
    center = request.business_center
    context = {
        "standing": verification_state(center),
        "things": {thing.key: thing.is_done for thing in next_things(center)},
        "section": "home",
    }
    return render(request, "accounts/setup/done.html", context)
