"""Template filters for money and ratios; undefined values show as a dash."""

from decimal import Decimal

from django import template

from bizcenter.lib import money as m

register = template.Library()
DASH = "–"


@register.filter
def money(minor: int | None, currency: str) -> str:
    """Minor units in the account's currency: 123456 -> $1,234.56."""
    return DASH if minor is None else m.format_minor(minor, currency)


@register.filter
def money_amount(amount: Decimal | None, currency: str) -> str:
    """An average in currency units, such as a cost per click; a dash where it is undefined."""
    return DASH if amount is None else m.format_amount(amount, currency)


@register.filter
def money_micros(micros: int | None, currency: str) -> str:
    if micros is None:
        return DASH
    return m.format_amount(m.micros_to_decimal(micros), currency)


@register.filter
def percent(value: Decimal | None) -> str:
    """A ratio in percent with two decimals; a dash where it is undefined."""
    return DASH if value is None else f"{value:.2f} %"
