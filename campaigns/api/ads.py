"""/ad/create|get|update|status/update/: the pages' services under the wire's names."""

from typing import Any

from rest_framework import serializers

from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Choice, Flag, Id, Ids
from bizcenter.lib.open_api.paging import trimmed

from ..models import Ad, AdGroup, OperationStatus
from ..services import create_ad, update_ad
from .ad_groups import turn
from .ad_wire import (
    LOOKUPS,
    WIRE_NAMES,
    AdFilter,
    CreativeParameters,
    CreativeUpdateParameters,
    ad_changes,
    ad_input,
    ad_row,
)
from .endpoint import AccountCommand, AccountParameters, AccountQuery, ListParameters, find
from .listing import listed, own_filters

MOST_AT_ONCE = 20


class AdParameters(AccountParameters):
    adgroup_id = Id()
    creatives = serializers.ListField(
        child=CreativeParameters(), min_length=1, max_length=MOST_AT_ONCE
    )


class AdCreate(AccountCommand):
    parameters, wire_names = AdParameters, WIRE_NAMES

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        group = find(AdGroup.objects.of(self.ad_account), params["adgroup_id"], "adgroup_id")
        made = [self.make(group, creative) for creative in params["creatives"]]
        return {
            "ad_ids": [str(ad.pk) for ad in made],
            "creatives": rows_of(self, made),
            "need_audit": True,
        }

    def make(self, group: AdGroup, creative: dict[str, Any]) -> Ad:
        data = ad_input(creative, account=self.ad_account)
        ad = create_ad(ad_group=group, data=data, actor=self.user, at=self.at)
        if not creative.get("ad_name"):
            # Documented: an ad without a name is called by its id.
            changes = {"name": str(ad.pk)}
            ad = update_ad(
                ad=ad, changes=changes, expected_version=None, actor=self.user, at=self.at
            )
        return ad


class AdUpdateParameters(AccountParameters):
    adgroup_id = Id()
    patch_update = Flag(default=False)
    creatives = serializers.ListField(
        child=CreativeUpdateParameters(), min_length=1, max_length=MOST_AT_ONCE
    )


class AdUpdate(AccountCommand):
    parameters, wire_names = AdUpdateParameters, WIRE_NAMES

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        group = find(AdGroup.objects.of(self.ad_account), params["adgroup_id"], "adgroup_id")
        changed = []
        for creative in params["creatives"]:
            ad = find(Ad.objects.filter(ad_group=group), creative["ad_id"], "creatives.ad_id")
            changes = ad_changes(
                creative, ad=ad, account=self.ad_account, is_patch=params["patch_update"]
            )
            if not changes:
                raise ApiError(Code.NOTHING_TO_UPDATE, "There is nothing to update.")
            changed.append(
                update_ad(
                    ad=ad, changes=changes, expected_version=None, actor=self.user, at=self.at
                )
            )
        return {"ad_ids": [str(ad.pk) for ad in changed], "creatives": rows_of(self, changed)}


class AdGetParameters(ListParameters):
    filtering = AdFilter(default=dict)


class AdGet(AccountQuery):
    parameters = AdGetParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        wanted = params["filtering"]
        rows = Ad.objects.of(self.ad_account).select_related("campaign", "ad_group", "creative")
        rows = rows.filter(own_filters(wanted, LOOKUPS))
        if wanted.get("creative_material_mode", "CUSTOM") != "CUSTOM":
            rows = rows.none()
        found, page_info = listed("ad", rows, params, account=self.ad_account, at=self.at)
        return {"list": trimmed(map(ad_row, found), params), "page_info": page_info}


class AdStatusParameters(AccountParameters):
    ad_ids = Ids(required=False, min_length=1, max_length=20)
    aco_ad_ids = Ids(required=False, max_length=20)
    operation_status = Choice(OperationStatus.values)


class AdStatusUpdate(AccountCommand):
    parameters, wire_names = AdStatusParameters, WIRE_NAMES

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        ids = list(dict.fromkeys(params.get("ad_ids", ())))
        if not ids:
            raise ApiError(Code.PARAMETER, "ad_ids: Name at least one ad.")
        for pk in ids:
            ad = find(Ad.objects.of(self.ad_account), pk, "ad_ids")
            turn(ad, params["operation_status"], endpoint=self)
        return {"ad_ids": [str(pk) for pk in ids], "status": params["operation_status"]}


def rows_of(endpoint: AccountCommand, ads: list[Ad]) -> list[dict[str, Any]]:
    """The rows as /ad/get/ would list them, in the order they were asked for."""
    everything = {"filtering": {"primary_status": "STATUS_ALL"}, "page": 1, "page_size": 1000}
    rows = Ad.objects.filter(pk__in=[ad.pk for ad in ads]).select_related(
        "campaign", "ad_group", "creative"
    )
    found, _ = listed("ad", rows, everything, account=endpoint.ad_account, at=endpoint.at)
    by_id = {ad.pk: ad_row(ad) for ad in found}
    return [by_id[ad.pk] for ad in ads]
