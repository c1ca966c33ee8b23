"""What is shared with whom, in both directions."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from accounts.models import BusinessCenter
from adaccounts.models import AccountShare, AssetShare, LinkRequest, Partnership


@dataclass(frozen=True)
class Dealings:
    """One other Business Center: what we share with it, what it shares with us; None where the one
    has not added the other."""

    other: BusinessCenter
    given: Partnership | None
    taken: Partnership | None


def our_partners(business_center: BusinessCenter) -> QuerySet[Partnership]:
    """Those we added, with how many accounts and assets we share (`accounts`, `assets`)."""
    return _counted(
        Partnership.objects.filter(business_center=business_center)
        .select_related("partner")
        .order_by("partner__name", "pk")
    )


def sharing_with_us(business_center: BusinessCenter) -> QuerySet[Partnership]:
    """Those who added us, with how many accounts and assets they share."""
    return _counted(
        Partnership.objects.filter(partner=business_center)
        .select_related("business_center")
        .order_by("business_center__name", "pk")
    )


def dealings_with(business_center: BusinessCenter, other_id: int) -> Dealings | None:
    """None with whom there is no partnership in either direction."""
    rows = Partnership.objects.select_related("business_center", "partner").filter(
        Q(business_center=business_center, partner=other_id)
        | Q(partner=business_center, business_center=other_id)
    )
    given = taken = None
    for row in rows:
        if row.business_center_id == business_center.pk:
            given = row
        else:
            taken = row
    if given is not None:
        return Dealings(given.partner, given, taken)
    return Dealings(taken.business_center, given, taken) if taken else None


def account_shares(partnership: Partnership) -> QuerySet[AccountShare]:
    """By the account's name."""
    shares = AccountShare.objects.filter(partnership=partnership)
    return shares.select_related("ad_account").order_by("ad_account__name", "pk")


def asset_shares(partnership: Partnership) -> QuerySet[AssetShare]:
    shares = AssetShare.objects.filter(partnership=partnership, asset__removed_at__isnull=True)
    return shares.select_related("asset").order_by("asset__kind", "asset__name", "pk")


def link_requests_of(business_center: BusinessCenter) -> QuerySet[LinkRequest]:
    """What the Business Center asked for, newest first."""
    requests = LinkRequest.objects.filter(business_center=business_center)
    return requests.select_related("ad_account", "requested_by", "decided_by").order_by("-pk")


def link_requests_to(business_center: BusinessCenter) -> QuerySet[LinkRequest]:
    """What others asked of it, newest first."""
    requests = LinkRequest.objects.filter(ad_account__business_center=business_center)
    related = ("ad_account", "business_center", "requested_by", "decided_by")
    return requests.select_related(*related).order_by("-pk")


def _counted(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    return partnerships.annotate(
        accounts=Count("account_shares", distinct=True),
        assets=Count("asset_shares", distinct=True),
    )
