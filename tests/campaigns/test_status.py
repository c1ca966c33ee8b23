"""The two-level status: every cause on every level, and that the list is the precedence."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from adaccounts.models import AdAccount
from campaigns.models import Ad, AdGroup, Campaign, StopKind, StopRequest
from campaigns.queries.causes import TEXTS, Cause, Level, Primary
from campaigns.queries.pending import Pending
from campaigns.queries.status import (
    ACCOUNT_CAUSES,
    AdsReview,
    Purse,
    Status,
    Surroundings,
    ad_group_status,
    ad_status,
    campaign_status,
)

AT = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)  # a Monday; 10:00 in the account
HOUR = timedelta(hours=1)
TODAY = date(2026, 11, 2)
OFF, DELETED = {"operation_status": "DISABLE"}, {"operation_status": "DELETE"}
FINAL = OFF | {"deactivated_at": AT}
OUT = {"exhausted_on": TODAY}
APPROVED = {"review_state": "approved", "approved_at": AT}
REJECTED = {"review_state": "rejected"}


def see(level: Level, **changes: Any) -> Status:
    """The status with everything in order except for `changes` of account, campaign, group, ad."""
    account = AdAccount(utc_offset_minutes=-300, **changes.get("account", {}))
    campaign = Campaign(pk=1, **changes.get("campaign", {}))
    group = AdGroup(pk=2, **{"start_at": AT - HOUR} | changes.get("group", {}))
    ad = Ad(pk=3, **APPROVED | changes.get("ad", {}))
    purse = Purse(changes.get("money", True), changes.get("cap", True))
    around = Surroundings(account, AT, purse, changes.get("pending", {}))
    if level == Level.CAMPAIGN:
        return campaign_status(campaign, around, open_stop=changes.get("stop"))
    if level == Level.AD_GROUP:
        reviews = changes.get("reviews", AdsReview(total=2, running=2))
        return ad_group_status(group, campaign, around, ads_review=reviews)
    return ad_status(ad, group, campaign, around)


SUSPENDED = {"account": {"status": "suspended"}}
IN_REVIEW = {"account": {"status": "in_review"}}
CASES: list[tuple[Level, dict[str, Any], Primary, str, str]] = [
    (Level.CAMPAIGN, {}, Primary.ACTIVE, "Active", "CAMPAIGN_STATUS_ENABLE"),
    (Level.CAMPAIGN, {"campaign": DELETED}, Primary.DELETED, "Deleted", "CAMPAIGN_STATUS_DELETE"),
    (Level.CAMPAIGN, SUSPENDED, Primary.NOT_DELIVERING, "Account suspended",
     "ADVERTISER_ACCOUNT_PUNISH"),
    (Level.CAMPAIGN, IN_REVIEW, Primary.NOT_DELIVERING, "Account in review",
     "CAMPAIGN_STATUS_ADVERTISER_AUDIT"),
    (Level.CAMPAIGN, {"account": {"status": "disapproved"}}, Primary.NOT_DELIVERING,
     "Account not approved", "CAMPAIGN_STATUS_ADVERTISER_AUDIT_DENY"),
    (Level.CAMPAIGN, {"account": {"status": "contract_pending"}}, Primary.NOT_DELIVERING,
     "Contract has not taken effect", "ADVERTISER_CONTRACT_PENDING"),
    (Level.CAMPAIGN, {"cap": False}, Primary.NOT_DELIVERING, "Account spending cap reached",
     "CAMPAIGN_STATUS_BUDGET_EXCEED"),
    (Level.AD_GROUP, IN_REVIEW, Primary.NOT_DELIVERING, "Account in review",
     "ADGROUP_STATUS_ADVERTISER_AUDIT"),
    (Level.AD_GROUP, {"cap": False}, Primary.NOT_DELIVERING, "Account spending cap reached",
     "ADGROUP_STATUS_BALANCE_EXCEED"),
    (Level.AD, IN_REVIEW, Primary.NOT_DELIVERING, "Account in review",
     "AD_STATUS_ADVERTISER_AUDIT"),
    (Level.AD, {"cap": False}, Primary.NOT_DELIVERING, "Account spending cap reached",
     "AD_STATUS_BALANCE_EXCEED"),
    (Level.CAMPAIGN, {"account": {"status": "disabled"}}, Primary.NOT_DELIVERING,
     "Account disabled", "CAMPAIGN_STATUS_ADVERTISER_AUDIT_DENY"),
    (Level.CAMPAIGN, {"campaign": FINAL}, Primary.INACTIVE, "Deactivated",
     "CAMPAIGN_STATUS_DISABLE"),
    (Level.CAMPAIGN, {"campaign": OFF}, Primary.INACTIVE, "Off", "CAMPAIGN_STATUS_DISABLE"),
    (Level.CAMPAIGN, {"stop": StopRequest(kind=StopKind.DEACTIVATE)}, Primary.ACTIVE,
     "Deactivating", "CAMPAIGN_STATUS_ENABLE"),
    (Level.CAMPAIGN, {"stop": StopRequest(kind=StopKind.PAUSE)}, Primary.ACTIVE, "Pausing",
     "CAMPAIGN_STATUS_ENABLE"),
    (Level.CAMPAIGN, {"money": False}, Primary.NOT_DELIVERING, "Insufficient balance",
     "CAMPAIGN_STATUS_BUDGET_EXCEED"),
    (Level.CAMPAIGN, {"campaign": OUT}, Primary.NOT_DELIVERING, "Campaign out of budget",
     "CAMPAIGN_STATUS_BUDGET_EXCEED"),
    (Level.AD_GROUP, {}, Primary.ACTIVE, "Active", "ADGROUP_STATUS_DELIVERY_OK"),
    (Level.AD_GROUP, {"group": DELETED}, Primary.DELETED, "Deleted", "ADGROUP_STATUS_DELETE"),
    (Level.AD_GROUP, {"campaign": DELETED}, Primary.DELETED, "Campaign deleted",
     "ADGROUP_STATUS_CAMPAIGN_DELETE"),
    (Level.AD_GROUP, SUSPENDED, Primary.NOT_DELIVERING, "Account suspended",
     "ADGROUP_STATUS_ADVERTISER_AUDIT_DENY"),
    (Level.AD_GROUP, {"campaign": FINAL}, Primary.INACTIVE, "Campaign deactivated",
     "ADGROUP_STATUS_CAMPAIGN_DISABLE"),
    (Level.AD_GROUP, {"campaign": OFF}, Primary.INACTIVE, "Campaign inactive",
     "ADGROUP_STATUS_CAMPAIGN_DISABLE"),
    (Level.AD_GROUP, {"group": OFF}, Primary.INACTIVE, "Off", "ADGROUP_STATUS_DISABLE"),
    (Level.AD_GROUP, {"group": {"end_at": AT}}, Primary.COMPLETED, "Completed",
     "ADGROUP_STATUS_TIME_DONE"),
    (Level.AD_GROUP, {"reviews": AdsReview()}, Primary.NOT_DELIVERING, "No ads",
     "ADGROUP_STATUS_CREATE"),
    (Level.AD_GROUP, {"reviews": AdsReview(2, 0, 0, 2)}, Primary.NOT_DELIVERING, "Not approved",
     "ADGROUP_STATUS_AUDIT_DENY"),
    (Level.AD_GROUP, {"reviews": AdsReview(2, 0, 1, 1)}, Primary.NOT_DELIVERING, "In review",
     "ADGROUP_STATUS_AUDIT"),
    (Level.AD_GROUP, {"reviews": AdsReview(2, 1, 0, 1)}, Primary.ACTIVE,
     "Some ads were not approved", "ADGROUP_STATUS_REVIEW_PARTIALLY_APPROVED"),
    (Level.AD_GROUP, {"money": False}, Primary.NOT_DELIVERING, "Insufficient balance",
     "ADGROUP_STATUS_BALANCE_EXCEED"),
    (Level.AD_GROUP, {"campaign": OUT}, Primary.NOT_DELIVERING, "Campaign out of budget",
     "ADGROUP_STATUS_CAMPAIGN_EXCEED"),
    (Level.AD_GROUP, {"group": OUT}, Primary.NOT_DELIVERING, "Ad group out of budget",
     "ADGROUP_STATUS_BUDGET_EXCEED"),
    (Level.AD_GROUP, {"group": {"start_at": AT + HOUR}}, Primary.NOT_DELIVERING,
     "Outside of schedule", "ADGROUP_STATUS_NOT_START"),
    (Level.AD_GROUP, {"group": {"dayparting": "1" * 20 + "0" + "1" * 315}},
     Primary.NOT_DELIVERING, "Outside of schedule", "ADGROUP_STATUS_NOT_START"),
    (Level.AD_GROUP, {"group": {"dayparting": "0" * 20 + "1" + "0" * 315}}, Primary.ACTIVE,
     "Active", "ADGROUP_STATUS_DELIVERY_OK"),
    (Level.AD, {}, Primary.ACTIVE, "Active", "AD_STATUS_DELIVERY_OK"),
    (Level.AD, {"ad": DELETED}, Primary.DELETED, "Deleted", "AD_STATUS_DELETE"),
    (Level.AD, {"group": DELETED}, Primary.DELETED, "Ad group deleted",
     "AD_STATUS_ADGROUP_DELETE"),
    (Level.AD, {"campaign": DELETED}, Primary.DELETED, "Campaign deleted",
     "AD_STATUS_CAMPAIGN_DELETE"),
    (Level.AD, {"ad": OFF}, Primary.INACTIVE, "Off", "AD_STATUS_DISABLE"),
    (Level.AD, {"group": OFF}, Primary.INACTIVE, "Ad group inactive",
     "AD_STATUS_ADGROUP_DISABLE"),
    (Level.AD, {"group": {"end_at": AT}}, Primary.COMPLETED, "Completed", "AD_STATUS_DONE"),
    (Level.AD, {"ad": REJECTED}, Primary.NOT_DELIVERING, "Not approved", "AD_STATUS_AUDIT_DENY"),
    (Level.AD, {"ad": {"review_state": "pending", "approved_at": None}}, Primary.NOT_DELIVERING,
     "In review", "AD_STATUS_AUDIT"),
    (Level.AD, {"ad": {"review_state": "pending"}}, Primary.ACTIVE, "Active, edit in review",
     "AD_STATUS_REAUDIT"),
    (Level.AD, {"ad": {"review_state": "pending", "rejected_at": AT}}, Primary.NOT_DELIVERING,
     "Edited, in review", "AD_STATUS_REAUDIT"),
    (Level.AD, {"group": OUT}, Primary.NOT_DELIVERING, "Ad group out of budget",
     "AD_STATUS_BUDGET_EXCEED"),
]  # fmt: skip


@pytest.mark.parametrize(("level", "changes", "primary", "secondary", "code"), CASES)
def test_each_cause_has_its_words_and_code(
    level: Level, changes: dict, primary: Primary, secondary: str, code: str
) -> None:
    status = see(level, **changes)

    assert (status.primary, status.secondary, status.code) == (primary, secondary, code)


def test_yesterdays_exhausted_budget_is_forgotten() -> None:
    yesterday = {"exhausted_on": TODAY - timedelta(days=1)}

    assert see(Level.AD_GROUP, group=yesterday, campaign=yesterday).cause == Cause.ACTIVE


SOON, LATER = AT + timedelta(seconds=43), AT + timedelta(hours=16)
STILL_ON, NOT_YET = Pending(True, SOON), Pending(False, SOON)
WAITING: list[tuple[Level, dict[str, Any], str, str, str]] = [
    (Level.AD_GROUP, {"group": OFF, "pending": {2: STILL_ON}}, "Switching off",
     "It still delivers until 10:00:43.", "ADGROUP_STATUS_DISABLE"),
    (Level.AD, {"group": OFF, "pending": {2: Pending(True, LATER)}}, "Switching off",
     "It still delivers until 3 Nov, 02:00:00.", "AD_STATUS_ADGROUP_DISABLE"),
    (Level.AD, {"ad": OFF, "group": OFF, "pending": {2: Pending(True, LATER), 3: STILL_ON}},
     "Switching off", "It still delivers until 10:00:43.", "AD_STATUS_DISABLE"),
    (Level.AD, {"pending": {3: NOT_YET}}, "Switching on", "It delivers from 10:00:43 on.",
     "AD_STATUS_DELIVERY_OK"),
    (Level.CAMPAIGN, {"pending": {1: NOT_YET}}, "Switching on", "It delivers from 10:00:43 on.",
     "CAMPAIGN_STATUS_ENABLE"),
    # Who delivers nothing anyway is not told of processing.
    (Level.AD, {"ad": OFF, "money": False, "pending": {3: STILL_ON}}, "Off",
     "Switch it on to deliver.", "AD_STATUS_DISABLE"),
    (Level.AD, {"ad": OFF, "group": OFF, "pending": {2: STILL_ON}}, "Off",
     "Switch it on to deliver.", "AD_STATUS_DISABLE"),
    (Level.AD, {"pending": {9: NOT_YET}}, "Active", "", "AD_STATUS_DELIVERY_OK"),
]  # fmt: skip


@pytest.mark.parametrize(("level", "changes", "secondary", "step", "code"), WAITING)
def test_until_a_switch_is_processed_the_status_says_what_delivers_and_how_long(
    level: Level, changes: dict, secondary: str, step: str, code: str
) -> None:
    status = see(level, **changes)

    assert (status.secondary, status.next_step, status.code) == (secondary, step, code)


# Each step mends the first cause of the step before; all that follow still hold.
LADDER: list[tuple[str, dict[str, Any]]] = [
    ("deleted", {"ad": DELETED | {"review_state": "pending", "approved_at": None}}),
    ("campaign_deleted", {"campaign": DELETED | OUT}),
    ("account_suspended", {"account": {"status": "suspended"}}),
    ("campaign_deactivated", {"campaign": FINAL | OUT}),
    ("off", {"ad": OFF | {"review_state": "pending", "approved_at": None}}),
    ("campaign_off", {"campaign": OFF | OUT}),
    ("group_off", {"group": OFF | OUT | {"start_at": AT + HOUR, "end_at": AT}}),
    ("completed", {"group": OUT | {"start_at": AT + HOUR, "end_at": AT}}),
    ("in_review", {"ad": {"review_state": "pending", "approved_at": None}}),
    ("account_cap", {"cap": False}),
    ("no_balance", {"money": False}),
    ("campaign_budget", {"campaign": OUT}),
    ("group_budget", {"group": OUT | {"start_at": AT + HOUR}}),
    ("outside_schedule", {"group": {"start_at": AT + HOUR}}),
    ("active", {}),
]


@pytest.mark.parametrize("step", range(len(LADDER)))
def test_the_list_is_the_precedence(step: int) -> None:
    everything: dict[str, Any] = {}
    for _, changes in reversed(LADDER[step:]):
        everything |= changes

    assert see(Level.AD, **everything).cause.key == LADDER[step][0]


def test_every_cause_has_words_and_what_does_not_deliver_says_what_to_do() -> None:
    assert set(TEXTS) == set(Cause)
    for cause in Cause:
        for text in TEXTS[cause].values():
            assert text.secondary
            if cause.primary == Primary.NOT_DELIVERING:
                assert text.next_step, cause


@pytest.mark.parametrize("status", AdAccount.Status.values)
@pytest.mark.parametrize("level", Level)
def test_nothing_is_active_unless_its_account_is_approved(level: Level, status: str) -> None:
    seen = see(level, account={"status": status})

    assert (seen.primary == Primary.ACTIVE) == (status == AdAccount.Status.APPROVED)
    assert (seen.cause in ACCOUNT_CAUSES.values()) == (status != AdAccount.Status.APPROVED)
