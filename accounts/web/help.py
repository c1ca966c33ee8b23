"""Help about a page, as a dialog or a page, and tours that are over."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.access import UserRequest, open_without_two_step, own_page, signed_in
from accounts.services import end_tour
from bizcenter.clock import queries as clock
from bizcenter.lib.htmx import render_page

from .help_areas import help_about
from .tours import TOUR_KEYS, TOURS


@require_safe
@own_page
@open_without_two_step
def about_page(request: UserRequest) -> HttpResponse:
    page = request.GET.get("page", "")
    context = {"area": f"help/{help_about(page)}.html", "has_tour": page in TOURS}
    return render_page(request, "accounts/help.html", context, fragment="text")


@require_POST
@signed_in
def close_tour(request: UserRequest) -> HttpResponse:
    """Answers nothing, which takes the place of the offer."""
    tour = request.POST.get("tour", "")
    if tour not in TOUR_KEYS:
        raise Http404
    end_tour(user=request.user, tour=tour, at=clock.now())
    return HttpResponse() if getattr(request, "htmx", None) else redirect("home")
