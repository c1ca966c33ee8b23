"""Members of a Business Center that requires two-step sign-in set it up before they go on."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from accounts.models import User
from accounts.queries.sign_ins import who_asks_for_two_step

from .requests import View, page_around

# In the session: where the person wanted to go, and who asked for the second step.
WANTED_PAGE = "wanted_page"
ASKED_BY = "two_step_asked_by"


def open_without_two_step(view: View) -> View:
    """For the pages that people need while they set it up; stands beneath `signed_in`."""
    view.open_without_two_step = True  # type: ignore[attr-defined]
    return view


def led_to_two_step(request: HttpRequest, user: User) -> HttpResponseBase | None:
    """The way to setting it up, for people who must; they come back to where they were."""
    if not getattr(user, "owes_two_step", False):
        return None
    asked_by = who_asks_for_two_step(user)
    request.session[ASKED_BY] = "" if asked_by is None else asked_by.name
    way = reverse("mfa_activate_totp")
    if getattr(request, "htmx", None):
        request.session[WANTED_PAGE] = page_around(request)
        return HttpResponseClientRedirect(way)
    if request.method == "GET":
        request.session[WANTED_PAGE] = request.get_full_path()
    return redirect(way)
