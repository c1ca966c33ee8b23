"""The fields of an ad group as its form has them, of one that nobody stored."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from adaccounts.models import AdAccount
from campaigns.models import AdGroup, Campaign
from campaigns.web.ad_group_form import AdGroupForm

from .styleguide import NOON, dress


def ad_group(request: HttpRequest) -> HttpResponse:
    context = dress(request)
    account = AdAccount(name="Northwind New York", currency="USD", utc_offset_minutes=-300)
    request.ad_account = account  # type: ignore[attr-defined]
    account.pk, account.business_center_id = 1849372615100000777, 1849372615100000001
    reach = Campaign(ad_account=account, name="Autumn", objective="REACH")
    group = AdGroup(
        ad_account=account,
        campaign=reach,
        name="Everybody",
        countries=["US"],
        languages=["en"],
        interests=["22"],
        behaviours=["LIKED:15:26", "VIEW_HASHTAG:0:7000000000000000001"],
        budget=100_00,
        start_at=NOON,
        end_at=NOON + timedelta(days=9),
        dayparting="00" * 9 + "01" + "11" * 8 + "00" * 150,
        optimization_goal="REACH",
        billing_event="CPM",
        frequency_cap=2,
        frequency_days=7,
    )
    form = AdGroupForm(campaign=reach, ad_group=group)
    return render(request, "styleguide_ad_group.html", context | {"form": form})
