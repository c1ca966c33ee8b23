"""The form of an ad: creative, words, call to action, link."""

from typing import Any

from django import forms

from assets.models import Creative
from assets.queries import creative_of, creatives_of
from assets.services import limits
from campaigns.models import Ad, AdFormat, AdGroup, CallToAction
from campaigns.queries import suitability
from campaigns.services.inputs import AdInput

SHOWN_CREATIVES = 24
PLAIN = ("name", "display_name", "text", "call_to_action", "landing_page_url")
TEXT_LENGTH = 100
_FORMATS = {Creative.Kind.VIDEO: AdFormat.VIDEO, Creative.Kind.IMAGE: AdFormat.IMAGE}


class AdForm(forms.Form):
    """`ad` is None for a new one. The creative is picked from the library or uploaded."""

    name = forms.CharField(label="Ad name", max_length=512)
    creative = forms.CharField(required=False, widget=forms.HiddenInput)
    upload = forms.FileField(
        label="Or upload a new one",
        required=False,
        help_text=f"Picture: {limits.IMAGE_RULES}. Video: {limits.VIDEO_RULES}.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,video/*"}),
    )
    display_name = forms.CharField(
        label="Display name", max_length=40, help_text="2 to 40 characters; who the ad is from."
    )
    text = forms.CharField(
        label="Text",
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": TEXT_LENGTH}),
        help_text="1 to 100 characters; no emoji and none of { } #.",
    )
    call_to_action = forms.ChoiceField(label="Call to action", choices=CallToAction.choices)
    landing_page_url = forms.CharField(
        label="Landing page",
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )

    def __init__(
        self,
        *args: Any,
        ad_group: AdGroup,
        ad: Ad | None = None,
        creative_id: int | None = None,
        **options: Any,
    ) -> None:
        self.ad_group, self.ad = ad_group, ad
        initial = _initial(ad_group, ad)
        if creative_id is not None:
            initial["creative"] = creative_id
        super().__init__(*args, **options | {"initial": initial})
        objective = ad_group.campaign.objective
        self.fields["landing_page_url"].required = suitability.needs_landing_page(objective)
        self.fields["landing_page_url"].widget.is_required = False

    @property
    def picked(self) -> Creative | None:
        """The creative of the library that is chosen now."""
        value = str(self["creative"].value() or "")
        return creative_of(self.ad_group.ad_account, int(value)) if value.isdecimal() else None

    def library(self, search: str = "") -> list[Creative]:
        """Creatives to pick from: the newest that match, and always the one that is chosen."""
        found = list(creatives_of(self.ad_group.ad_account, search=search)[:SHOWN_CREATIVES])
        picked = self.picked
        return [picked, *found] if picked and picked not in found else found

    def clean_creative(self) -> Creative | None:
        if self.data.get("creative") and self.picked is None:
            raise forms.ValidationError("This creative is not in the library of this ad account.")
        return self.picked

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        has_one = values.get("creative") or values.get("upload")
        if not has_one and not {"creative", "upload"} & self.errors.keys():
            self.add_error("creative", "Pick a picture or video, or upload one.")
        return values

    def use(self, creative: Creative) -> None:
        """The uploaded file is in the library now and chosen, also when the form is shown again."""
        self.cleaned_data["creative"] = creative
        self.data = {**self.data, "creative": str(creative.pk)}

    def as_input(self) -> AdInput:
        """What the person wants, for a new ad."""
        creative: Creative = self.cleaned_data["creative"]
        return AdInput(
            **{name: self.cleaned_data[name] for name in PLAIN},
            creative=creative,
            ad_format=_FORMATS[Creative.Kind(creative.kind)],
        )

    def changes(self) -> dict[str, Any]:
        """What the person changed, for an existing ad."""
        found = {name: self.cleaned_data[name] for name in self.changed_data if name in PLAIN}
        creative: Creative = self.cleaned_data["creative"]
        if self.ad is not None and creative.pk != self.ad.creative_id:
            found |= {"creative": creative, "ad_format": _FORMATS[Creative.Kind(creative.kind)]}
        return found


def _initial(ad_group: AdGroup, ad: Ad | None) -> dict[str, Any]:
    if ad is not None:
        return {name: getattr(ad, name) for name in PLAIN} | {"creative": ad.creative_id}
    account = ad_group.ad_account
    return {
        "call_to_action": CallToAction.LEARN_MORE,
        "display_name": account.default_display_name or str(account.business_center)[:40],
        "landing_page_url": account.default_landing_page,
    }
