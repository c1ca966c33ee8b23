"""Calls of the Business API that must not be carried out twice."""

from django.db import IntegrityError, transaction

from accounts.models import ApiCall, User
from bizcenter.lib.errors import DomainError


class DuplicatedRequest(DomainError):
    """The request_id was used before."""

    code = "duplicated_request"
    api_code = 40050


def claim_request(*, user: User, operation: str, request_id: int) -> None:
    """The request_id is used up, if the caller's transaction commits.

    Raises DuplicatedRequest when it was before; a call that is under way meanwhile is waited for.
    """
    try:
        with transaction.atomic():
            ApiCall.objects.create(user=user, operation=operation, request_id=request_id)
    except IntegrityError:
        raise DuplicatedRequest(
            f"{request_id} was sent before and its call carried out.", field="request_id"
        ) from None
