"""How the sign-in pages of allauth work here."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import SignIn, User
from accounts.queries import find_user
from accounts.services import record_sign_in
from bizcenter.clock import queries as clock
from bizcenter.lib import origin

from .free_mail import is_free_mail

# In the session: where the address is at home that somebody has just signed up with.
FREE_MAIL_SERVICE = "free_mail_service"
LOCK = {"app": "allauth.account", "action": "login_failed"}


class AccountAdapter(DefaultAccountAdapter):
    """The places where allauth asks the product."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right.",
        "too_many_login_attempts": "Too many wrong tries: signing in is locked for 5 minutes. "
        "Wait that long. If you do not know your password, choose a new one.",
        "rate_limited": "Too many wrong tries. Wait 5 minutes, then try again.",
    }

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a moment ago need not confirm at once that it is they."""
        records = get_authentication_records(context.request, context.request.user)
        age = time.time() - records[-1]["at"] if records else float("inf")
        return age >= app_settings.REAUTHENTICATION_TIMEOUT

    def get_client_ip(self, request: HttpRequest) -> str:
        return origin.address() or super().get_client_ip(request)

    def clean_email(self, email: str) -> str:
        """The page after signing up advises against free addresses, known to us or not."""
        if context.request.path == reverse("account_signup"):
            service = email.rpartition("@")[2].lower() if is_free_mail(email) else ""
            context.request.session[FREE_MAIL_SERVICE] = service
        return str(super().clean_email(email))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        user = find_user(credentials.get("email", ""))
        if user is not None:
            key = self._get_login_attempts_cache_key(request, **credentials)
            record_failure(request, user, SignIn.Outcome.WRONG_PASSWORD, key)


def record_failure(request: HttpRequest, user: User, outcome: str, key: str) -> None:
    """A wrong password or code, and the lock it led to. `key` is under which allauth counts."""
    method = "password" if outcome == SignIn.Outcome.WRONG_PASSWORD else "code"
    tried: dict[str, Any] = {
        "user": user,
        "method": method,
        "at": clock.now(),
        "user_agent": request.headers.get("User-Agent", ""),
    }
    record_sign_in(outcome=outcome, **tried)
    if not ratelimit.consume(request, key=key, dry_run=True, **LOCK):
        record_sign_in(outcome=SignIn.Outcome.LOCKED, **tried)
