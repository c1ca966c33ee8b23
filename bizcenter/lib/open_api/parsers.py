"""Request bodies: JSON whatever the Content-Type says, and nothing is nothing."""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.http import QueryDict
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser


class LenientJSONParser(BaseParser):
    """Clients send empty bodies as JSON, JSON without saying so, and forms to the token calls."""

    media_type = "*/*"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        text = stream.read().strip()
        if not text:
            return {}
        if (media_type or "").startswith("application/x-www-form-urlencoded") and text[:1] != b"{":
            return QueryDict(text).dict()
        try:
            found = json.loads(text)
        except ValueError as error:
            raise ParseError("The request body is not valid JSON.") from error
        if not isinstance(found, dict):
            raise ParseError("The request body must be a JSON object.")
        return found
