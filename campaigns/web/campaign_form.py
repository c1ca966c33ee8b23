"""The form of a campaign: objective, budget, and how it is named."""

from typing import Any

from django import forms

from adaccounts.models import AdAccount
from bizcenter.lib import money
from campaigns.models import BudgetMode, Campaign, Objective
from campaigns.services.inputs import CampaignInput
from campaigns.services.rules.budgets import CAMPAIGN_MINIMUM, in_minor

from .fields import MoneyField
from .vocabulary import OBJECTIVE_GROUPS


class CampaignForm(forms.Form):
    """New when `campaign` is None; otherwise only what may change after creation is open."""

    objective = forms.ChoiceField(
        choices=Objective.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the campaign is to achieve."},
    )
    name = forms.CharField(label="Campaign name", max_length=512)
    budget_mode = forms.ChoiceField(
        label="Campaign budget", choices=BudgetMode.choices, widget=forms.RadioSelect
    )
    is_budget_optimized = forms.BooleanField(
        label="Share this budget among the ad groups (campaign budget optimisation)",
        required=False,
    )
    po_number = forms.CharField(
        label="PO number", max_length=60, required=False, help_text="Printed on the invoice."
    )

    def __init__(
        self, *args: Any, ad_account: AdAccount, campaign: Campaign | None = None, **options: Any
    ) -> None:
        self.campaign = campaign
        super().__init__(*args, **options | {"initial": _initial(ad_account, campaign)})
        currency = ad_account.currency
        least = money.format_minor(in_minor(CAMPAIGN_MINIMUM, currency), currency)
        self.fields["budget"] = MoneyField(
            currency=currency,
            required=False,
            label="Amount",
            help_text=f"At least {least}. A daily budget is never exceeded on any day, a lifetime "
            "budget never in all.",
        )
        if campaign is not None:
            for name in ("objective", "budget_mode", "is_budget_optimized"):
                self.fields[name].disabled = True
            if campaign.budget_mode == BudgetMode.INFINITE:
                self.fields["budget"].disabled = True

    @property
    def objective_groups(self) -> object:
        return OBJECTIVE_GROUPS

    def as_input(self) -> CampaignInput:
        """What the person wants, for a new campaign."""
        values = self.cleaned_data
        no_limit = values["budget_mode"] == BudgetMode.INFINITE
        return CampaignInput(
            name=values["name"],
            objective=values["objective"],
            budget_mode=values["budget_mode"],
            budget=None if no_limit else values["budget"],
            is_budget_optimized=values["is_budget_optimized"],
            po_number=values["po_number"],
        )

    def changes(self) -> dict[str, Any]:
        """What the person changed, for an existing campaign."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


def _initial(ad_account: AdAccount, campaign: Campaign | None) -> dict[str, Any]:
    if campaign is None:
        return {"budget_mode": BudgetMode.INFINITE, "budget": ad_account.default_daily_budget}
    names = ("objective", "name", "budget_mode", "budget", "is_budget_optimized", "po_number")
    return {name: getattr(campaign, name) for name in names}
