"""Business verification: where it stands, sending documents, and looking at them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BusinessRequest, business_required
from accounts.models import VerificationDocument
from accounts.permissions import BusinessPermission
from accounts.queries.verification import attempts_of, verification_state
from accounts.services import AlreadySubmitted, submit_verification
from accounts.services.documents import MAX_BYTES, MAX_FILES
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal
from bizcenter.lib.uploads import private_file, sent_files, too_large_files, uploads_up_to

from .verification_forms import VerificationForm, known_of


@require_http_methods(["GET", "HEAD", "POST"])
@business_required(BusinessPermission.MANAGE_BUSINESS)
@uploads_up_to(MAX_BYTES, files=MAX_FILES)
def verification(request: BusinessRequest) -> HttpResponse:
    center = request.business_center
    attempts = attempts_of(center)
    last = attempts[0] if attempts else None
    form = VerificationForm(
        posted(request),
        sent_files(request),
        initial=known_of(center, last),
        earlier=list(last.documents.all()) if last is not None else [],
        dropped=too_large_files(request),
    )
    if form.is_valid() and _submit(request, form):
        return redirect("accounts:verification", center.pk)
    context = {
        "form": form,
        "standing": verification_state(center),
        "attempts": attempts,
        "section": "settings",
    }
    status = 422 if form.errors else 200
    return render(request, "accounts/verification.html", context, status=status)


def _submit(request: BusinessRequest, form: VerificationForm) -> bool:
    try:
        submit_verification(
            business_center=request.business_center,
            details=form.details,
            uploads=form.cleaned_data["documents"],
            kept=form.chosen,
            actor=request.user,
            at=clock.now(),
        )
    except AlreadySubmitted as error:
        messages.info(request, error.message)
    except DomainError as error:
        show_refusal(form, error)
        return False
    else:
        messages.success(request, "Sent. You are told here and by e-mail when it is decided.")
    return True


@require_safe
@business_required(BusinessPermission.MANAGE_BUSINESS)
def document(request: BusinessRequest, document_id: int) -> HttpResponse:
    own = VerificationDocument.objects.filter(verification__business_center=request.business_center)
    return private_file(get_object_or_404(own, pk=document_id))
