"""/bc/pixel/link/*: which ad accounts may use a pixel."""

from typing import Any

from adaccounts.models import AdAccount, BusinessAsset
from adaccounts.services import link_asset
from bizcenter.lib.open_api.envelope import ApiError, Code
from bizcenter.lib.open_api.fields import Choice, Ids, Text
from bizcenter.lib.open_api.paging import page_of

from .asset_rows import in_business, searched
from .endpoint import (
    BusinessCommand,
    BusinessEndpoint,
    BusinessListParameters,
    BusinessParameters,
    BusinessQuery,
    who_and_how,
)
from .managing import accounts_in_sight, accounts_in_sight_with, managed
from .wire import PIXEL


class PixelLinkGetParameters(BusinessListParameters):
    pixel_code = Text()


class PixelLinkGet(BusinessQuery):
    """Of the Business Center's ad accounts, as far as the caller may enter them; a pixel that
    partners use has links elsewhere too."""

    parameters = PixelLinkGetParameters

    def answer(self, params: dict[str, Any]) -> dict[str, Any]:
        pixel = pixel_of(self, params["pixel_code"])
        found = accounts_in_sight(self).filter(asset_links__asset=pixel)
        if pixel.business_center_id != self.business_center.pk:
            found = found.filter(business_center=self.business_center)
        rows, page_info = page_of(searched(found, ""), params)
        listed = [{"advertiser_id": str(it.pk), "advertiser_name": it.name} for it in rows]
        return {"list": listed, "page_info": page_info}


class PixelLinkUpdateParameters(BusinessParameters):
    pixel_code = Text()
    advertiser_ids = Ids(min_length=1, max_length=100)
    relation_status = Choice(("LINK", "UNLINK"))


class PixelLinkUpdate(BusinessCommand):
    """Linking again, and unlinking what is not linked, change nothing. Only its owner links."""

    parameters, wire_names = PixelLinkUpdateParameters, {"ad_accounts": "advertiser_ids"}

    def answer(self, params: dict[str, Any]) -> None:
        pixel = pixel_of(self, params["pixel_code"])
        if pixel.business_center_id != self.business_center.pk:
            raise ApiError(
                Code.NO_PERMISSION, "No permission to operate this pixel: its owner links it."
            )
        # Two calls at once must not undo each other.
        BusinessAsset.objects.select_for_update(no_key=True).get(pk=pixel.pk)
        named = {it.pk: it for it in accounts_in_sight_with(self, params["advertiser_ids"])}
        linked = AdAccount.objects.filter(asset_links__asset=pixel).in_bulk()
        if params["relation_status"] == "LINK":
            wanted = linked | named
        else:
            wanted = {pk: each for pk, each in linked.items() if pk not in named}
        link_asset(asset=pixel, ad_accounts=wanted.values(), **who_and_how(self))


def pixel_of(call: BusinessEndpoint, code: str) -> BusinessAsset:
    """The pixel with this code, for who manages it; others are answered as if there were none."""
    found = in_business(PIXEL, call.business_center).filter(code=code).first()
    if found is None:
        raise ApiError(
            Code.NOT_FOUND, f"pixel_code: {code[:40]} does not exist in this Business Center."
        )
    return managed(call, PIXEL, found.pk, "pixel_code")
