"""The set-up's step of documents: files are kept at once, whatever else is still missing."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.access import UserRequest, signed_in
from accounts.models import BusinessSetup, VerificationDocument
from accounts.services import remove_setup_document, save_setup_step, store_setup_document
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted
from bizcenter.lib.uploads import sent_files, too_large_files

from .setup_saving import data_of, leave, show_step, to_step, values_of, wants_to_leave
from .verification_forms import DETAILS, VerificationForm, known_of_business

TEMPLATE = "accounts/setup/documents.html"


def document_step(request: UserRequest, setup: BusinessSetup) -> HttpResponse:
    saved = data_of(setup, "documents")
    known = known_of_business(data_of(setup, "business"))
    initial = known | {name: value for name, value in saved.items() if value}
    form = VerificationForm(
        posted(request),
        sent_files(request),
        initial=initial,
        dropped=too_large_files(request),
        has_files=setup.documents.exists(),
    )
    if request.method == "POST":
        is_done = form.is_valid()
        if request.POST.get("go") == "skip":
            typed = values_of(form, list(DETAILS))
            _save(request, {**typed, "skipped": True}, is_done=True)
            return to_step("payment")
        is_done = _keep_files(setup, form) and is_done
        _save(request, values_of(form, list(DETAILS)), is_done=is_done)
        if wants_to_leave(request):
            return leave(request)
        if is_done:
            return to_step("payment")
    context = {
        "form": form,
        "documents": setup.documents.order_by("pk"),
        "was_skipped": saved.get("skipped", False),
    }
    return show_step(request, "documents", TEMPLATE, context, status=422 if form.errors else 200)


def _save(request: UserRequest, values: Mapping[str, object], *, is_done: bool) -> None:
    save_setup_step(
        user=request.user, step="documents", values=values, is_done=is_done, at=clock.now()
    )


def _keep_files(setup: BusinessSetup, form: VerificationForm) -> bool:
    """The acceptable files are stored, the others named on the form; False if one was not."""
    refusals = []
    for upload in form.cleaned_data.get("documents", []):
        try:
            store_setup_document(setup=setup, upload=upload, at=clock.now())
        except DomainError as error:
            refusals.append(error.message)
    for words in dict.fromkeys(refusals):
        form.add_error("documents", words)
    return "documents" not in form.errors


@require_POST
@signed_in
def remove_document(request: UserRequest, document_id: int) -> HttpResponse:
    """Without any file left the step is not done any more."""
    own = VerificationDocument.objects.filter(
        setup__user=request.user, setup__business_center__isnull=True
    )
    document = get_object_or_404(own.select_related("setup"), pk=document_id)
    remove_setup_document(document=document)
    setup = document.setup
    if setup is not None and not setup.documents.exists():
        _save(request, data_of(setup, "documents"), is_done=False)
    return redirect("accounts:setup_step", "documents")
