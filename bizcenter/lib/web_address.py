"""The form field of a web address: what people open in a browser, and no other scheme."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

_MESSAGE = "Enter a web address, such as https://shop.example."


class WebAddressField(forms.URLField):
    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", error_messages={"invalid": _MESSAGE}, **options)
        others = [each for each in self.validators if not isinstance(each, URLValidator)]
        self.validators = [*others, URLValidator(schemes=["http", "https"])]
