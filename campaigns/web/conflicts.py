"""Two people edited the same thing: what the other one saved, beside what this one wants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from campaigns.services import StaleVersion

from .behaviour_fields import in_words
from .fields import AccountTimeField, MoneyField
from .hours_fields import hours_in_words


@dataclass(frozen=True)
class Difference:
    label: str
    saved: str
    wanted: str


def differences(form: forms.Form, error: StaleVersion) -> list[Difference]:
    """The fields in which the saved version and the person's differ, in words."""
    return [
        Difference(_label(form, name), _text(form, name, saved), _text(form, name, wanted))
        for name, wanted in error.wanted.items()
        if (saved := error.current.get(name)) != wanted
    ]


def _label(form: forms.Form, name: str) -> str:
    if name == "behaviours":
        return "Behaviours"
    field = form.fields.get("hours" if name == "dayparting" else name)
    return str(field.label) if field and field.label else name.replace("_", " ").capitalize()


def _text(form: forms.Form, name: str, value: Any) -> str:
    field = form.fields.get(name)
    if name == "dayparting":
        return hours_in_words(value)
    if value in (None, "", []):
        return "–"
    if name == "behaviours":
        return "; ".join(in_words(each) for each in value)
    if isinstance(field, MoneyField):
        return f"{field.from_units(int(value)):,} {field.currency}"
    if isinstance(field, AccountTimeField):
        return f"{field.prepare_value(datetime.fromisoformat(value)):%d %b %Y, %H:%M}"
    if isinstance(field, forms.ChoiceField):
        pairs: Iterable[Any] = field.choices  # type: ignore[assignment]
        names = {str(key): str(label) for key, label in pairs}
        values: Iterable[Any] = value if isinstance(value, list) else [value]
        return ", ".join(names.get(str(each), str(each)) for each in values)
    return str(value)
