"""Finding campaigns, ad groups and ads of one ad account; whatever is not there is a 404."""

from collections.abc import Mapping

from django.http import Http404

from adaccounts.models import AdAccount
from assets.models import Creative
from assets.queries import creative_of
from campaigns.models import Ad, AdGroup, Campaign

MOST_DIGITS = 19


def number_in(parameters: Mapping[str, str], name: str) -> int | None:
    """The id in an address' parameter; None when it is missing or no id."""
    text = parameters.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None


def needed_number(parameters: Mapping[str, str], name: str) -> int:
    """The same, for a page that is nothing without it."""
    found = number_in(parameters, name)
    if found is None:
        raise Http404
    return found


def campaign_or_404(ad_account: AdAccount, campaign_id: int) -> Campaign:
    found = Campaign.objects.filter(ad_account=ad_account, pk=campaign_id).first()
    if found is None:
        raise Http404
    found.ad_account = ad_account
    return found


def ad_group_or_404(ad_account: AdAccount, ad_group_id: int) -> AdGroup:
    groups = AdGroup.objects.filter(ad_account=ad_account, pk=ad_group_id)
    found = groups.select_related("campaign").first()
    if found is None:
        raise Http404
    found.ad_account = found.campaign.ad_account = ad_account
    return found


def ad_or_404(ad_account: AdAccount, ad_id: int) -> Ad:
    ads = Ad.objects.filter(ad_account=ad_account, pk=ad_id)
    found = ads.select_related("ad_group", "campaign", "creative").first()
    if found is None:
        raise Http404
    found.ad_account = found.campaign.ad_account = found.ad_group.ad_account = ad_account
    found.ad_group.campaign = found.campaign
    return found


def creative_or_404(ad_account: AdAccount, creative_id: int) -> Creative:
    found = creative_of(ad_account, creative_id)
    if found is None:
        raise Http404
    return found
