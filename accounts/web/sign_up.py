"""The form of the sign-up page of allauth, with what it leaves out."""

from typing import Any

from allauth.account.forms import SignupForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest


class EvenSignupForm(SignupForm):
    def try_save(self, request: HttpRequest) -> Any:
        """As much work for a known address as for a new one: else the time of the answer would
        tell the two apart, as hashing the password is most of it."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)
