"""The panel of the switcher in the menu: where else the person may go, found by name."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, own_page
from accounts.queries import memberships_of
from adaccounts.queries.accounts import is_named
from adaccounts.queries.switcher import first_of_own, first_of_shared

# More are found by typing; nobody reads through ten thousand names.
SHOWN = 12


@require_safe
@own_page
def switcher(request: UserRequest) -> HttpResponse:
    """Their Business Centers with their role, ad accounts of these, and ad accounts that partners
    share with them; in five queries however many there are."""
    search = request.GET.get("q", "").strip()[:100]
    memberships = memberships_of(request.user)
    if search:
        memberships = memberships.filter(business_center__name__icontains=search)
    named = is_named(search) if search else Q()
    own = first_of_own(request.user, named, SHOWN + 1)
    shared = first_of_shared(request.user, named, SHOWN + 1)
    centers = list(memberships[: SHOWN + 1])
    context = {
        "search": search,
        "centers": centers[:SHOWN],
        "accounts": own[:SHOWN],
        "shared": shared[:SHOWN],
        "is_cut": max(len(centers), len(own), len(shared)) > SHOWN,
    }
    part = "#found" if "q" in request.GET else ""
    return render(request, f"adaccounts/switcher.html{part}", context)
