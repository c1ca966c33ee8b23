"""Money as integers: minor units in budgets and the ledger, micros in delivery.

A micro is a millionth of the currency unit, so one US cent is 10,000 micros and one yen 1,000,000.
Rounding happens in one place (`to_minor`: half up, away from zero); display never feeds back.
"""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_currency, get_currency_precision

MICROS = 1_000_000
CURRENCIES = ("USD", "EUR", "GBP", "JPY", "KRW", "CAD", "AUD", "BRL", "MXN", "INR")


def exponent(currency: str) -> int:
    """Decimals of the currency's minor unit: USD 2, JPY 0 (CLDR)."""
    return get_currency_precision(currency)


def micros_per_minor(currency: str) -> int:
    return int(MICROS // 10 ** exponent(currency))


def to_minor(amount: Decimal, currency: str) -> int:
    """The amount in minor units, rounded half up."""
    return int(amount.scaleb(exponent(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_decimal(minor: int, currency: str) -> Decimal:
    """The amount in currency units with exactly the currency's decimals."""
    return Decimal(minor).scaleb(-exponent(currency))


def to_micros(amount: Decimal) -> int:
    return int((amount * MICROS).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def micros_to_decimal(micros: int, places: int = 6) -> Decimal:
    return (Decimal(micros) / MICROS).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def ratio(part: int, whole: int, scale: int = 1) -> Decimal | None:
    """part / whole * scale, or None where it is undefined (shown as a dash)."""
    return None if whole == 0 else Decimal(part) * scale / Decimal(whole)


def format_minor(minor: int, currency: str, locale: str = "en_US") -> str:
    return format_currency(to_decimal(minor, currency), currency, locale=locale)


def format_amount(amount: Decimal, currency: str, locale: str = "en_US") -> str:
    """An amount in currency units, for averages such as a cost per click."""
    return format_currency(amount, currency, locale=locale)
