"""Calls about one Business Center: the membership is loaded and the right checked on the way in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from rest_framework.response import Response

from accounts.access import load_membership
from accounts.models import BusinessCenter, Membership
from accounts.permissions import BusinessPermission
from bizcenter.clock import queries as clock
from bizcenter.lib.open_api.endpoint import Command, Endpoint, Query
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.errors import no_permission_to_operate
from bizcenter.lib.open_api.fields import Id, Parameters, Unmodelled
from bizcenter.lib.open_api.paging import Paged, page_size


class BusinessParameters(Parameters):
    bc_id = Id()
    child_bc_id = Unmodelled("tiered Business Centers")


class BusinessListParameters(BusinessParameters, Paged):
    page_size = page_size(50)


class BusinessEndpoint(Endpoint):
    """`answer` finds the Business Center, the caller's membership and the practice time."""

    permission: ClassVar[BusinessPermission | None] = None
    membership: Membership
    at: datetime

    def enter(self, params: dict[str, Any]) -> None:
        with no_permission_to_operate(f"Business Center {params['bc_id']}"):
            self.membership = load_membership(self.user, params["bc_id"], self.permission)
        self.at = clock.now()

    @property
    def business_center(self) -> BusinessCenter:
        return self.membership.business_center

    def member(self, user_id: int, name: str = "user_id") -> Membership:
        """The member behind an id; whether other people exist is not told."""
        found = (
            Membership.objects.filter(business_center=self.business_center, user_id=user_id)
            .select_related("user", "business_center")
            .first()
        )
        if found is None:
            raise ApiError(
                Code.NOT_FOUND, f"{name}: {user_id} is no member of this Business Center."
            )
        return found


class BusinessQuery(BusinessEndpoint, Query):
    pass


class BusinessCommand(BusinessEndpoint, Command):
    """All or nothing: a refused call leaves no trace."""

    @transaction.atomic
    def respond(self) -> Response:
        return super().respond()


def who_and_how(endpoint: BusinessEndpoint) -> Mapping[str, Any]:
    """What every service asks for beside its own arguments."""
    return {"actor": endpoint.user, "at": endpoint.at}
