"""Form fields in an ad account's terms: its currency's money and its own clock."""

from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from bizcenter.lib import money
from bizcenter.lib.money_field import MoneyField

__all__ = ["AccountTimeField", "BidField", "MoneyField"]


class BidField(MoneyField):
    """A bid, cleaned to micros; it may be finer than the currency's smallest coin."""

    def __init__(self, *, currency: str, **options: Any) -> None:
        self.finest = money.exponent(currency) + 2
        super().__init__(currency=currency, places=self.finest, **options)

    def to_units(self, amount: Decimal) -> int:
        return money.to_micros(amount)

    def from_units(self, units: int) -> Decimal:
        """With the currency's decimals, or as many more as the bid needs."""
        amount = money.micros_to_decimal(units)
        coins = amount.quantize(Decimal(1).scaleb(-money.exponent(self.currency)))
        return coins if coins == amount else amount.quantize(Decimal(1).scaleb(-self.finest))


class AccountTimeField(forms.DateTimeField):
    """A minute on the ad account's clock, cleaned to an aware time in UTC."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, *, zone: tzinfo, **options: Any) -> None:
        self.zone = zone
        super().__init__(**options)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        try:
            local = datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise ValidationError("Enter a date and a time, like 2026-03-01 18:00.") from None
        return local.replace(second=0, microsecond=0, tzinfo=self.zone).astimezone(UTC)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(self.zone).replace(tzinfo=None)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """People choose minutes: seconds that the form cannot show are no change."""
        shown = initial.replace(second=0, microsecond=0) if initial else None
        try:
            return shown != self.to_python(data)
        except ValidationError:
            return True
