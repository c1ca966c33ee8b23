"""The kinds of values in parameters, read as leniently as real clients need it."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from rest_framework import serializers

from .envelope import ApiError, Code

_JSON_KINDS = (serializers.ListField, serializers.BaseSerializer, serializers.DictField)
_LARGEST_ID = 2**63 - 1
TIME_FORMAT = "%Y-%m-%d %H:%M:%S"


class Parameters(serializers.Serializer):
    """A set of named parameters. Nulls and, save for texts, empty values count as not sent;
    lists and objects may arrive as JSON text; unknown names are ignored."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            raise serializers.ValidationError("Must be an object.")
        sent = {name: self._decoded(name, value) for name, value in data.items()}
        return super().to_internal_value({k: v for k, v in sent.items() if v is not None})

    def _decoded(self, name: str, value: Any) -> Any:
        field = self.fields.get(name)
        if value == "" and not isinstance(field, serializers.CharField):
            return None
        if isinstance(value, str) and isinstance(field, _JSON_KINDS):
            try:
                return json.loads(value)
            except ValueError:
                raise serializers.ValidationError({name: "Must be JSON text."}) from None
        return value


class Id(serializers.Field):
    """Decimal digits, as text or as a number."""

    default_error_messages = {"invalid": "Must be an id, a text of digits."}

    def to_internal_value(self, data: Any) -> int:
        text = str(data).strip()
        if isinstance(data, bool) or not (text.isascii() and text.isdigit()):
            self.fail("invalid")
        found = int(text)
        if found > _LARGEST_ID:
            self.fail("invalid")
        return found


class Flag(serializers.BooleanField):
    """true, True, TRUE, 1 and their opposites."""

    def to_internal_value(self, data: Any) -> bool:
        return bool(super().to_internal_value(data.lower() if isinstance(data, str) else data))


class Text(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"allow_blank": True, "max_length": 4000, **kwargs})


class Choice(serializers.Field):
    """One of `offered`. The `documented` others are refused as unsupported rather than as wrong."""

    default_error_messages = {"invalid": "{value} is not one of {offered}."}

    def __init__(
        self, offered: Iterable[str], *, documented: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.offered = tuple(offered)
        self.documented = frozenset(documented)

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, str) and data in self.offered:
            return data
        if isinstance(data, str) and data in self.documented:
            raise ApiError(
                Code.UNSUPPORTED,
                f"{self.field_name}: {data} is unsupported in this sandbox; "
                f"use one of {', '.join(self.offered)}.",
            )
        # Half a character, which JSON can carry, could not be sent back.
        said = str(data)[:80].encode(errors="replace").decode()
        self.fail("invalid", value=said, offered=", ".join(self.offered))


class Unmodelled(serializers.Field):
    """A documented parameter that would change the answer, and that nothing here stands for."""

    def __init__(self, reason: str) -> None:
        super().__init__(required=False)
        self.reason = reason

    def to_internal_value(self, data: Any) -> Any:
        raise ApiError(
            Code.UNSUPPORTED, f"{self.field_name}: {self.reason} are unsupported in this sandbox."
        )


class Ids(serializers.ListField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=Id(), **{"max_length": 100, **kwargs})


class Texts(serializers.ListField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=Text(), **kwargs)


class Amount(serializers.DecimalField):
    """A JSON number (or its text) in currency units."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 18, "decimal_places": 6, **kwargs})


class Email(serializers.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 254, **kwargs})


class UtcTime(serializers.Field):
    """YYYY-MM-DD HH:MM:SS, in UTC."""

    default_error_messages = {"invalid": "Must be a UTC time like 2026-11-20 08:00:00."}

    def to_internal_value(self, data: Any) -> datetime:
        try:
            return datetime.strptime(str(data), TIME_FORMAT).replace(tzinfo=UTC)
        except ValueError:
            self.fail("invalid")


def wire_time(at: datetime) -> str:
    return at.astimezone(UTC).strftime(TIME_FORMAT)
