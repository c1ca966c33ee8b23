"""What a person can change about themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import UserRequest, open_without_two_step, own_page
from accounts.queries import memberships_of
from accounts.services import rename_person
from bizcenter.clock import queries as clock
from bizcenter.lib.forms import posted

from .forms import ProfileForm


@require_http_methods(["GET", "HEAD", "POST"])
@own_page
@open_without_two_step
def profile(request: UserRequest) -> HttpResponse:
    form = ProfileForm(posted(request), initial={"name": request.user.name})
    if form.is_valid():
        rename_person(user=request.user, name=form.cleaned_data["name"], at=clock.now())
        messages.success(request, "Saved.")
        return redirect("accounts:profile")
    context = {"form": form, "memberships": memberships_of(request.user)}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)
