"""Every exception becomes an envelope; what is not foreseen is logged and answered 50000."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from bizcenter.lib.errors import DomainError

from .envelope import ApiError, Code, envelope, new_request_id

logger = logging.getLogger(__name__)


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> Response:
    """REST framework's hook. Nothing of a crash but its request_id leaves the house."""
    request_id = new_request_id()
    known = _known(exc, wire_names=getattr(context.get("view"), "wire_names", {}))
    if known is None:
        logger.error("Business API call %s crashed", request_id, exc_info=exc)
        known = Code.SYSTEM, "System error. The server's log has it under this request_id."
    code, message = known
    return Response(envelope(code=code, message=message, request_id=request_id))


def _known(exc: Exception, *, wire_names: Mapping[str, str]) -> tuple[int, str] | None:
    match exc:
        case ApiError():
            return exc.code, exc.message
        case DomainError():
            name = wire_names.get(exc.field or "", exc.field)
            return exc.api_code, f"{name}: {exc.message}" if name else exc.message
        case exceptions.ValidationError():
            return Code.PARAMETER, first_error(exc.detail)
        case Http404():
            # Strangers are not told what exists.
            return Code.NO_PERMISSION, "No permission to operate this object, or no such object."
        case PermissionDenied():
            return Code.NO_PERMISSION, str(exc) or "No permission."
        case RequestDataTooBig():
            return Code.INVALID, "The request body is too large."
        case exceptions.APIException():
            return _FRAMEWORK.get(type(exc), Code.INVALID), str(exc.detail)
    return None


_FRAMEWORK: dict[type[exceptions.APIException], Code] = {
    exceptions.NotAuthenticated: Code.TOKEN_MISSING,
    exceptions.AuthenticationFailed: Code.TOKEN_INVALID,
    exceptions.Throttled: Code.TOO_MANY_REQUESTS,
    exceptions.MethodNotAllowed: Code.NO_ROUTE,
}


@contextmanager
def no_permission_to_operate(what: str) -> Iterator[None]:
    """Whatever is not found inside is refused in the words of the live API, by its name alone."""
    try:
        yield
    except Http404:
        raise ApiError(Code.NO_PERMISSION, f"No permission to operate {what}.") from None


def first_error(detail: Any, path: str = "") -> str:
    """The first mistake of a tree of mistakes, as "filtering.page: what is wrong"."""
    if isinstance(detail, dict):
        name, below = next(iter(detail.items()))
        if name == "non_field_errors":
            return first_error(below, path)
        return first_error(below, f"{path}.{name}" if path else str(name))
    if isinstance(detail, list):
        return first_error(next(each for each in detail if each), path)
    return f"{path}: {detail}" if path else str(detail)
