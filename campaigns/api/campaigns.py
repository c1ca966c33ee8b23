"""/campaign/create|get|update|status/update/: the pages' services under the wire's names."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Amount, Choice, Flag, Id, Ids, Text, wire_time
from bizcenter.lib.open_api.paging import trimmed

from ..models import BudgetMode, Campaign, Objective, OperationStatus, StopKind, StopReason
from ..services import (
    CampaignInput,
    create_campaign,
    delete_node,
    request_stop,
    switch_on,
    update_campaign,
)
from .endpoint import AccountCommand, AccountParameters, AccountQuery, ListParameters, find
from .listing import NodeFilter, listed, own_filters
from .names import names
from .wire import extra_fields, minor_units, number, row

WIRE_NAMES = {
    "name": "campaign_name",
    "objective": "objective_type",
    "is_budget_optimized": "budget_optimize_on",
}
DEFAULTS = {
    "campaign_type": "REGULAR_CAMPAIGN",
    "is_search_campaign": False,
    "is_advanced_dedicated_campaign": False,
    "rta_bid_enabled": False,
    "rta_product_selection_enabled": False,
}


class CampaignParameters(AccountParameters):
    campaign_name = Text()
    objective_type = Choice(Objective.values, documented=names("other_objectives"))
    budget_mode = Choice(
        BudgetMode.values,
        documented=["BUDGET_MODE_DYNAMIC_DAILY_BUDGET"],
        default=BudgetMode.INFINITE.value,
    )
    budget = Amount(required=False)
    budget_optimize_on = Flag(default=False)
    operation_status = Choice(("ENABLE", "DISABLE"), default="ENABLE")
    po_number = Text(default="")
    request_id = Id(required=False)


class CampaignUpdateParameters(AccountParameters):
    campaign_id = Id()
    campaign_name = Text(required=False)
    budget = Amount(required=False)
    po_number = Text(required=False)


class CampaignCreate(AccountCommand):
    parameters, wire_names, operation = CampaignParameters, WIRE_NAMES, "campaign/create"

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        self.claim(params)
        currency = self.ad_account.currency
        data = CampaignInput(
            name=params["campaign_name"],
            objective=params["objective_type"],
            budget_mode=params["budget_mode"],
            budget=minor_units(params.get("budget"), currency),
            is_budget_optimized=params["budget_optimize_on"],
            po_number=params["po_number"],
            operation_status=params["operation_status"],
            extra=extra_fields("campaign", self.raw, modelled=params),
        )
        made = create_campaign(ad_account=self.ad_account, data=data, actor=self.user, at=self.at)
        return one_row(self, made)


class CampaignUpdate(AccountCommand):
    parameters, wire_names = CampaignUpdateParameters, WIRE_NAMES

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        campaign = find(Campaign.objects.of(self.ad_account), params["campaign_id"], "campaign_id")
        changes = self.changes(params)
        if not changes:
            raise ApiError(Code.NOTHING_TO_UPDATE, "There is nothing to update.")
        changed = update_campaign(
            campaign=campaign, changes=changes, expected_version=None, actor=self.user, at=self.at
        )
        return one_row(self, changed)

    def changes(self, params: Mapping[str, Any]) -> dict[str, Any]:
        names = {"campaign_name": "name", "po_number": "po_number"}
        changes = {own: params[wire] for wire, own in names.items() if wire in params}
        if "budget" in params:
            changes["budget"] = minor_units(params["budget"], self.ad_account.currency)
        modelled = {*CampaignParameters().fields, *params}
        if extra := extra_fields("campaign", self.raw, modelled=modelled):
            changes["extra"] = extra
        return changes


class CampaignFilter(NodeFilter):
    campaign_name = Text(required=False)
    campaign_type = Text(required=False)
    optimization_goal = Text(required=False)
    sales_destination = Text(required=False)
    campaign_product_source = Text(required=False)


LOOKUPS = {
    "campaign_ids": "pk__in",
    "campaign_name": "name__icontains",
    "objective_type": "objective",
    "optimization_goal": "extra__optimization_goal",
    "sales_destination": "extra__sales_destination",
    "campaign_product_source": "extra__campaign_product_source",
    "creation_filter_start_time": "created_at__gte",
    "creation_filter_end_time": "created_at__lte",
}


class CampaignGetParameters(ListParameters):
    filtering = CampaignFilter(default=dict)


class CampaignGet(AccountQuery):
    parameters = CampaignGetParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        wanted = params["filtering"]
        rows = Campaign.objects.of(self.ad_account).filter(own_filters(wanted, LOOKUPS))
        if kind := wanted.get("campaign_type"):
            is_unset = Q(extra__campaign_type__isnull=True, pk__gt=0)
            is_default = is_unset if kind == DEFAULTS["campaign_type"] else Q(pk__in=[])
            rows = rows.filter(Q(extra__campaign_type=kind) | is_default)
        found, page_info = listed("campaign", rows, params, account=self.ad_account, at=self.at)
        shown = [campaign_row(each, self.ad_account.currency) for each in found]
        return {"list": trimmed(shown, params), "page_info": page_info}


class CampaignStatusParameters(AccountParameters):
    campaign_ids = Ids(min_length=1, max_length=20)
    operation_status = Choice(OperationStatus.values)
    postback_window_mode = Text(required=False)


class CampaignStatusUpdate(AccountCommand):
    parameters, wire_names = CampaignStatusParameters, WIRE_NAMES

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        status, mode = params["operation_status"], params.get("postback_window_mode")
        ids = list(dict.fromkeys(params["campaign_ids"]))
        for pk in ids:
            self.turn(find(Campaign.objects.of(self.ad_account), pk, "campaign_ids"), status)
        return {
            "campaign_ids": [str(pk) for pk in ids],
            "status": status,
            "campaign_list": [
                {"campaign_id": str(pk), "status": status, "postback_window_mode": mode}
                for pk in ids
            ],
        }

    def turn(self, campaign: Campaign, status: str) -> None:
        if status == OperationStatus.ENABLE:
            switch_on(node=campaign, actor=self.user, at=self.at)
        elif status == OperationStatus.DELETE:
            delete_node(node=campaign, actor=self.user, at=self.at)
        elif campaign.is_on or campaign.is_deleted:
            request_stop(
                campaign=campaign,
                kind=StopKind.PAUSE,
                reason=StopReason.OTHER,
                note="",
                expected_version=None,
                actor=self.user,
                at=self.at,
            )


def one_row(endpoint: AccountCommand, campaign: Campaign) -> dict[str, Any]:
    """The row as /campaign/get/ would list it."""
    everything = {"filtering": {"primary_status": "STATUS_ALL"}, "page": 1, "page_size": 1}
    rows = Campaign.objects.filter(pk=campaign.pk)
    account = endpoint.ad_account
    found, _ = listed("campaign", rows, everything, account=account, at=endpoint.at)
    return campaign_row(found[0], account.currency)


def campaign_row(campaign: Campaign, currency: str) -> dict[str, Any]:
    """The campaign with its `.status`; one that is being stopped already shows the wish."""
    is_app = campaign.objective == Objective.APP_PROMOTION
    is_stopping = campaign.open_stop is not None  # type: ignore[attr-defined]
    own = {
        "advertiser_id": str(campaign.ad_account_id),
        "campaign_id": str(campaign.pk),
        "campaign_name": campaign.name,
        "campaign_system_origin": "TT_ADS_PLATFORM",
        "objective": "APP" if is_app else "LANDING_PAGE",
        "objective_type": campaign.objective,
        "budget_mode": campaign.budget_mode,
        "budget": number(campaign.budget or 0, currency),
        "budget_optimize_on": campaign.is_budget_optimized,
        "operation_status": "DISABLE" if is_stopping else campaign.operation_status,
        "secondary_status": campaign.status.code,  # type: ignore[attr-defined]
        "is_new_structure": True,
        "is_smart_performance_campaign": False,
        "po_number": campaign.po_number or None,
        "create_time": wire_time(campaign.created_at),
        "modify_time": wire_time(campaign.modified_at),
    }
    return row("campaign", own, campaign.extra, DEFAULTS)
