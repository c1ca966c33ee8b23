"""The practice mailbox: mail that was kept instead of sent."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import SIGNED_UP_AS, View, open_without_two_step, own_page
from bizcenter.practice.queries import messages_for

from .linkify import link_up

PER_PAGE = 25


def _open_to_new_people(view: View) -> View:
    """Signed in as usual; or the visitor who has just signed up, for their own mail. Where mail is
    really sent nobody needs that, and it would tell a new address from a taken one."""
    for_members = own_page(view)

    def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        is_kept = settings.EMAIL_BACKEND == settings.PRACTICE_MAILBOX
        is_new = not request.user.is_authenticated and SIGNED_UP_AS in request.session
        return (view if is_new and is_kept else for_members)(request, **kwargs)

    return wrapped


@require_safe
@never_cache
@_open_to_new_people
@open_without_two_step
def mailbox(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()
    found = _mine(request)
    if search:
        found = found.filter(subject__icontains=search)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "search": search,
    }
    return render(request, "practice/mailbox.html", {**context, **_frame(request)})


@require_safe
@never_cache
@_open_to_new_people
@open_without_two_step
def message(request: HttpRequest, message_id: int) -> HttpResponse:
    found = get_object_or_404(_mine(request), pk=message_id)
    context = {"message": found, "body": link_up(found.body, own_hosts=_own_hosts(request))}
    return render(request, "practice/message.html", {**context, **_frame(request)})


def _mine(request: HttpRequest) -> Any:
    user = request.user if request.user.is_authenticated else None
    return messages_for(user, signed_up_as=request.session.get(SIGNED_UP_AS, ""))


def _own_hosts(request: HttpRequest) -> set[str]:
    return {f"{request.scheme}://{request.get_host()}", settings.SITE_URL}


def _frame(request: HttpRequest) -> dict[str, str]:
    return {"frame": "base.html" if request.user.is_authenticated else "layouts/public.html"}
