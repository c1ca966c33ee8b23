"""/bc/asset_group/*, also under /bc/asset/group/*: ad accounts given to people together."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q
from rest_framework import serializers

from accounts.models import Membership
from accounts.permissions import BusinessPermission
from adaccounts.models import AdAccount, AssetGroup, AssetGroupMember
from adaccounts.permissions import Level
from adaccounts.services import (
    add_to_asset_group,
    create_asset_group,
    delete_asset_group,
    rename_asset_group,
    take_from_asset_group,
)
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Choice, Id, Ids, Text
from bizcenter.lib.open_api.paging import page_of

from .asset_rows import searched
from .endpoint import (
    BusinessCommand,
    BusinessEndpoint,
    BusinessListParameters,
    BusinessParameters,
    BusinessQuery,
    who_and_how,
)
from .group_wire import GroupAsset, GroupFilter, GroupMember, group_row, level_sent
from .managing import reachable_accounts

PERMISSION = BusinessPermission.MANAGE_MEMBERS
WIRE_NAMES = {"name": "asset_group_name", "ad_accounts": "assets"}


class GroupListParameters(BusinessListParameters):
    filtering = GroupFilter(default=dict)


class GroupList(BusinessQuery):
    permission, parameters = PERMISSION, GroupListParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        found = AssetGroup.objects.filter(business_center=self.business_center)
        keyword = params["filtering"].get("keyword", "")
        rows, page_info = page_of(searched(found, keyword), params)
        listed = AssetGroup.objects.prefetch_related(
            Prefetch("ad_accounts", AdAccount.objects.order_by("pk")),
            Prefetch("members", AssetGroupMember.objects.order_by("pk")),
            "members__membership__user",
        ).in_bulk([row.pk for row in rows])
        shown = [listed[row.pk] for row in rows]
        return {
            "asset_groups": [
                group_row(it, list(it.ad_accounts.all()), list(it.members.all())) for it in shown
            ],
            "page_info": page_info,
        }


class GroupGetParameters(GroupListParameters):
    asset_group_id = Id()
    query_entity = Choice(("ASSET", "MEMBER"))


class GroupGet(BusinessQuery):
    permission, parameters = PERMISSION, GroupGetParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        group = group_of(self, params["asset_group_id"], "asset_group_id")
        keyword = params["filtering"].get("keyword", "")
        if params["query_entity"] == "ASSET":
            assets, page_info = page_of(searched(group.ad_accounts.all(), keyword), params)
            return {"asset_group": group_row(group, assets, None), "page_info": page_info}
        found = AssetGroupMember.objects.filter(group=group).select_related("membership__user")
        if keyword:
            found = found.filter(
                Q(membership__user__name__icontains=keyword)
                | Q(membership__alias__icontains=keyword)
                | Q(membership__user__email__iexact=keyword)
            )
        members, page_info = page_of(found.order_by("membership__user__name", "pk"), params)
        return {"asset_group": group_row(group, None, members), "page_info": page_info}


class GroupCreateParameters(BusinessParameters):
    asset_group_name = Text(max_length=100)
    assets = serializers.ListField(child=GroupAsset(), min_length=1, max_length=200)
    members = serializers.ListField(child=GroupMember(), min_length=1, max_length=50)


class GroupCreate(BusinessCommand):
    permission, parameters, wire_names = PERMISSION, GroupCreateParameters, WIRE_NAMES

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        group = create_asset_group(
            business_center=self.business_center,
            name=params["asset_group_name"],
            ad_accounts=reachable_accounts(self, [it["asset_id"] for it in params["assets"]]),
            members=members_of(self, params["members"]),
            **who_and_how(self),
        )
        return {"asset_group_id": str(group.pk)}


class GroupUpdateParameters(BusinessParameters):
    asset_group_id = Id()
    update_entity = Choice(("ASSET", "MEMBER", "NAME"))
    action = Choice(("ADD", "DELETE"), required=False)
    asset_group_name = Text(required=False, max_length=100)
    assets = serializers.ListField(child=GroupAsset(), min_length=1, max_length=200, required=False)
    members = serializers.ListField(
        child=GroupMember(), min_length=1, max_length=50, required=False
    )


class GroupUpdate(BusinessCommand):
    permission, parameters, wire_names = PERMISSION, GroupUpdateParameters, WIRE_NAMES

    def answer(self, params: dict[str, Any]) -> None:
        group = group_of(self, params["asset_group_id"], "asset_group_id")
        needed = {
            "NAME": ("asset_group_name",),
            "ASSET": ("action", "assets"),
            "MEMBER": ("action", "members"),
        }[params["update_entity"]]
        for name in needed:
            if name not in params:
                raise ApiError(Code.PARAMETER, f"{name}: This field is required for this entity.")
        if params["update_entity"] == "NAME":
            name = params["asset_group_name"]
            rename_asset_group(group=group, name=name, **who_and_how(self))
        elif params["update_entity"] == "ASSET":
            self.change_assets(group, params["action"], params["assets"])
        else:
            self.change_members(group, params["action"], params["members"])

    def change_assets(
        self, group: AssetGroup, action: str, assets: Sequence[dict[str, Any]]
    ) -> None:
        accounts = reachable_accounts(self, [each["asset_id"] for each in assets])
        change = add_to_asset_group if action == "ADD" else take_from_asset_group
        change(group=group, ad_accounts=accounts, **who_and_how(self))

    def change_members(
        self, group: AssetGroup, action: str, sent: Sequence[dict[str, Any]]
    ) -> None:
        members = members_of(self, sent)
        if action == "ADD":
            add_to_asset_group(group=group, members=members, **who_and_how(self))
        else:
            take_from_asset_group(group=group, members=list(members), **who_and_how(self))


class GroupDeleteParameters(BusinessParameters):
    asset_group_ids = Ids(min_length=1, max_length=1)


class GroupDelete(BusinessCommand):
    permission, parameters = PERMISSION, GroupDeleteParameters

    def answer(self, params: dict[str, Any]) -> None:
        group = group_of(self, params["asset_group_ids"][0], "asset_group_ids")
        delete_asset_group(group=group, **who_and_how(self))


def group_of(call: BusinessEndpoint, group_id: int, name: str) -> AssetGroup:
    found = AssetGroup.objects.filter(business_center=call.business_center, pk=group_id).first()
    if found is None:
        raise ApiError(
            Code.NOT_FOUND, f"{name}: {group_id} does not exist in this Business Center."
        )
    return found


def members_of(call: BusinessEndpoint, sent: Sequence[dict[str, Any]]) -> dict[Membership, Level]:
    """The named members at the sent levels, in one query."""
    wanted = {each["member_id"]: level_sent(each) for each in sent}
    rows = Membership.objects.filter(business_center=call.business_center, user__in=wanted)
    found = {row.user_id: row for row in rows.select_related("user", "business_center")}
    for user_id in wanted:
        if user_id not in found:
            raise ApiError(
                Code.NOT_FOUND, f"members: {user_id} is no member of this Business Center."
            )
    return {found[user_id]: level for user_id, level in wanted.items()}
