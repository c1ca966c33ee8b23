"""The security rules of a Business Center, who follows them, and helping people back in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import BusinessRequest, business_required, recently_signed_in
from accounts.models import BusinessCenter, Membership
from accounts.permissions import BusinessPermission
from accounts.queries import memberships_of_business
from accounts.queries.sign_ins import last_sign_ins, members_outside, two_step_states
from accounts.services import send_password_reset, update_security
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal
from bizcenter.lib.htmx import render_page

PER_PAGE = 25
MANY = 5


class SecurityForm(forms.Form):
    requires_two_step = forms.BooleanField(
        label="Require two-step sign-in of everybody", required=False
    )
    email_domains = forms.CharField(
        label="Allowed e-mail domains",
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text="One a line, such as company.com. Empty allows every address.",
    )
    email_domains_bind = forms.ChoiceField(
        label="Whom they bind",
        choices=BusinessCenter.DomainsBind.choices,
        widget=forms.RadioSelect,
    )

    def clean_email_domains(self) -> list[str]:
        return str(self.cleaned_data["email_domains"]).replace(",", " ").split()


@require_http_methods(["GET", "HEAD", "POST"])
@business_required(BusinessPermission.MANAGE_BUSINESS)
@recently_signed_in
def business_security(request: BusinessRequest) -> HttpResponse:
    here = request.business_center
    form = SecurityForm(
        posted(request),
        initial={
            "requires_two_step": here.requires_two_step,
            "email_domains": "\n".join(here.email_domains),
            "email_domains_bind": here.email_domains_bind,
        },
    )
    if form.is_valid():
        try:
            update_security(
                business_center=here, actor=request.user, at=clock.now(), **form.cleaned_data
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, "The security rules are saved.")
            return redirect("accounts:business_security", here.pk)
    return render(
        request,
        "accounts/business_security.html",
        {"form": form, **_people(request)},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@business_required(BusinessPermission.MANAGE_MEMBERS)
@recently_signed_in
def send_reset(request: BusinessRequest, membership_id: int) -> HttpResponse:
    row = get_object_or_404(Membership, pk=membership_id, business_center=request.business_center)
    if request.method != "POST":
        return render_page(request, "accounts/send_reset.html", {"row": row}, fragment="confirm")
    try:
        send_password_reset(membership=row, actor=request.user, at=clock.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"{row.user} has a mail with a link to choose a new password.")
    return redirect("adaccounts:edit_user", request.business_center.pk, membership_id)


def _people(request: BusinessRequest) -> dict[str, Any]:
    here = request.business_center
    members = memberships_of_business(here)
    page: Page[Membership] = Paginator(members, PER_PAGE).get_page(request.GET.get("page"))
    users = [row.user for row in page]
    safe, last = two_step_states(users), last_sign_ins(users)
    outside = list(members_outside(here, here.email_domains)[: MANY + 1])
    return {
        "page": page,
        "people": [(row, row.user_id in safe, last.get(row.user_id)) for row in page],
        "outside": outside[:MANY],
        "more_outside": len(outside) > MANY,
        "own_step_missing": not two_step_states([request.user]),
    }
