"""An ad's fields (the wire's "creative"): names and kinds of the wire, and the services' input."""

from collections.abc import Mapping
from typing import Any

from adaccounts.models import AdAccount
from assets.models import Creative
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import (
    Choice,
    Id,
    Ids,
    Parameters,
    Text,
    Texts,
    UtcTime,
    wire_time,
)

from ..models import Ad, AdFormat, CallToAction
from ..services import AdInput
from .listing import NodeFilter
from .names import names
from .wire import extra_fields, row

WIRE_NAMES = {
    "name": "creatives.ad_name",
    "text": "creatives.ad_text",
    "display_name": "creatives.display_name",
    "creative": "creatives.video_id / image_ids",
    "ad_format": "creatives.ad_format",
    "call_to_action": "creatives.call_to_action",
    "landing_page_url": "creatives.landing_page_url",
}
LOOKUPS = {
    "campaign_ids": "campaign__in",
    "adgroup_ids": "ad_group__in",
    "ad_ids": "pk__in",
    "ad_name": "name__icontains",
    "objective_type": "campaign__objective",
    "optimization_goal": "ad_group__optimization_goal",
    "modified_after": "modified_at__gte",
    "creation_filter_start_time": "created_at__gte",
    "creation_filter_end_time": "created_at__lte",
}
_RENAMED = {
    "ad_name": "name",
    "ad_text": "text",
    "display_name": "display_name",
    "call_to_action": "call_to_action",
    "landing_page_url": "landing_page_url",
}
_DEFAULTS = {"dark_post_status": "OFF", "aigc_disclosure_type": "NOT_DECLARED"}


class Changeable(Parameters):
    """`raw` keeps what was sent, for the fields that are only stored."""

    ad_name = Text(required=False)
    ad_text = Text(required=False)
    ad_texts = Texts(required=False)
    display_name = Text(required=False)
    call_to_action = Choice(CallToAction.values, documented=names("other_calls"), required=False)
    landing_page_url = Text(required=False)
    video_id = Id(required=False)
    image_ids = Ids(required=False, max_length=35)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        return {**super().to_internal_value(data), "raw": data}


class CreativeParameters(Changeable):
    ad_format = Choice(AdFormat.values, documented=names("other_formats"))
    operation_status = Choice(("ENABLE", "DISABLE"), default="ENABLE")


class CreativeUpdateParameters(Changeable):
    ad_id = Id()
    ad_format = Choice(AdFormat.values, documented=names("other_formats"), required=False)


class AdFilter(NodeFilter):
    adgroup_ids = Ids(required=False)
    ad_ids = Ids(required=False)
    ad_name = Text(required=False)
    optimization_goal = Text(required=False)
    creative_material_mode = Text(required=False)
    modified_after = UtcTime(required=False)


def _shown(params: Mapping[str, Any], ad_format: str, account: AdAccount) -> Creative:
    """The video or image the ad shows; a video's images are covers and only kept."""
    is_video = ad_format == AdFormat.VIDEO
    images = params.get("image_ids", [])
    if not is_video and len(images) != 1:
        raise ApiError(Code.PARAMETER, "creatives.image_ids: An image ad shows exactly one image.")
    pk = params.get("video_id", 0) if is_video else images[0]
    kind = Creative.Kind.VIDEO if is_video else Creative.Kind.IMAGE
    found = Creative.objects.filter(ad_account=account, kind=kind, pk=pk).first()
    if found is None:
        name = "video_id" if is_video else "image_ids"
        raise ApiError(
            Code.INVALID_VIDEO if is_video else Code.PARAMETER,
            f"creatives.{name}: {pk or 'nothing'} is no {kind.label.lower()} of this ad account.",
        )
    return found


def _extra(raw: Mapping[str, Any], ad_format: str) -> dict[str, Any]:
    modelled = {*CreativeParameters().fields, "ad_id"} - {"ad_texts"}
    if ad_format == AdFormat.VIDEO:
        modelled.discard("image_ids")
    return extra_fields("ad", raw, modelled=modelled)


def _given(params: Mapping[str, Any]) -> dict[str, Any]:
    found = {own: params[wire] for wire, own in _RENAMED.items() if wire in params}
    if "text" not in found and params.get("ad_texts"):
        found["text"] = params["ad_texts"][0]
    return found


def ad_input(params: Mapping[str, Any], *, account: AdAccount) -> AdInput:
    """A name left out is filled in when the id is known, a display name is the account's."""
    found = {"display_name": account.name[:40], "text": "", **_given(params)}
    found["name"] = found.get("name") or "Ad"
    return AdInput(
        **found,
        ad_format=params["ad_format"],
        creative=_shown(params, params["ad_format"], account),
        operation_status=params["operation_status"],
        extra=_extra(params["raw"], params["ad_format"]),
    )


def ad_changes(
    params: Mapping[str, Any], *, ad: Ad, account: AdAccount, is_patch: bool
) -> dict[str, Any]:
    """A patch changes what it names; a full update also takes back what it leaves out."""
    raw = params["raw"]
    if is_patch:
        # Clients send defaults of other fields along.
        patched = names("patched")
        params = {name: value for name, value in params.items() if name in patched}
        raw = {name: value for name, value in raw.items() if name in patched}
    ad_format = params.get("ad_format", ad.ad_format)
    changes, extra = _given(params), _extra(raw, ad_format)
    if not is_patch:
        unsaid = {"landing_page_url": "", "call_to_action": CallToAction.LEARN_MORE.value}
        changes = {**unsaid, **changes, "ad_format": ad_format}
        extra = {**dict.fromkeys(ad.extra), **extra}
    if changes.get("name") == "":
        changes["name"] = str(ad.pk)
    if "video_id" in params or "image_ids" in params or not is_patch:
        same = {"video_id": ad.creative_id, "image_ids": [ad.creative_id]}
        changes["creative"] = _shown({**same, **params}, ad_format, account)
    return {**changes, "extra": extra} if extra else changes


def ad_row(ad: Ad) -> dict[str, Any]:
    """The ad with its `.status`."""
    is_video = ad.ad_format == AdFormat.VIDEO
    own = {
        "advertiser_id": str(ad.ad_account_id),
        "campaign_id": str(ad.campaign_id),
        "campaign_name": ad.campaign.name,
        "campaign_system_origin": "TT_ADS_PLATFORM",
        "adgroup_id": str(ad.ad_group_id),
        "adgroup_name": ad.ad_group.name,
        "ad_id": str(ad.pk),
        "ad_name": ad.name,
        "ad_format": ad.ad_format,
        "ad_text": ad.text,
        "display_name": ad.display_name,
        "call_to_action": ad.call_to_action,
        "landing_page_url": ad.landing_page_url or None,
        "landing_page_urls": [ad.landing_page_url] if ad.landing_page_url else None,
        "video_id": str(ad.creative_id) if is_video else None,
        "image_ids": ad.extra.get("image_ids") if is_video else [str(ad.creative_id)],
        "operation_status": ad.operation_status,
        "secondary_status": ad.status.code,  # type: ignore[attr-defined]
        "is_aco": False,
        "is_new_structure": True,
        "create_time": wire_time(ad.created_at),
        "modify_time": wire_time(ad.modified_at),
    }
    return row("ad", own, ad.extra, _DEFAULTS)
