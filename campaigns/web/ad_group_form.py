"""The form of an ad group: audience, budget, schedule, bidding."""

from typing import Any

from django import forms

from bizcenter.lib import money
from campaigns.delivery.market import COUNTRIES
from campaigns.models import (
    AdGroup,
    AgeGroup,
    BidType,
    BudgetMode,
    Campaign,
    Gender,
    OptimizationGoal,
    Pacing,
    ScheduleType,
)
from campaigns.queries import suitability
from campaigns.services.inputs import AdGroupInput
from campaigns.services.rules.budgets import GROUP_DAILY_MINIMUM, in_minor

from .fields import AccountTimeField, BidField, MoneyField
from .vocabulary import BID_IS_PER, Choice, strategies

SYSTEMS = (("ANDROID", "Android"), ("IOS", "iOS"))
MODES = ((BudgetMode.DAY.value, "Daily"), (BudgetMode.TOTAL.value, "Lifetime"))
LISTS = ("countries", "age_groups", "operating_systems")
PLAIN = (
    "name",
    "gender",
    "budget_mode",
    "budget",
    "schedule_type",
    "start_at",
    "end_at",
    "optimization_goal",
    "bid_type",
    "bid_micros",
    "pacing",
)


def _boxes(label: str, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **options
    )


def _radios(choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)


class AdGroupForm(forms.Form):
    """New when `ad_group` is None; otherwise only what may change after creation is open."""

    name = forms.CharField(label="Ad group name", max_length=512)
    countries = _boxes("Countries", (), error_messages={"required": "Choose at least one country."})
    age_groups = _boxes("Age", AgeGroup.choices, required=False, help_text="None chosen: all ages.")
    gender = _radios(Gender.choices, label="Gender")
    operating_systems = _boxes("Device", SYSTEMS, required=False, help_text="None chosen: all.")
    optimization_goal = _radios(
        OptimizationGoal.choices,
        label="Bidding strategy",
        error_messages={"required": "Choose what is paid for."},
    )
    bid_type = _radios(BidType.choices, label="Bid control")
    budget_mode = _radios(MODES, label="Budget")
    schedule_type = _radios(ScheduleType.choices, label="Schedule")
    pacing = _radios(Pacing.choices, label="Delivery")

    def __init__(
        self, *args: Any, campaign: Campaign, ad_group: AdGroup | None = None, **options: Any
    ) -> None:
        self.campaign, self.ad_group = campaign, ad_group
        super().__init__(*args, **options | {"initial": _initial(campaign, ad_group)})
        countries: forms.MultipleChoiceField = self.fields["countries"]  # type: ignore[assignment]
        countries.choices = _country_choices(ad_group)
        self._add_money()
        self._add_times()
        if ad_group is not None:
            for name in ("budget_mode", "optimization_goal"):
                self.fields[name].disabled = True
        if campaign.is_budget_optimized:
            for name in ("budget_mode", "budget", "pacing"):
                del self.fields[name]

    def _add_money(self) -> None:
        currency = self.campaign.ad_account.currency
        least = money.format_minor(in_minor(GROUP_DAILY_MINIMUM, currency), currency)
        self.fields["budget"] = MoneyField(
            currency=currency,
            label="Amount",
            error_messages={"required": "Enter the budget."},
            help_text=f"At least {least} a day; a lifetime budget at least {least} for each "
            "scheduled day.",
        )
        self.fields["bid_micros"] = BidField(currency=currency, required=False, label="Bid")

    def _add_times(self) -> None:
        zone = self.campaign.ad_account.zone
        self.fields["start_at"] = AccountTimeField(
            zone=zone, required=False, label="Start", help_text="Left empty: now."
        )
        self.fields["end_at"] = AccountTimeField(zone=zone, required=False, label="End")

    @property
    def strategies(self) -> list[Choice]:
        return strategies(self.campaign.objective)

    @property
    def bid_unit(self) -> str:
        goal = self["optimization_goal"].value()
        known = goal in OptimizationGoal.values
        return BID_IS_PER[suitability.billing_for(goal)] if known else "per result"

    def as_input(self) -> AdGroupInput:
        """What the person wants, for a new ad group."""
        values = {name: self.cleaned_data[name] for name in PLAIN if name in self.cleaned_data}
        values |= {name: tuple(self.cleaned_data[name]) for name in LISTS}
        return AdGroupInput(**values)

    def changes(self) -> dict[str, Any]:
        """What the person changed, for an existing ad group."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


def _country_choices(ad_group: AdGroup | None) -> list[tuple[str, str]]:
    """The practice market's countries by name, and what the ad group has beside them."""
    names = {code: country.name for code, country in COUNTRIES.items()}
    for code in ad_group.countries if ad_group else ():
        names.setdefault(code, code)
    return sorted(names.items(), key=lambda pair: pair[1])


def _initial(campaign: Campaign, ad_group: AdGroup | None) -> dict[str, Any]:
    if ad_group is not None:
        return {name: getattr(ad_group, name) for name in (*PLAIN, *LISTS)}
    country, budget = campaign.ad_account.country, campaign.ad_account.default_daily_budget
    in_all = campaign.budget_mode == BudgetMode.TOTAL
    return {
        "countries": [country] if country in COUNTRIES else [],
        "gender": Gender.ANY,
        "optimization_goal": suitability.goals_for(campaign.objective)[0],
        "bid_type": BidType.NO_BID,
        "budget_mode": BudgetMode.TOTAL if in_all else BudgetMode.DAY,
        "budget": None if in_all else budget,
        "schedule_type": ScheduleType.START_END if in_all else ScheduleType.FROM_NOW,
        "pacing": Pacing.SMOOTH,
    }
