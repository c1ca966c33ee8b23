"""The list behind the bell, and how a person wants to be told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import UserRequest, open_without_two_step, own_page, signed_in
from accounts.models import Notification, Topic
from accounts.queries.notifications import DIGEST_HOUR, notifications_of, preferences_of
from accounts.services import mark_notifications_read, set_notification_preferences
from bizcenter.clock import queries as clock
from bizcenter.lib.forms import posted
from bizcenter.lib.htmx import render_page

from .notification_forms import PreferencesForm

PER_PAGE = 25


@require_safe
@own_page
@open_without_two_step
def notifications(request: UserRequest) -> HttpResponse:
    topic = request.GET.get("topic", "")
    rows = notifications_of(request.user, topic)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "topics": Topic.choices,
        "topic": topic,
    }
    return render_page(request, "accounts/notifications.html", context, fragment="list")


@require_POST
@signed_in
def read_notifications(request: UserRequest) -> HttpResponse:
    mark_notifications_read(user=request.user, at=clock.now())
    return redirect("accounts:notifications")


@require_safe
@signed_in
def open_notification(request: UserRequest, notification_id: int) -> HttpResponse:
    """Reads it and goes where it leads: the only thing that changes is that it was read."""
    found = get_object_or_404(Notification, pk=notification_id, user=request.user)
    if request.method == "GET":
        mark_notifications_read(user=request.user, at=clock.now(), notification=found)
    if url_has_allowed_host_and_scheme(found.url, allowed_hosts=None):
        return redirect(found.url)
    return redirect("accounts:notifications")


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
@open_without_two_step
def preferences(request: UserRequest) -> HttpResponse:
    form = PreferencesForm(
        posted(request),
        wishes=preferences_of(request.user),
        wants_digest=request.user.wants_digest,
    )
    if form.is_valid():
        set_notification_preferences(
            user=request.user,
            wishes=form.wishes,
            wants_digest=form.cleaned_data["wants_digest"] == "daily",
            at=clock.now(),
        )
        messages.success(request, "Saved. It holds for what happens from now on.")
        return redirect("accounts:notification_preferences")
    context = {"form": form, "digest_hour": DIGEST_HOUR, "tab": "notifications"}
    return render(
        request,
        "accounts/notification_preferences.html",
        context,
        status=422 if form.errors else 200,
    )
