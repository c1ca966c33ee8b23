"""/adgroup/create|get|update|status/update/: the pages' services under the wire's names."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from bizcenter.lib.errors import DomainError
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Choice, Flag, Ids
from bizcenter.lib.open_api.paging import trimmed

from ..models import AdGroup, Campaign, OperationStatus
from ..services import (
    create_ad_group,
    delete_node,
    switch_off,
    switch_on,
    update_ad_group,
)
from .ad_group_parameters import (
    LOOKUPS,
    WIRE_NAMES,
    AdGroupFilter,
    AdGroupParameters,
    AdGroupUpdateParameters,
    bid_strategy_condition,
)
from .ad_group_wire import ad_group_changes, ad_group_input, ad_group_row
from .endpoint import AccountCommand, AccountParameters, AccountQuery, ListParameters, find
from .listing import listed, own_filters


class AdGroupCreate(AccountCommand):
    parameters, wire_names, operation = AdGroupParameters, WIRE_NAMES, "adgroup/create"

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        self.claim(params)
        campaign = find(Campaign.objects.of(self.ad_account), params["campaign_id"], "campaign_id")
        data = ad_group_input(params, self.raw, campaign=campaign)
        made = create_ad_group(campaign=campaign, data=data, actor=self.user, at=self.at)
        return one_row(self, made)


class AdGroupUpdate(AccountCommand):
    parameters, wire_names = AdGroupUpdateParameters, WIRE_NAMES

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        rows = AdGroup.objects.of(self.ad_account).select_related("campaign", "ad_account")
        group = find(rows, params["adgroup_id"], "adgroup_id")
        changes = ad_group_changes(params, self.raw, ad_group=group)
        if not changes:
            raise ApiError(Code.NOTHING_TO_UPDATE, "There is nothing to update.")
        changed = update_ad_group(
            ad_group=group, changes=changes, expected_version=None, actor=self.user, at=self.at
        )
        return one_row(self, changed)


class AdGroupGetParameters(ListParameters):
    filtering = AdGroupFilter(default=dict)


class AdGroupGet(AccountQuery):
    parameters = AdGroupGetParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        wanted = params["filtering"]
        rows = AdGroup.objects.of(self.ad_account).select_related("campaign")
        rows = rows.filter(own_filters(wanted, LOOKUPS), bid_strategy_condition(wanted))
        found, page_info = listed("ad_group", rows, params, account=self.ad_account, at=self.at)
        shown = [ad_group_row(each, self.ad_account.currency) for each in found]
        return {"list": trimmed(shown, params), "page_info": page_info}


class AdGroupStatusParameters(AccountParameters):
    adgroup_ids = Ids(min_length=1, max_length=20)
    operation_status = Choice(OperationStatus.values)
    allow_partial_success = Flag(default=False)


class AdGroupStatusUpdate(AccountCommand):
    parameters, wire_names = AdGroupStatusParameters, WIRE_NAMES

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        status, done, refused = params["operation_status"], [], []
        for pk in dict.fromkeys(params["adgroup_ids"]):
            try:
                with transaction.atomic():
                    self.turn(pk, status)
                done.append(str(pk))
            except (ApiError, DomainError) as error:
                if not params["allow_partial_success"]:
                    raise
                refused.append({"adgroup_id": str(pk), "error_message": error.message})
        return {"adgroup_ids": done, "status": status, "error_list": refused}

    def turn(self, pk: int, status: str) -> None:
        group = find(AdGroup.objects.of(self.ad_account), pk, "adgroup_ids")
        turn(group, status, endpoint=self)


def turn(node: Any, status: str, *, endpoint: AccountCommand) -> None:
    """The ad group or ad is on, off or deleted."""
    verb = {
        OperationStatus.ENABLE.value: switch_on,
        OperationStatus.DISABLE.value: switch_off,
        OperationStatus.DELETE.value: delete_node,
    }[status]
    verb(node=node, actor=endpoint.user, at=endpoint.at)


def one_row(endpoint: AccountCommand, group: AdGroup) -> dict[str, Any]:
    """The row as /adgroup/get/ would list it."""
    everything: Mapping[str, Any] = {
        "filtering": {"primary_status": "STATUS_ALL"},
        "page": 1,
        "page_size": 1,
    }
    rows = AdGroup.objects.filter(pk=group.pk).select_related("campaign")
    account = endpoint.ad_account
    found, _ = listed("ad_group", rows, everything, account=account, at=endpoint.at)
    return ad_group_row(found[0], account.currency)
