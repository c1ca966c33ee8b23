"""The page on which a person lets an app act for them through the API."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from csp.decorators import csp_update
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import UserRequest, recently_signed_in_on_page, signed_in
from accounts.models import DeveloperApp
from accounts.queries import memberships_of
from accounts.services import authorize_app
from bizcenter.lib.ids import read_id

SHOWN_CENTERS = 10


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@recently_signed_in_on_page
def consent(request: UserRequest) -> HttpResponseBase:
    """Allow or deny; both lead back to a registered address of the app and nowhere else."""
    app = _app(request.GET.get("app_id", ""))
    if app is None:
        return _refuse(request, "No app has this app_id. Check the link that brought you here.")
    target = request.GET.get("redirect_uri", app.redirect_uri)
    if target not in app.redirect_uris:
        return _refuse(
            request,
            "The redirect_uri is not one registered for this app, so you are not sent there.",
        )
    if request.method == "POST":
        return redirect(_address_back(request, app, target))
    return _ask(request, app, target)


def _ask(request: UserRequest, app: DeveloperApp, target: str) -> HttpResponseBase:
    memberships = memberships_of(request.user)
    parts = urlsplit(target)
    context = {
        "app": app,
        "target": target,
        "host": parts.netloc,
        "memberships": memberships[:SHOWN_CENTERS],
        "more": max(0, memberships.count() - SHOWN_CENTERS),
    }
    # Browsers check form-action again where the answer to the form redirects to.
    may_send_to_app = csp_update({"form-action": [f"{parts.scheme}://{parts.netloc}"]})
    return may_send_to_app(lambda _: render(request, "accounts/consent.html", context))(request)


def _app(app_id: str) -> DeveloperApp | None:
    valid = DeveloperApp.objects.select_related("owner").filter(revoked_at__isnull=True)
    return None if (key := read_id(app_id)) is None else valid.filter(pk=key).first()


def _address_back(request: UserRequest, app: DeveloperApp, target: str) -> str:
    answer: dict[str, Any] = {"state": request.GET.get("state", "")}
    if request.POST.get("answer") == "allow":
        code = authorize_app(app=app, user=request.user)
        answer = {"auth_code": code, "code": code, **answer}
    else:
        answer = {"error": "access_denied", **answer}
    parts = urlsplit(target)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), *answer.items()])
    return urlunsplit(parts._replace(query=query))


def _refuse(request: UserRequest, reason: str) -> HttpResponse:
    return render(request, "accounts/consent_refused.html", {"reason": reason}, status=400)
