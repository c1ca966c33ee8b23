"""Inviting people, and what can be done with an invitation until it is answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.access import BusinessRequest, business_required, recently_signed_in
from accounts.models import Invitation
from accounts.permissions import BusinessPermission
from accounts.queries.invitations import LinkState
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
    """(address, why not, link to its row) of those who could not be invited; they stay typed.

    What is wrong with the choices is wrong for everybody, and is said once at its field.
    """
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
    refused, left = [], []
    for outcome in outcomes:
        if (refusal := outcome.refusal) is None:
            continue
        left.append(outcome.email)
        if refusal.field in form.fields:
            if refusal.message not in form.errors.get(refusal.field, []):
                show_refusal(form, refusal)
            continue
        is_there = refusal.code in {"already_member", "already_invited"}
        row = f"{users}?{urlencode({'q': outcome.email}, safe='@')}" if is_there else ""
        refused.append((outcome.email, refusal.message, row))
    if refused:
        whom = "One address is" if len(refused) == 1 else f"{len(refused)} addresses are"
        form.add_error("emails", f"{whom} not invited; what stands below says why.")
    if left:
        typed = request.POST.copy()
        typed["emails"] = "\n".join(left)
        form.data = typed
    return refused


def _while_open(view: Callable[[BusinessRequest, Invitation], HttpResponse]) -> Callable[..., Any]:
    """Where somebody accepted, declined or revoked the invitation meanwhile, the list says so."""

    @wraps(view)
    def with_invitation(request: BusinessRequest, invitation_id: int) -> HttpResponse:
        center = request.business_center
        found = Invitation.objects.select_related("business_center")
        invitation = get_object_or_404(found, pk=invitation_id, business_center=center)
        if invitation.state == Invitation.State.PENDING:
            return view(request, invitation)
        messages.info(request, f"{invitation.email}: {LinkState(invitation.state).sentence}")
        users = reverse("adaccounts:user_list", args=[center.pk])
        is_htmx = getattr(request, "htmx", None)
        return HttpResponseClientRedirect(users) if is_htmx else redirect(users)

    return with_invitation


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
@recently_signed_in
@_while_open
def edit_invitation(request: BusinessRequest, invitation: Invitation) -> HttpResponse:
    options: dict[str, Any] = {
        "business_center": request.business_center,
        "held": invited_access(invitation),
    }
    form = searched(request, AccessForm, options) or AccessForm(posted(request), **options)
    if form.is_valid():
        try:
            change_invitation(
                invitation=invitation,
                access=form.access,
                actor=request.user,
                at=clock.now(),
                seen=form.cleaned_data["seen"],
            )
        except DomainError as error:
            show_refusal(form, error)
            form.see_again()
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
@_while_open
def resend(request: BusinessRequest, invitation: Invitation) -> HttpResponse:
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
@_while_open
def revoke(request: BusinessRequest, invitation: Invitation) -> HttpResponse:
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
