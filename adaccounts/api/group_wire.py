"""Asset groups as rows."""

from typing import Any

from adaccounts.models import AdAccount, AssetGroup, AssetGroupMember
from adaccounts.permissions import Level
from bizcenter.lib.open_api.fields import Choice, Id, Parameters, Text

from .wire import ADVERTISER, LEVELS, only_advertisers

# Both ways of writing a role are met in clients.
GROUP_LEVELS = {f"ADVERTISER_ROLE_{name}": level for name, level in LEVELS.items()} | LEVELS
USUAL_ROLE = "ADVERTISER_ROLE_ADMIN"


class GroupAsset(Parameters):
    asset_id = Id()
    asset_type = only_advertisers(default=ADVERTISER)


class AssetRoles(Parameters):
    ADVERTISER = Choice(GROUP_LEVELS, default=USUAL_ROLE)


class GroupMember(Parameters):
    member_id = Id()
    asset_roles = AssetRoles(default=dict)


class GroupFilter(Parameters):
    keyword = Text()


def level_sent(member: dict[str, Any]) -> Level:
    return GROUP_LEVELS[member["asset_roles"].get(ADVERTISER, USUAL_ROLE)]


def group_row(
    group: AssetGroup, assets: list[AdAccount] | None, members: list[AssetGroupMember] | None
) -> dict[str, Any]:
    """None for what was not asked for."""
    return {
        "asset_group_id": str(group.pk),
        "asset_group_name": group.name,
        "assets": None if assets is None else [_asset_row(each) for each in assets],
        "members": None if members is None else [_member_row(each) for each in members],
    }


def _asset_row(account: AdAccount) -> dict[str, Any]:
    return {
        "asset_id": str(account.pk),
        "asset_name": account.name,
        "asset_type": ADVERTISER,
    }


def _member_row(member: AssetGroupMember) -> dict[str, Any]:
    return {
        "member_id": str(member.membership.user_id),
        "user_name": member.membership.shown_name,
        "user_email": member.membership.user.email,
        "asset_roles": {ADVERTISER: f"ADVERTISER_ROLE_{Level(member.level).name}"},
    }
