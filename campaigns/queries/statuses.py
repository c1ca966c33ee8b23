"""Statuses of many campaigns, ad groups or ads of an ad account in a fixed number of queries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from adaccounts.models import AdAccount
from billing.queries import cap_standing, spendable_balance

from ..models import Ad, DeliveryCursor, ReviewState, StopRequest, StopState
from .pending import pending_switches
from .status import (
    AdsReview,
    Purse,
    Surroundings,
    ad_group_status,
    ad_status,
    campaign_status,
)


def set_status(level: str, nodes: Sequence[Any], *, ad_account: AdAccount, at: datetime) -> None:
    """Each node has `.status`; ad groups come with their campaign, ads with both parents."""
    around = Surroundings(
        account=ad_account,
        at=at,
        purse=purse_of(ad_account, at),
        pending=pending_switches(ad_account=ad_account, at=at),
    )
    ids = [node.pk for node in nodes]
    if level == "campaign":
        stops = open_stops(ids)
        for node in nodes:
            node.open_stop = stops.get(node.pk)
            node.status = campaign_status(node, around, open_stop=node.open_stop)
    elif level == "ad_group":
        reviews = ads_reviews(ids)
        for node in nodes:
            review = reviews.get(node.pk, AdsReview())
            node.status = ad_group_status(node, node.campaign, around, ads_review=review)
    else:
        for node in nodes:
            node.status = ad_status(node, node.ad_group, node.campaign, around)


def purse_of(ad_account: AdAccount, at: datetime) -> Purse:
    """A cap is used up as well when the last hour found its rest too small for another event."""
    has_money = spendable_balance(ad_account=ad_account) > 0
    cap = cap_standing(ad_account=ad_account, at=at)
    if cap is None:
        return Purse(has_money)
    cursors = DeliveryCursor.objects.filter(pk=ad_account.pk, unusable_cap=cap.left)
    return Purse(has_money, has_cap_left=cap.left > 0 and not cursors.exists())


def open_stops(campaign_ids: Sequence[int]) -> dict[int, StopRequest]:
    """Stops under way, by campaign."""
    states = [StopState.REQUESTED, StopState.PROCESSING]
    found = StopRequest.objects.filter(campaign__in=list(campaign_ids), state__in=states)
    return {stop.campaign_id: stop for stop in found}


def ads_reviews(ad_group_ids: Sequence[int]) -> dict[int, AdsReview]:
    """How the ads stand in review, by ad group; groups without ads are missing."""
    runnable = Q(approved_at__isnull=False, rejected_at__isnull=True)
    found = (
        Ad.objects.not_deleted()
        .filter(ad_group__in=list(ad_group_ids))
        .order_by()
        .values_list("ad_group_id")
        .annotate(
            total=Count("pk"),
            running=Count("pk", filter=runnable),
            waiting=Count("pk", filter=Q(review_state=ReviewState.PENDING) & ~runnable),
            denied=Count("pk", filter=Q(review_state=ReviewState.REJECTED)),
        )
    )
    return {key: AdsReview(*counts) for key, *counts in found}
