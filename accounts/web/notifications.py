"""The list behind the bell."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import UserRequest, own_page
from accounts.models import Notification
from accounts.services import mark_notifications_read
from bizcenter.clock import queries as clock

PER_PAGE = 25


@require_safe
@own_page
def notifications(request: UserRequest) -> HttpResponse:
    """Opening the list reads it; what was unread is still marked as new this once."""
    rows = Notification.objects.filter(user=request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    mark_notifications_read(user=request.user, at=clock.now())
    return render(request, "accounts/notifications.html", {"page": page})
