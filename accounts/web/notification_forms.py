"""How a person wants to be told: topics by ways, and at once or once a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from accounts.models import NotificationPreference, Topic
from accounts.queries.notifications import TOPICS_TO_CHOOSE
from accounts.services import Ways

EXPLANATIONS = {
    Topic.REVIEW: "An ad of yours was approved or rejected, and why.",
    Topic.STOP: "A campaign that was switched off has stopped, and what it spent last.",
    Topic.INVOICE: "An invoice was issued, a payment failed, money runs low.",
    Topic.ACCESS: "Somebody asks for access, joined, or changed what you may do.",
    Topic.BUSINESS: "Verification was decided, an ad account was shared or linked, reminders.",
    Topic.SECURITY: "Your password, two-step sign-in or sessions changed. Always told, both ways "
    "and at once.",
}


@dataclass(frozen=True)
class Row:
    """One topic of the table; without fields it cannot be chosen."""

    label: str
    explanation: str
    in_app: BoundField | None = None
    email: BoundField | None = None


class PreferencesForm(forms.Form):
    wants_digest = forms.ChoiceField(
        label="When e-mails come",
        choices=[
            ("at_once", "At once, one for each piece of news"),
            ("daily", "Once a day, all in one"),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(
        self, data: Any, *, wishes: Mapping[str, NotificationPreference], wants_digest: bool
    ) -> None:
        super().__init__(data, initial={"wants_digest": "daily" if wants_digest else "at_once"})
        for topic in TOPICS_TO_CHOOSE:
            wish = wishes.get(topic)
            for way, words in (("in_app", "in the product"), ("email", "by e-mail")):
                self.fields[f"{way}_{topic}"] = forms.BooleanField(
                    label=f"{topic.label} {words}",
                    required=False,
                    initial=getattr(wish, way) if wish else True,
                )

    @property
    def rows(self) -> Iterator[Row]:
        for topic in TOPICS_TO_CHOOSE:
            yield Row(
                topic.label, EXPLANATIONS[topic], self[f"in_app_{topic}"], self[f"email_{topic}"]
            )
        yield Row(Topic.SECURITY.label, EXPLANATIONS[Topic.SECURITY])

    @property
    def wishes(self) -> dict[str, Ways]:
        """What was sent."""
        return {
            topic: Ways(
                in_app=self.cleaned_data[f"in_app_{topic}"],
                email=self.cleaned_data[f"email_{topic}"],
            )
            for topic in TOPICS_TO_CHOOSE
        }
