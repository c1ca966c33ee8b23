"""Ad accounts, pixels and catalogs: what one person may use, and all that there is."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from accounts.models import BusinessCenter, User
from adaccounts.models import (
    AdAccount,
    AdAccountUserObjectPermission,
    BusinessAsset,
    BusinessAssetUserObjectPermission,
    InvitedAccount,
    LinkRequest,
)
from adaccounts.permissions import AssetPermission, Permission, row_of
from adaccounts.queries.people import accounts_within_reach, assets_within_reach
from bizcenter.lib.ids import read_id
from bizcenter.lib.open_api.paging import page_of

from .wire import ADVERTISER, KINDS


def things(asset_type: str) -> QuerySet[Any]:
    """Everybody's; of kinds that are not modelled there is none."""
    if asset_type == ADVERTISER:
        return AdAccount.objects.all()
    kind = KINDS.get(asset_type, "")
    return BusinessAsset.objects.filter(kind=kind, removed_at__isnull=True)


def page_of_usable(
    asset_type: str,
    business_center: BusinessCenter,
    user: User,
    *,
    keyword: str,
    params: Mapping[str, Any],
) -> tuple[list[Any], dict[str, int]]:
    """What the person has as a member of this Business Center, its own and what is shared."""
    grants: QuerySet[Any]
    if asset_type == ADVERTISER:
        grants = AdAccountUserObjectPermission.objects.filter(
            permission=row_of(Permission.VIEW_REPORTS)
        )
    else:
        grants = BusinessAssetUserObjectPermission.objects.filter(
            permission__codename=AssetPermission.USE_ASSET.value
        )
    own = grants.filter(user=user, through=business_center)
    ids = own.values_list("content_object_id", flat=True)
    if asset_type != ADVERTISER or keyword:
        return page_of(searched(things(asset_type).filter(pk__in=ids), keyword), params)
    # An Admin has every ad account, which may be thousands: only the page's rows are looked at.
    keys, page_info = page_of(ids.order_by("content_object_id").distinct(), params)
    found = AdAccount.objects.select_related("business_center").in_bulk(keys)
    return [found[key] for key in keys], page_info


def promised(asset_type: str, business_center: BusinessCenter, email: str) -> QuerySet[Any]:
    """The ad accounts that an open invitation to this address will bring."""
    waiting = InvitedAccount.objects.filter(
        invitation__business_center=business_center,
        invitation__email__iexact=email,
        invitation__state="pending",
    )
    found = things(asset_type)
    if asset_type != ADVERTISER:
        return found.none()
    return found.filter(pk__in=waiting.values("ad_account_id"))


def related(asset_type: str, business_center: BusinessCenter) -> QuerySet[Any]:
    """What the Business Center owns, was given or asked for, with its `relation` and `owner`."""
    rows = things(asset_type)
    owned = Q(business_center=business_center)
    bound = Q(pk__in=in_business(asset_type, business_center).order_by().values("pk"))
    asked = LinkRequest.objects.filter(business_center=business_center)
    if asset_type != ADVERTISER:
        asked = asked.none()
    pending, declined = (
        asked.filter(state=state).values("ad_account_id")
        for state in (LinkRequest.State.PENDING, LinkRequest.State.DECLINED)
    )
    return rows.filter(bound | Q(pk__in=pending) | Q(pk__in=declined)).annotate(
        relation=_named(("BOUND", bound), ("PENDING", Q(pk__in=pending)), default="REJECTED"),
        owner=_named(("OWNER_BC", owned), default="OWNER_PARTNER"),
        # What is only asked for is neither shown nor found by its name.
        shown=Case(When(bound, then=F("name")), default=Value("")),
    )


def in_business(asset_type: str, business_center: BusinessCenter) -> QuerySet[Any]:
    """What the Business Center owns or was given."""
    if asset_type == ADVERTISER:
        return accounts_within_reach(business_center)
    return assets_within_reach(business_center).filter(kind=KINDS.get(asset_type, ""))


def searched(rows: QuerySet[Any], keyword: str, *, column: str = "name") -> QuerySet[Any]:
    """By name, or by the whole id; in the order in which they were made."""
    if keyword:
        named = Q(**{f"{column}__icontains": keyword})
        rows = rows.filter(named | Q(pk=read_id(keyword)))
    return rows.select_related("business_center").order_by("pk")


def _named(*cases: tuple[str, Q], default: str) -> Case:
    return Case(
        *(When(condition, then=Value(name)) for name, condition in cases),
        default=Value(default),
        output_field=CharField(),
    )
