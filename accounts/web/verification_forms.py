"""The form that goes with documents: in the set-up, and on the page of the verification."""

from typing import Any

from django import forms

from accounts.models import BusinessCenter, Verification, VerificationDocument
from accounts.services import VerificationInput
from accounts.services.documents import MAX_FILES, too_large
from bizcenter.lib import places
from bizcenter.lib.uploads import ManyFilesField, ManyFilesInput
from bizcenter.lib.web_address import WebAddressField

from .business_forms import CHOOSE

DETAILS = (
    "entity_type", "country", "business_name", "document_type", "certificate_number",
    "document_expires_on", "website",
)  # fmt: skip


class VerificationForm(forms.Form):
    entity_type = forms.ChoiceField(
        label="What the business is", choices=[CHOOSE, *Verification.EntityType.choices]
    )
    country = forms.ChoiceField(
        label="Country of the document", choices=lambda: [CHOOSE, *places.countries().items()]
    )
    business_name = forms.CharField(
        label="Business name on the document",
        max_length=200,
        help_text="Exactly as printed. It has to be the legal name.",
    )
    document_type = forms.ChoiceField(
        label="Kind of document", choices=[CHOOSE, *Verification.DocumentType.choices]
    )
    certificate_number = forms.CharField(
        label="Certificate number", max_length=60, widget=forms.TextInput({"autocomplete": "off"})
    )
    document_expires_on = forms.DateField(
        label="Valid until",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Empty if it does not expire. The verification lasts as long.",
    )
    website = WebAddressField(required=False)
    documents = ManyFilesField(
        label="Document files",
        error_messages={"required": "Add the document as a PDF, JPG or PNG file."},
        widget=ManyFilesInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=f"PDF, JPG or PNG, up to 10 MB each and {MAX_FILES} in all. "
        "Use an invented document: this is a practice environment.",
    )

    def __init__(
        self,
        *args: Any,
        earlier: list[VerificationDocument] | None = None,
        dropped: list[str] | None = None,
        has_files: bool = False,
        **kwargs: Any,
    ) -> None:
        """`earlier` documents may be sent again, or it `has_files` already; `dropped` are names of
        files that were too large to be received."""
        super().__init__(*args, **kwargs)
        self.fields["documents"].required = not (earlier or dropped or has_files)
        self.earlier = earlier or []
        self.dropped = dropped or []
        if self.earlier:
            self.fields["kept"] = forms.MultipleChoiceField(
                label="Send again",
                required=False,
                choices=[(str(each.pk), each.name) for each in self.earlier],
                widget=forms.CheckboxSelectMultiple,
            )

    def clean_documents(self) -> list[Any]:
        if self.dropped:
            raise forms.ValidationError([too_large(name).message for name in self.dropped])
        files: list[Any] = self.cleaned_data["documents"]
        return files

    @property
    def chosen(self) -> list[VerificationDocument]:
        wanted = set(self.cleaned_data.get("kept", []))
        return [each for each in self.earlier if str(each.pk) in wanted]

    @property
    def details(self) -> VerificationInput:
        return VerificationInput(**{name: self.cleaned_data[name] for name in DETAILS})


def known_of(center: BusinessCenter, last: Verification | None) -> dict[str, Any]:
    """What the form begins with: the last attempt, or what the Business Center says of itself."""
    if last is not None:
        return {name: getattr(last, name) for name in DETAILS}
    return known_of_business(
        {"legal_name": center.legal_name, "country": center.country, "website": center.website}
    )


def known_of_business(business: dict[str, Any]) -> dict[str, Any]:
    return {
        "business_name": business.get("legal_name", ""),
        "country": business.get("country", ""),
        "website": business.get("website", ""),
    }
