"""How many queries a call costs, once the token was used in this hour."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import data_of


def cost(call: Callable[[], dict[str, Any]]) -> int:
    data_of(call())
    with CaptureQueriesContext(connection) as queries:
        data_of(call())
    return len(queries)
