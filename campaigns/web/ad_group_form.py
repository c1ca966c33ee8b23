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
    Objective,
    OptimizationGoal,
    Pacing,
    ScheduleType,
)
from campaigns.queries import suitability
from campaigns.services.inputs import AdGroupInput
from campaigns.services.rules.budgets import GROUP_DAILY_MINIMUM, in_minor

from . import audience_choices
from .behaviour_fields import ADDING, WITHIN, BehaviourFields
from .fields import AccountTimeField, BidField, MoneyField
from .hours_fields import HoursFields
from .vocabulary import BID_IS_PER, Choice, strategies

SYSTEMS = (("ANDROID", "Android"), ("IOS", "iOS"))
MODES = ((BudgetMode.DAY.value, "Daily"), (BudgetMode.TOTAL.value, "Lifetime"))
WINDOWS = ("click_window_days", "view_window_days")
LISTS = ("countries", "age_groups", "operating_systems", "languages", "interests")
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
    "click_window_days",
    "view_window_days",
    "frequency_cap",
    "frequency_days",
)


def _boxes(label: str, choices: Any, **options: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **options
    )


def _radios(choices: Any, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)


def _days(choices: Any, **options: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        choices=choices, coerce=int, required=False, empty_value=None, **options
    )


class AdGroupForm(BehaviourFields, HoursFields):
    """New when `ad_group` is None; otherwise only what may change after creation is open."""

    name = forms.CharField(label="Ad group name", max_length=512)
    countries = _boxes("Countries", (), error_messages={"required": "Choose at least one country."})
    age_groups = _boxes("Age", AgeGroup.choices, required=False, help_text="None chosen: all ages.")
    gender = _radios(Gender.choices, label="Gender")
    operating_systems = _boxes("Device", SYSTEMS, required=False, help_text="None chosen: all.")
    languages = _boxes("Language", (), required=False, help_text="None chosen: all languages.")
    interests = _boxes(
        "Interests", (), required=False, help_text="None chosen: everybody. Several reach more."
    )
    click_window_days = _days(audience_choices.CLICK_WINDOWS, label="After a click")
    view_window_days = _days(audience_choices.VIEW_WINDOWS, label="After a view")
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
        self.fields["languages"].choices = audience_choices.languages(ad_group)  # type: ignore[attr-defined]
        self.fields["interests"].choices = audience_choices.interests(ad_group)  # type: ignore[attr-defined]
        self.offer_behaviours(ad_group)
        self.offer_hours(ad_group)
        self._add_money()
        self._add_times()
        if campaign.objective == Objective.REACH:
            self._add_frequency()
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

    def _add_frequency(self) -> None:
        self.fields["frequency_cap"] = forms.IntegerField(
            required=False,
            min_value=1,
            label="Times a person",
            help_text="Left empty: as often as it comes. Needs the goal Reach.",
        )
        self.fields["frequency_days"] = forms.IntegerField(
            required=False, min_value=1, max_value=30, label="in so many days"
        )

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
        values = {name: each for name, each in values.items() if not self._is_left(name, each)}
        values |= {name: tuple(self.cleaned_data[name]) for name in LISTS}
        return AdGroupInput(
            **values, behaviours=self.wanted_behaviours, dayparting=self.wanted_dayparting
        )

    def changes(self) -> dict[str, Any]:
        """What the person changed, for an existing ad group."""
        names = [name for name in self.changed_data if name not in (*ADDING, "hours")]
        values = {name: self.cleaned_data[name] for name in names}
        if not {"behaviours", "did", "about"}.isdisjoint(self.changed_data):
            values["behaviours"] = self.wanted_behaviours
        if "hours" in self.changed_data:
            values["dayparting"] = self.wanted_dayparting
        return {name: each for name, each in values.items() if not self._is_left(name, each)}

    def _is_left(self, name: str, value: Any) -> bool:
        """A window that was not said stays as it is."""
        return name in WINDOWS and value is None


def _country_choices(ad_group: AdGroup | None) -> list[tuple[str, str]]:
    """The practice market's countries by name, and what the ad group has beside them."""
    names = {code: country.name for code, country in COUNTRIES.items()}
    for code in ad_group.countries if ad_group else ():
        names.setdefault(code, code)
    return sorted(names.items(), key=lambda pair: pair[1])


def _initial(campaign: Campaign, ad_group: AdGroup | None) -> dict[str, Any]:
    if ad_group is not None:
        kept = {name: getattr(ad_group, name) for name in (*PLAIN, *LISTS, "behaviours")}
        return {**kept, "within": WITHIN[-1][0]}
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
        "click_window_days": 7,
        "view_window_days": 1,
        "within": WITHIN[-1][0],
    }
