"""Campaigns for tests, built through the services the product uses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile

from adaccounts.models import AdAccount
from assets.models import Creative
from campaigns import services
from campaigns.models import (
    Ad,
    AdFormat,
    AdGroup,
    BudgetMode,
    Campaign,
    Objective,
    SwitchEvent,
)
from campaigns.queries import suitability
from campaigns.services import AdGroupInput, AdInput, CampaignInput
from campaigns.services.rules.budgets import GROUP_DAILY_MINIMUM, in_minor

_numbers = count(1)


@dataclass(frozen=True)
class Tree:
    """One campaign with its first ad group and ad."""

    campaign: Campaign
    group: AdGroup
    ad: Ad


def make_creative(ad_account: AdAccount, at: datetime, kind: str = "video") -> Creative:
    """A creative's row; delivery never opens the file."""
    number = next(_numbers)
    return Creative.objects.create(
        ad_account=ad_account,
        kind=kind,
        name=f"Creative {number}",
        file=ContentFile(b"film", name=f"{number}.mp4"),
        cover=ContentFile(b"cover", name=f"{number}.jpg"),
        mime_type="video/mp4" if kind == "video" else "image/jpeg",
        width=720,
        height=1280,
        duration_ms=15_000 if kind == "video" else 0,
        size_bytes=4,
        signature=f"{number:032x}",
        created_at=at,
    )


def campaign_input(**changes: Any) -> CampaignInput:
    return CampaignInput(**{"name": "Autumn sale", "objective": Objective.TRAFFIC} | changes)


def group_input(currency: str = "USD", **changes: Any) -> AdGroupInput:
    """Adults everywhere in the US, from now, on five times the smallest daily budget."""
    usual = {
        "name": "Everybody",
        "countries": ("US",),
        "optimization_goal": suitability.goals_for(Objective.TRAFFIC)[0],
        "budget_mode": BudgetMode.DAY,
        "budget": 5 * in_minor(GROUP_DAILY_MINIMUM, currency),
    }
    return AdGroupInput(**usual | changes)


def ad_input(creative: Creative, **changes: Any) -> AdInput:
    usual = {
        "name": "Film",
        "creative": creative,
        "ad_format": AdFormat.VIDEO if creative.kind == "video" else AdFormat.IMAGE,
        "display_name": "Northwind",
        "text": "Coats for the first cold day",
        "landing_page_url": "https://northwind.example/sale",
    }
    return AdInput(**usual | changes)


def make_campaign(ad_account: AdAccount, at: datetime, **changes: Any) -> Campaign:
    return services.create_campaign(
        ad_account=ad_account, data=campaign_input(**changes), actor=None, at=at
    )


def make_ad_group(campaign: Campaign, at: datetime, **changes: Any) -> AdGroup:
    changes.setdefault("optimization_goal", suitability.goals_for(campaign.objective)[0])
    data = group_input(campaign.ad_account.currency, **changes)
    return services.create_ad_group(campaign=campaign, data=data, actor=None, at=at)


def make_ad(ad_group: AdGroup, at: datetime, **changes: Any) -> Ad:
    creative = changes.pop("creative", None) or make_creative(ad_group.ad_account, at)
    data = ad_input(creative, **changes)
    return services.create_ad(ad_group=ad_group, data=data, actor=None, at=at)


def make_tree(
    ad_account: AdAccount,
    at: datetime,
    *,
    campaign: dict[str, Any] | None = None,
    group: dict[str, Any] | None = None,
    ad: dict[str, Any] | None = None,
) -> Tree:
    made = make_campaign(ad_account, at, **campaign or {})
    ad_group = make_ad_group(made, at, **group or {})
    return Tree(made, ad_group, make_ad(ad_group, at, **ad or {}))


def approve(ad: Ad, at: datetime) -> Ad:
    """The ad's review is decided as if it had fallen due at `at`."""
    review = ad.reviews.get(outcome="pending")
    review.due_at = at
    review.save(update_fields=["due_at"])
    services.decide_review(review_id=review.pk, until=at + timedelta(seconds=1))
    ad.refresh_from_db()
    return ad


def effects(node: Campaign | AdGroup | Ad) -> list[datetime]:
    """When each switch of the node takes effect, in the order in which they were asked for."""
    found = SwitchEvent.objects.filter(node_id=node.pk).order_by("pk")
    return list(found.values_list("effective_at", flat=True))
