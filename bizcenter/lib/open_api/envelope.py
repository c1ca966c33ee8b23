"""What every answer looks like: {code, message, request_id, data}, always with HTTP status 200."""

import secrets
from enum import IntEnum
from typing import Any

from django.utils import timezone


class Code(IntEnum):
    """The outcome of a call, in the numbers of the live API."""

    OK = 0
    INVALID = 40000
    NO_PERMISSION = 40001
    PARAMETER = 40002
    NOT_FOUND = 40007
    UNSUPPORTED = 40009
    NOTHING_TO_UPDATE = 40012
    DUPLICATED_REQUEST = 40050
    INVALID_VIDEO = 40053
    TOO_MANY_REQUESTS = 40100
    TOKEN_MISSING = 40104
    TOKEN_INVALID = 40105
    SCOPE_NOT_AUTHORISED = 40130
    NO_ROUTE = 40400
    SYSTEM = 50000


class ApiError(Exception):
    """A refusal in the API's own terms, where the domain has no word for it."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def new_request_id() -> str:
    """32 characters: the real time as YYYYMMDDHHMMSS, then upper-case hexadecimal."""
    return f"{timezone.now():%Y%m%d%H%M%S}{secrets.token_hex(9).upper()}"


def envelope(
    data: Any = None, *, code: int = Code.OK, message: str = "OK", request_id: str = ""
) -> dict[str, Any]:
    return {
        "code": int(code),
        "message": message,
        "request_id": request_id or new_request_id(),
        "data": {} if data is None else data,
    }
