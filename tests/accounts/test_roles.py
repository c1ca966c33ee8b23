"""The role table: what a membership allows, and the presets people choose from."""

import pytest

from accounts.models import Membership
from accounts.permissions import BusinessPermission as May
from accounts.permissions import Preset, permissions_of

ADMINISTER = {May.MANAGE_MEMBERS, May.MANAGE_BUSINESS, May.CREATE_AD_ACCOUNTS, May.VIEW_ACTIVITY}
FINANCE = {May.VIEW_FINANCE, May.MANAGE_FINANCE}


def member(role: str, finance_role: str) -> Membership:
    return Membership(role=role, finance_role=finance_role)


@pytest.mark.parametrize(
    ("role", "finance_role", "allowed"),
    [
        ("admin", "none", ADMINISTER),
        ("admin", "analyst", ADMINISTER | {May.VIEW_FINANCE}),
        ("admin", "manager", ADMINISTER | FINANCE),
        ("standard", "none", set()),
        ("standard", "analyst", {May.VIEW_FINANCE}),
        ("standard", "manager", FINANCE),
    ],
)
def test_role_and_finance_role_add_up(role: str, finance_role: str, allowed: set[May]) -> None:
    assert permissions_of(member(role, finance_role)) == allowed


def test_an_admin_has_no_finance_rights_of_the_role_alone() -> None:
    assert not permissions_of(member("admin", "none")) & FINANCE


def test_somebody_who_is_no_member_may_nothing() -> None:
    assert permissions_of(None) == frozenset()


def test_the_presets_are_the_four_people_know_and_the_least_comes_first() -> None:
    labels = [preset.roles.label for preset in Preset]

    assert labels == ["Analyst", "Ad Account Operator", "Finance", "Admin"]
    assert all(preset.roles.explanation for preset in Preset)
