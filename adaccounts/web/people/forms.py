"""What a person gets, as a form: a preset, or every layer by itself."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict

from accounts.models import BusinessCenter, Membership
from accounts.permissions import Preset, Standing
from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.permissions import PRESET_LEVELS, Access, AssetRole, Level, preset_access
from adaccounts.queries import accounts_within_reach, assets_within_reach, preset_of

from .picking import ACCOUNTS, ASSETS, Picked, PickedField, Picker, picker

CUSTOM = "custom"
_PRESETS = [(preset.value, preset.roles.label) for preset in Preset]
_SEPARATORS = re.compile(r"[\s,;]+")


class AccessForm(forms.Form):
    """Cleaned into `access`. `held` is what the person has now, nothing for a new one."""

    preset = forms.ChoiceField(
        label="Role",
        choices=[*_PRESETS, (CUSTOM, "Advanced")],
        initial=Preset.ANALYST.value,
        widget=forms.RadioSelect,
    )
    role = forms.ChoiceField(
        label="Business Center role",
        choices=Membership.Role.choices[::-1],
        initial=Membership.Role.STANDARD.value,
        required=False,
        help_text="Standard works with what is assigned; an Admin manages everything.",
    )
    finance_role = forms.ChoiceField(
        label="Finance role",
        choices=Membership.FinanceRole.choices,
        initial=Membership.FinanceRole.NONE.value,
        required=False,
        help_text="An analyst sees bills and transactions, a manager also pays.",
    )
    accounts = PickedField(ACCOUNTS, "Ad accounts")
    assets = PickedField(ASSETS, "Assets")
    access_ends_on = forms.DateField(
        label="Last day of access",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="On the practice clock. Leave empty for no end. Not for Admins.",
    )
    confirm = forms.BooleanField(label="Yes, I want that", required=False)
    seen = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        business_center: BusinessCenter,
        held: Access | None = None,
        is_own: bool = False,
        is_new: bool = False,
        **kwargs: Any,
    ) -> None:
        self.business_center, self.is_own = business_center, is_own
        self.held = held or Access()
        self.held_levels = {row.pk: level for row, level in self.held.levels.items()}
        self.held_roles = {row.pk: role for row, role in self.held.assets.items()}
        self.zone = ZoneInfo(business_center.timezone)
        self.question = ""
        self.access = Access()
        self.search: Mapping[str, str] = {}
        if held is not None and not is_new:
            kwargs.setdefault("initial", self._initial(held))
        super().__init__(*args, **kwargs)

    def _initial(self, held: Access) -> dict[str, Any]:
        preset = preset_of(held.standing, set(held.levels.values()))
        ends = held.standing.access_ends_at
        return {
            "seen": held.mark,
            "preset": preset.value if preset else CUSTOM,
            "role": held.standing.role.value,
            "finance_role": held.standing.finance_role.value,
            "access_ends_on": (ends - timedelta(seconds=1)).astimezone(self.zone).date()
            if ends
            else None,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            preset = cleaned["preset"]
            self.access = self._custom() if preset == CUSTOM else self._preset(Preset(preset))
            self._ask()
        return cleaned

    def _preset(self, preset: Preset) -> Access:
        picked: Picked = self.cleaned_data["accounts"]
        chosen: list[AdAccount] = []
        if preset in PRESET_LEVELS:
            wanted = (self.held_levels.keys() - picked.shown) | picked.ticked
            chosen = self._accounts(wanted)
            if not wanted:
                self.add_error(
                    "accounts",
                    f"Choose at least one ad account for the role {preset.roles.label}.",
                )
        return preset_access(preset, chosen, access_ends_at=self._end(), assets=self.held.assets)

    def _custom(self) -> Access:
        accounts: Picked = self.cleaned_data["accounts"]
        assets: Picked = self.cleaned_data["assets"]
        levels: dict[int, Level] = {
            key: level for key, level in self.held_levels.items() if key not in accounts.shown
        } | {key: Level(value) for key, value in accounts.grades.items()}
        roles: dict[int, AssetRole] = {
            key: role for key, role in self.held_roles.items() if key not in assets.shown
        } | {key: AssetRole(value) for key, value in assets.grades.items()}
        return Access(
            standing=Standing(
                role=Membership.Role(self.cleaned_data["role"] or "standard"),
                finance_role=Membership.FinanceRole(self.cleaned_data["finance_role"] or "none"),
                access_ends_at=self._end(),
            ),
            levels={row: levels[row.pk] for row in self._accounts(levels)},
            assets={row: roles[row.pk] for row in self._assets(roles)},
        )

    def _accounts(self, ids: Any) -> list[AdAccount]:
        found = list(accounts_within_reach(self.business_center).filter(pk__in=ids))
        if set(ids) - {row.pk for row in found} - self.held_levels.keys():
            self.add_error("accounts", "Choose ad accounts of this Business Center.")
        return found

    def _assets(self, ids: Any) -> list[BusinessAsset]:
        found = list(assets_within_reach(self.business_center).filter(pk__in=ids))
        if set(ids) - {row.pk for row in found} - self.held_roles.keys():
            self.add_error("assets", "Choose assets of this Business Center.")
        return found

    def _end(self) -> datetime | None:
        """The end of that day where the Business Center is."""
        day = self.cleaned_data["access_ends_on"]
        if day is None:
            return None
        midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=self.zone)
        return midnight.astimezone(UTC)

    def _ask(self) -> None:
        """Making somebody Admin, and giving up being one, is confirmed by a tick."""
        was, will = (each.standing.role == "admin" for each in (self.held, self.access))
        if will and not was:
            self.question = (
                "An Admin may do everything: manage users, settings, finance as far as the finance "
                "role goes, and every ad account and asset."
            )
            self.fields["confirm"].label = "Yes, give the Admin role"
        elif was and not will and self.is_own:
            self.question = (
                "You take your own Admin role away. You cannot give it back to yourself."
            )
            self.fields["confirm"].label = "Yes, I give up my Admin role"
        if self.question and not self.cleaned_data["confirm"]:
            self.add_error("confirm", "Confirm this by ticking the box.")

    def see_again(self) -> None:
        """The form shows what is held now beside what was typed, and can be sent again."""
        if isinstance(self.data, QueryDict):
            typed = self.data.copy()
            typed["seen"] = self.held.mark
            self.data = typed

    @property
    def presets(self) -> list[tuple[Preset, bool]]:
        """The presets with their explanations, and which one is chosen."""
        return [(preset, self["preset"].value() == preset.value) for preset in Preset]

    @property
    def is_custom(self) -> bool:
        return bool(self["preset"].value() == CUSTOM)

    @property
    def account_picker(self) -> Picker:
        return self._picker("accounts", self.held_levels)

    @property
    def asset_picker(self) -> Picker:
        return self._picker("assets", self.held_roles)

    def _picker(self, name: str, held: Mapping[int, Any]) -> Picker:
        sent = self[name].value() if self.is_bound else self.initial.get(name)
        kind = ACCOUNTS if name == "accounts" else ASSETS
        return picker(
            kind,
            self.business_center,
            held=held,
            sent=sent,
            search=self.search.get(name, ""),
        )


class InviteForm(AccessForm):
    emails = forms.CharField(
        label="E-mail addresses",
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text="Up to 50, separated by commas, spaces or lines.",
    )
    field_order = ["emails", "preset", "role", "finance_role", "accounts", "assets"]

    def clean_emails(self) -> list[str]:
        found = [part.strip("<>") for part in _SEPARATORS.split(self.cleaned_data["emails"])]
        return list(dict.fromkeys(part for part in found if part))
