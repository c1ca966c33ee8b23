"""What people did lately, as an ad group's form offers it.

The form shows what the ad group asks for already, one box each, and adds to it: what people did,
about what, and how lately. Hashtags come from the Business API only, and are shown like the rest.
"""

from collections.abc import Iterable
from typing import Any

from django import forms

from campaigns.models import AdGroup
from campaigns.services.rules.behaviours import SCENE_OF, Behaviour, is_behaviour

from .audience_choices import INTERESTS

DID = {
    "WATCHED_TO_END": "Watched videos to the end",
    "LIKED": "Liked videos",
    "COMMENTED": "Commented on videos",
    "SHARED": "Shared videos",
    "FOLLOWING": "Follow creators",
    "VIEW_HOMEPAGE": "Visited creators’ profiles",
}
WITHIN = ((7, "the last 7 days"), (15, "the last 15 days"))
ADDING = ("did", "about", "within")


def in_words(text: str) -> str:
    """The behaviour as people read it."""
    if not is_behaviour(text):
        return text
    doing, days, category = Behaviour.of(text)
    if doing not in DID:
        return f"Viewed hashtag {category}"
    about = INTERESTS.get(category, f"Category {category}")
    return f"{DID[doing]}: {about}" + (f", in the last {days} days" if days else "")


def chosen(did: Iterable[str], about: Iterable[str], within: int) -> list[str]:
    """Each doing about each category; following and visiting have no particular time."""
    categories = list(about)
    return [
        str(Behaviour(doing, within if SCENE_OF[doing] == "VIDEO_RELATED" else 0, category))
        for doing in did
        for category in categories
    ]


def asked_behaviours(kept: Iterable[str], did: Any, about: Any, within: Any) -> list[str]:
    """The same for what a form that is being filled in sends; what is unknown is left out."""
    added = chosen(
        [doing for doing in did if doing in DID],
        [category for category in about if category in INTERESTS],
        int(within) if within in {str(days) for days, _ in WITHIN} else WITHIN[-1][0],
    )
    return list(dict.fromkeys([*(each for each in kept if is_behaviour(each)), *added]))


class BehaviourFields(forms.Form):
    behaviours = forms.MultipleChoiceField(
        label="Asked for now",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Take a tick away to ask for it no longer.",
    )
    did = forms.MultipleChoiceField(
        label="What people did",
        choices=list(DID.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="None chosen: everybody. Several reach more.",
    )
    about = forms.MultipleChoiceField(
        label="What it was about",
        choices=list(INTERESTS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    within = forms.TypedChoiceField(
        label="How lately",
        choices=WITHIN,
        coerce=int,
        empty_value=str(WITHIN[-1][0]),
        required=False,
        help_text="For videos; following and visiting have no particular time.",
    )

    def offer_behaviours(self, ad_group: AdGroup | None) -> None:
        """The boxes are those of the ad group."""
        kept: forms.MultipleChoiceField = self.fields["behaviours"]  # type: ignore[assignment]
        kept.choices = [
            (each, in_words(each)) for each in (ad_group.behaviours if ad_group else ())
        ]

    @property
    def asks_for_behaviours(self) -> bool:
        """Is there anything to see among these fields?"""
        has_errors = any(self[name].errors for name in ("behaviours", *ADDING))
        return has_errors or any(self[name].value() for name in ("behaviours", "did", "about"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        did, about = values.get("did"), values.get("about")
        if did and not about:
            self.add_error("about", "Choose what it was about, too.")
        if about and not did:
            self.add_error("did", "Choose what people did, too.")
        return values

    @property
    def wanted_behaviours(self) -> tuple[str, ...]:
        """What is left of the ad group's, and what is added."""
        values = self.cleaned_data
        added = chosen(values["did"], values["about"], int(values["within"]))
        return tuple(dict.fromkeys([*values["behaviours"], *added]))
