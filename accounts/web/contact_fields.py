"""How a business is reached and known to the tax office: what these fields take, and what they say
to what they do not take."""

import re
from typing import Any

from django import forms

from bizcenter.lib import places, postal_codes


class PhoneField(forms.CharField):
    """A telephone number as people write it."""

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        digits = re.sub(r"[^0-9]", "", typed)
        if typed and not (re.fullmatch(r"\+?[0-9 ()./-]{1,39}", typed) and 6 <= len(digits) <= 15):
            raise forms.ValidationError(
                "Enter a telephone number of 6 to 15 digits, such as +1 212 555 0100."
            )
        return typed


class TaxNumberField(forms.CharField):
    """The number on the tax office's letters."""

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        letters = re.sub(r"[^A-Za-z0-9]", "", typed)
        if typed and not (re.fullmatch(r"[A-Za-z0-9 ./-]+", typed) and len(letters) >= 4):
            raise forms.ValidationError(
                "Enter the number with its letters and digits, such as DE123456789."
            )
        return typed


def postal_code_problem(code: str, country: str) -> str:
    """What is wrong with the code for that country, and how one looks; empty if nothing is."""
    if not code or not country or postal_codes.is_postal_code(code, country=country):
        return ""
    example = postal_codes.example_of(country)
    where = places.countries().get(country, country)
    looks = f": one looks like {example}." if example else "."
    return f"Not a postal code ({where}){looks}"
