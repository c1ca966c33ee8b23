"""Why something does or does not deliver: in order of precedence, with words and API codes."""

from enum import Enum, StrEnum
from typing import NamedTuple


class Primary(StrEnum):
    ACTIVE = "Active"
    NOT_DELIVERING = "Not delivering"
    INACTIVE = "Inactive"
    COMPLETED = "Completed"
    DELETED = "Deleted"


class Level(StrEnum):
    CAMPAIGN = "campaign"
    AD_GROUP = "ad_group"
    AD = "ad"


class Cause(Enum):
    """The order of the members is the precedence; the value is a stable word and the primary."""

    DELETED = ("deleted", Primary.DELETED)
    CAMPAIGN_DELETED = ("campaign_deleted", Primary.DELETED)
    GROUP_DELETED = ("group_deleted", Primary.DELETED)
    ACCOUNT_IN_REVIEW = ("account_in_review", Primary.NOT_DELIVERING)
    ACCOUNT_DENIED = ("account_denied", Primary.NOT_DELIVERING)
    ACCOUNT_CONTRACT = ("account_contract", Primary.NOT_DELIVERING)
    ACCOUNT_SUSPENDED = ("account_suspended", Primary.NOT_DELIVERING)
    ACCOUNT_DISABLED = ("account_disabled", Primary.NOT_DELIVERING)
    DEACTIVATED = ("deactivated", Primary.INACTIVE)
    CAMPAIGN_DEACTIVATED = ("campaign_deactivated", Primary.INACTIVE)
    OFF = ("off", Primary.INACTIVE)
    CAMPAIGN_OFF = ("campaign_off", Primary.INACTIVE)
    GROUP_OFF = ("group_off", Primary.INACTIVE)
    DEACTIVATING = ("deactivating", Primary.ACTIVE)
    PAUSING = ("pausing", Primary.ACTIVE)
    COMPLETED = ("completed", Primary.COMPLETED)
    NO_ADS = ("no_ads", Primary.NOT_DELIVERING)
    DENIED = ("denied", Primary.NOT_DELIVERING)
    IN_REVIEW = ("in_review", Primary.NOT_DELIVERING)
    EDIT_IN_REVIEW = ("edit_in_review", Primary.NOT_DELIVERING)
    ACCOUNT_CAP = ("account_cap", Primary.NOT_DELIVERING)
    NO_BALANCE = ("no_balance", Primary.NOT_DELIVERING)
    CAMPAIGN_BUDGET = ("campaign_budget", Primary.NOT_DELIVERING)
    GROUP_BUDGET = ("group_budget", Primary.NOT_DELIVERING)
    OUTSIDE_SCHEDULE = ("outside_schedule", Primary.NOT_DELIVERING)
    PARTLY_DENIED = ("partly_denied", Primary.ACTIVE)
    RUNNING_EDITED = ("running_edited", Primary.ACTIVE)
    SWITCHING_OFF = ("switching_off", Primary.ACTIVE)
    SWITCHING_ON = ("switching_on", Primary.ACTIVE)
    ACTIVE = ("active", Primary.ACTIVE)

    @property
    def key(self) -> str:
        return self.value[0]

    @property
    def primary(self) -> Primary:
        return self.value[1]


class Text(NamedTuple):
    secondary: str
    code: str
    next_step: str = ""


_PREFIX = {
    Level.CAMPAIGN: "CAMPAIGN_STATUS_",
    Level.AD_GROUP: "ADGROUP_STATUS_",
    Level.AD: "AD_STATUS_",
}


def _each(
    secondary: str, next_step: str = "", *, campaign: str = "", ad_group: str = "", ad: str = ""
) -> dict[Level, Text]:
    """The same words on every level that has a code for it; "=" marks a code without prefix."""
    codes = {Level.CAMPAIGN: campaign, Level.AD_GROUP: ad_group, Level.AD: ad}
    return {
        level: Text(
            secondary, code[1:] if code.startswith("=") else _PREFIX[level] + code, next_step
        )
        for level, code in codes.items()
        if code
    }


def _same(secondary: str, code: str, next_step: str = "") -> dict[Level, Text]:
    return _each(secondary, next_step, campaign=code, ad_group=code, ad=code)


_RECREATE = "Recreate the campaign to run it again."
TEXTS: dict[Cause, dict[Level, Text]] = {
    Cause.DELETED: _same("Deleted", "DELETE"),
    Cause.CAMPAIGN_DELETED: _each(
        "Campaign deleted", ad_group="CAMPAIGN_DELETE", ad="CAMPAIGN_DELETE"
    ),
    Cause.GROUP_DELETED: _each("Ad group deleted", ad="ADGROUP_DELETE"),
    Cause.ACCOUNT_IN_REVIEW: _same(
        "Account in review", "ADVERTISER_AUDIT", "Most reviews of accounts end within minutes."
    ),
    Cause.ACCOUNT_DENIED: _same(
        "Account not approved",
        "ADVERTISER_AUDIT_DENY",
        "See the reason in the account's settings, change it and save.",
    ),
    Cause.ACCOUNT_CONTRACT: _each(
        "Contract has not taken effect",
        "It delivers once the contract is in effect.",
        campaign="=ADVERTISER_CONTRACT_PENDING",
        ad_group="ADVERTISER_AUDIT_DENY",
        ad="ADVERTISER_AUDIT_DENY",
    ),
    Cause.ACCOUNT_SUSPENDED: _each(
        "Account suspended",
        "Open the account's settings to see why.",
        campaign="=ADVERTISER_ACCOUNT_PUNISH",
        ad_group="ADVERTISER_AUDIT_DENY",
        ad="ADVERTISER_AUDIT_DENY",
    ),
    Cause.ACCOUNT_DISABLED: _same(
        "Account disabled", "ADVERTISER_AUDIT_DENY", "An admin of the account can enable it."
    ),
    Cause.DEACTIVATED: _each("Deactivated", _RECREATE, campaign="DISABLE"),
    Cause.CAMPAIGN_DEACTIVATED: _each(
        "Campaign deactivated", _RECREATE, ad_group="CAMPAIGN_DISABLE", ad="CAMPAIGN_DISABLE"
    ),
    Cause.OFF: _same("Off", "DISABLE", "Switch it on to deliver."),
    Cause.CAMPAIGN_OFF: _each(
        "Campaign inactive",
        "Switch the campaign on to deliver.",
        ad_group="CAMPAIGN_DISABLE",
        ad="CAMPAIGN_DISABLE",
    ),
    Cause.GROUP_OFF: _each(
        "Ad group inactive", "Switch the ad group on to deliver.", ad="ADGROUP_DISABLE"
    ),
    Cause.DEACTIVATING: _each(
        "Deactivating", "It still delivers until the stop takes effect.", campaign="ENABLE"
    ),
    Cause.PAUSING: _each(
        "Pausing", "It still delivers until the stop takes effect.", campaign="ENABLE"
    ),
    Cause.COMPLETED: _each(
        "Completed",
        "Move the end of the ad group's schedule to go on.",
        ad_group="TIME_DONE",
        ad="DONE",
    ),
    Cause.NO_ADS: _each("No ads", "Create an ad.", ad_group="CREATE"),
    Cause.DENIED: _each(
        "Not approved",
        "See the reason in the ad, change it and save.",
        ad_group="AUDIT_DENY",
        ad="AUDIT_DENY",
    ),
    Cause.IN_REVIEW: _each(
        "In review", "Most reviews end within a day.", ad_group="AUDIT", ad="AUDIT"
    ),
    Cause.EDIT_IN_REVIEW: _each(
        "Edited, in review", "Most reviews end within a day.", ad="REAUDIT"
    ),
    Cause.ACCOUNT_CAP: _each(
        "Account spending cap reached",
        "Raise or reset the cap in the account's settings.",
        campaign="BUDGET_EXCEED",
        ad_group="BALANCE_EXCEED",
        ad="BALANCE_EXCEED",
    ),
    Cause.NO_BALANCE: _each(
        "Insufficient balance",
        "Add balance to the ad account.",
        campaign="BUDGET_EXCEED",
        ad_group="BALANCE_EXCEED",
        ad="BALANCE_EXCEED",
    ),
    Cause.CAMPAIGN_BUDGET: _each(
        "Campaign out of budget",
        "Raise the campaign's budget.",
        campaign="BUDGET_EXCEED",
        ad_group="CAMPAIGN_EXCEED",
        ad="CAMPAIGN_EXCEED",
    ),
    Cause.GROUP_BUDGET: _each(
        "Ad group out of budget",
        "Raise the ad group's budget.",
        ad_group="BUDGET_EXCEED",
        ad="BUDGET_EXCEED",
    ),
    Cause.OUTSIDE_SCHEDULE: _each(
        "Outside of schedule",
        "It delivers when its schedule says so.",
        ad_group="NOT_START",
        ad="NOT_START",
    ),
    Cause.PARTLY_DENIED: _each(
        "Some ads were not approved",
        "See the reason in those ads.",
        ad_group="REVIEW_PARTIALLY_APPROVED",
    ),
    Cause.RUNNING_EDITED: _each("Active, edit in review", ad="REAUDIT"),
    # With the code of what is asked for: the API has none for the time in between.
    Cause.SWITCHING_OFF: _same("Switching off", "DISABLE", "It still delivers until {time}."),
    Cause.SWITCHING_ON: _same("Switching on", "ENABLE", "It delivers from {time} on."),
    Cause.ACTIVE: _each("Active", campaign="ENABLE", ad_group="DELIVERY_OK", ad="DELIVERY_OK"),
}
