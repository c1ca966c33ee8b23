"""The page for people who may not: what is missing, who can grant it, and how to ask for it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import AccessRemoved, PermissionNeeded


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 403 page."""
    context = {
        "exception": str(exception),
        "removed": exception if isinstance(exception, AccessRemoved) else None,
        "needed": exception if isinstance(exception, PermissionNeeded) else None,
    }
    return render(request, "403.html", context, status=403)
