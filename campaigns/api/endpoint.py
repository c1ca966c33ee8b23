"""Calls about one ad account: it is loaded and the permission checked on the way in."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.http import Http404
from rest_framework.response import Response

from accounts.services import claim_request
from adaccounts.access import load_ad_account
from adaccounts.models import AdAccount
from adaccounts.permissions import Permission
from bizcenter.clock import queries as clock
from bizcenter.lib.open_api.endpoint import Command, Endpoint, Query
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Id, Parameters
from bizcenter.lib.open_api.paging import Paged, Trimmed


class AccountParameters(Parameters):
    advertiser_id = Id()


class ListParameters(AccountParameters, Paged, Trimmed):
    pass


class AccountEndpoint(Endpoint):
    """`answer` finds the account and the practice time of the call."""

    permission: ClassVar[Permission]
    ad_account: AdAccount
    at: datetime

    def enter(self, params: dict[str, Any]) -> None:
        advertiser_id = params["advertiser_id"]
        try:
            self.ad_account = load_ad_account(self.user, advertiser_id, self.permission)
        except Http404:
            raise ApiError(
                Code.NO_PERMISSION, f"No permission to operate advertiser {advertiser_id}."
            ) from None
        self.at = clock.now()


class AccountQuery(AccountEndpoint, Query):
    permission = Permission.VIEW_REPORTS


class AccountCommand(AccountEndpoint, Command):
    """All or nothing: a refused call leaves no trace, not even its request_id."""

    permission = Permission.MANAGE_CAMPAIGNS
    operation: ClassVar[str] = ""

    @transaction.atomic
    def respond(self) -> Response:
        return super().respond()

    def claim(self, params: dict[str, Any]) -> None:
        if "request_id" in params:
            claim_request(user=self.user, operation=self.operation, request_id=params["request_id"])


def find(queryset: Any, pk: int, name: str) -> Any:
    """The row, or the answer 40007 that names the parameter."""
    found = queryset.filter(pk=pk).first()
    if found is None:
        raise ApiError(Code.NOT_FOUND, f"{name}: {pk} does not exist in this ad account.")
    return found
