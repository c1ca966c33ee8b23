"""Inviting people, and what can be done with an invitation until it is answered."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import BusinessRequest, business_required, recently_signed_in
from accounts.models import Invitation
from accounts.permissions import BusinessPermission
from adaccounts.queries.held import invited_access
from adaccounts.services import (
    change_invitation,
    invite_people,
    resend_invitation,
    revoke_invitation,
)
from bizcenter.clock import queries as clock
from bizcenter.lib.errors import DomainError
from bizcenter.lib.forms import posted, show_refusal
from bizcenter.lib.htmx import render_page

from .comparing import comparison
from .forms import AccessForm, InviteForm
from .searching import searched

members_only = business_required(BusinessPermission.MANAGE_MEMBERS)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@recently_signed_in
def invite(request: BusinessRequest) -> HttpResponse:
    options: dict[str, Any] = {"business_center": request.business_center}
    typed = {"emails": request.GET.get("email", "")}
    form = searched(request, InviteForm, options) or InviteForm(
        posted(request), initial=typed, **options
    )
    refused = []
    if form.is_valid():
        refused = _invite(request, form)
        if not form.errors:
            return redirect("adaccounts:user_list", request.business_center.pk)
    context = {
        "form": form,
        "refused": refused,
        "comparison": comparison(),
        "section": "users",
    }
    return render(
        request, "adaccounts/people/invite.html", context, status=422 if form.errors else 200
    )


def _invite(request: BusinessRequest, form: InviteForm) -> list[tuple[str, str, str]]:
    """(address, why not, link to its row) of those who could not be invited; they stay typed."""
    try:
        outcomes = invite_people(
            business_center=request.business_center,
            emails=form.cleaned_data["emails"],
            access=form.access,
            actor=request.user,
            at=clock.now(),
        )
    except DomainError as error:
        form.add_error("emails", error.message)
        return []
    invited = [outcome.email for outcome in outcomes if outcome.refusal is None]
    if invited:
        whom = invited[0] if len(invited) == 1 else f"{len(invited)} people"
        messages.success(request, f"Invited {whom}. The links are on their way.")
    users = reverse("adaccounts:user_list", args=[request.business_center.pk])
    refused = []
    for outcome in outcomes:
        if outcome.refusal is None:
            continue
        is_there = outcome.refusal.code in {"already_member", "already_invited"}
        row = f"{users}?{urlencode({'q': outcome.email}, safe='@')}" if is_there else ""
        refused.append((outcome.email, outcome.refusal.message, row))
        form.add_error("emails", outcome.refusal.message)
    if refused:
        typed = request.POST.copy()
        typed["emails"] = "\n".join(email for email, *_ in refused)
        form.data = typed
    return refused


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@recently_signed_in
def edit_invitation(request: BusinessRequest, invitation_id: int) -> HttpResponse:
    invitation = _invitation(request, invitation_id)
    options: dict[str, Any] = {
        "business_center": request.business_center,
        "held": invited_access(invitation),
    }
    form = searched(request, AccessForm, options) or AccessForm(posted(request), **options)
    if form.is_valid():
        try:
            change_invitation(
                invitation=invitation, access=form.access, actor=request.user, at=clock.now()
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            messages.success(request, f"The invitation of {invitation.email} is changed.")
            return redirect("adaccounts:user_list", request.business_center.pk)
    context = {
        "form": form,
        "invitation": invitation,
        "comparison": comparison(),
        "section": "users",
    }
    return render(
        request,
        "adaccounts/people/edit_invitation.html",
        context,
        status=422 if form.errors else 200,
    )


@require_POST
@members_only
@recently_signed_in
def resend(request: BusinessRequest, invitation_id: int) -> HttpResponse:
    invitation = _invitation(request, invitation_id)
    try:
        resend_invitation(invitation=invitation, actor=request.user, at=clock.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(
            request, f"A new link is on its way to {invitation.email}. The old one is dead."
        )
    return redirect("adaccounts:user_list", request.business_center.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@recently_signed_in
def revoke(request: BusinessRequest, invitation_id: int) -> HttpResponse:
    invitation = _invitation(request, invitation_id)
    if request.method == "POST":
        try:
            revoke_invitation(invitation=invitation, actor=request.user, at=clock.now())
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, f"The invitation of {invitation.email} is taken back.")
        return redirect("adaccounts:user_list", request.business_center.pk)
    context = {"invitation": invitation, "section": "users"}
    return render_page(
        request, "adaccounts/people/revoke_invitation.html", context, fragment="confirm"
    )


def _invitation(request: BusinessRequest, invitation_id: int) -> Invitation:
    """Settled ones are no longer on the list, nor here."""
    return get_object_or_404(
        Invitation.objects.select_related("business_center"),
        pk=invitation_id,
        business_center=request.business_center,
        state=Invitation.State.PENDING,
    )
