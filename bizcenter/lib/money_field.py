"""A form field for an amount of money, typed in currency units and cleaned to minor units."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bizcenter.lib import money

MOST_DIGITS = 14


class MoneyField(forms.DecimalField):
    """Typed in currency units, cleaned to minor units."""

    def __init__(self, *, currency: str, places: int | None = None, **options: Any) -> None:
        self.currency = currency
        places = money.exponent(currency) if places is None else places
        example = f"12.{'34567890'[:places]}" if places else "1200"
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(max_digits=MOST_DIGITS, decimal_places=places, **options)
        self.error_messages |= {
            "invalid": f"Write the amount as a plain number, like {example}.",
            "max_decimal_places": f"An amount in {currency} has at most {places} decimals, like "
            f"{example}."
            if places
            else f"{currency} has no decimals: write a whole amount, like {example}.",
            "max_digits": "This amount is too large.",
            "max_whole_digits": "This amount is too large.",
        }

    def clean(self, value: Any) -> Any:
        amount = super().clean(value.strip() if isinstance(value, str) else value)
        return None if amount is None else self.to_units(amount)

    def to_units(self, amount: Decimal) -> int:
        return money.to_minor(amount, self.currency)

    def from_units(self, units: int) -> Decimal:
        return money.to_decimal(units, self.currency)

    def prepare_value(self, value: Any) -> Any:
        return str(self.from_units(value)) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.clean(data)
        except ValidationError:
            return True
