"""The one place that says who may enter an ad account, for pages, API and access checker alike."""

from .assets import AssetRequest, asset_permission_needed, asset_required, load_asset
from .deciding import AssetDecision, Decision, Source, decide, decide_asset
from .pages import (
    AdAccountRequest,
    ad_account_required,
    finance_required,
    load_ad_account,
    load_for_finance,
)

__all__ = [
    "AdAccountRequest",
    "AssetDecision",
    "AssetRequest",
    "Decision",
    "Source",
    "ad_account_required",
    "asset_permission_needed",
    "asset_required",
    "decide",
    "decide_asset",
    "finance_required",
    "load_ad_account",
    "load_asset",
    "load_for_finance",
]
