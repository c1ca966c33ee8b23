"""What a trainer says when something is rejected."""

from django import forms

from accounts.models import Verification


class VerdictForm(forms.Form):
    """Reason on two levels, and what the business can do."""

    reason = forms.ChoiceField(choices=[("", "Choose…"), *Verification.Reason.choices])
    detail = forms.CharField(label="What is wrong with it", max_length=300)
    suggestion = forms.CharField(label="What they can do", max_length=300, required=False)


class AccountVerdictForm(forms.Form):
    reason = forms.CharField(label="Why, and what would have to change", max_length=300)
