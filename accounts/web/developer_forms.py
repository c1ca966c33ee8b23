"""Forms about apps and access tokens of the Business API."""

from urllib.parse import urlsplit

from django import forms

from accounts.models import Scope


class _ScopesForm(forms.Form):
    scopes = forms.TypedMultipleChoiceField(
        label="What it may do",
        choices=Scope.choices,
        coerce=int,
        initial=list(Scope),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )


class TokenForm(_ScopesForm):
    """What a personal token may be used for."""

    prefix = "token"


class DeveloperAppForm(_ScopesForm):
    name = forms.CharField(label="App name", max_length=100)
    redirect_uris = forms.CharField(
        label="Redirect addresses",
        max_length=5_100,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One a line. People come back to one of them after they allowed your app, with "
        "the code; the first is meant where the link names none.",
    )

    field_order = ["name", "redirect_uris", "scopes"]

    def clean_redirect_uris(self) -> list[str]:
        lines = str(self.cleaned_data["redirect_uris"]).splitlines()
        return [_address(line.strip()) for line in lines if line.strip()]


def _address(line: str) -> str:
    """As browsers would go there. Raises ValidationError with the line in it."""
    parts = urlsplit(line)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise forms.ValidationError(f"“{line[:80]}” does not start with https:// or http://.")
    # What stands before an @ may look like the name of another site, and goes into a header.
    if "@" in parts.netloc:
        raise forms.ValidationError(f"Leave out what stands before the @ of “{line[:80]}”.")
    if parts.fragment or line.endswith("#"):
        raise forms.ValidationError(f"Leave out the part after # of “{line[:80]}”.")
    return str(forms.URLField(max_length=500, assume_scheme="https").clean(line))
