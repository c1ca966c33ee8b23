"""How the sign-in pages of allauth work here."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.http import HttpRequest

from bizcenter.lib import origin


class AccountAdapter(DefaultAccountAdapter):
    """The places where allauth asks the product."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a moment ago need not confirm at once that it is they."""
        records = get_authentication_records(context.request, context.request.user)
        age = time.time() - records[-1]["at"] if records else float("inf")
        return age >= app_settings.REAUTHENTICATION_TIMEOUT

    def get_client_ip(self, request: HttpRequest) -> str:
        return origin.address() or super().get_client_ip(request)
