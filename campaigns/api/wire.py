"""Names and units of the wire and of the domain, one into the other."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from bizcenter.lib import money

from ..services import InvalidInput
from .names import names

LARGEST_EXACT = 2**53


def extra_fields(
    level: str, raw: Mapping[str, Any], *, modelled: Collection[str]
) -> dict[str, Any]:
    """The documented fields that are kept as given and read back; nothing depends on them."""
    kept = set(names(level)) - set(names("read_only")) - set(modelled)
    return {name: raw[name] for name in sorted(kept) if raw.get(name) is not None}


def row(
    level: str, own: Mapping[str, Any], extra: Mapping[str, Any], defaults: Mapping[str, Any]
) -> dict[str, Any]:
    """All documented fields in order: the product's own values over what was given at creation."""
    given = {name: _exact(value) for name, value in extra.items() if value is not None}
    merged = {**defaults, **given, **own}
    return {name: merged.get(name) for name in names(level)}


def _exact(value: Any) -> Any:
    """Large numbers become texts, or JavaScript would round them."""
    if isinstance(value, int) and abs(value) >= LARGEST_EXACT:
        return str(value)
    return value


def minor_units(amount: Decimal | None, currency: str) -> int | None:
    """Raises InvalidInput for more decimals than the currency has."""
    if amount is None:
        return None
    minor = money.to_minor(amount, currency)
    if money.to_decimal(minor, currency) != amount:
        raise InvalidInput(
            f"{currency} amounts have {money.exponent(currency)} decimals.", field="budget"
        )
    return minor


def number(minor: int | None, currency: str) -> float | None:
    """A JSON number; its shortest decimal form is exact at a currency's few decimals."""
    return None if minor is None else float(money.to_decimal(minor, currency))


def bid_number(micros: int | None) -> float | None:
    return None if micros is None else float(money.micros_to_decimal(micros))
