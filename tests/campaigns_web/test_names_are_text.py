"""Whatever people call things is shown as they wrote it and never becomes markup."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from assets.models import Creative
from campaigns.models import Ad, AdGroup, Campaign
from tests.factories.campaigns import Tree, approve, make_tree

NASTY = 'Tom & "Jerry\'s" {{ 7 }} <b onclick=x>bold</b> {% now %}'
SHOWN = "Tom &amp; &quot;Jerry&#x27;s&quot; {{ 7 }} &lt;b onclick=x&gt;bold&lt;/b&gt; {% now %}"


@pytest.fixture
def tree(ad_account: AdAccount, at: datetime) -> Tree:
    tree = make_tree(ad_account, at)
    approve(tree.ad, at)
    for model in (Campaign, AdGroup, Ad, Creative):
        model.objects.update(name=NASTY)
    AdAccount.objects.update(name=NASTY)
    Ad.objects.update(display_name=NASTY[:40], text=NASTY)
    return tree


PAGES = [
    ("campaigns:campaign_list", "", ""),
    ("campaigns:ad_group_list", "", "?campaign={campaign}"),
    ("campaigns:ad_list", "", "?ad_group={group}"),
    ("campaigns:campaign", "campaign", ""),
    ("campaigns:campaign_edit", "campaign", ""),
    ("campaigns:stop", "campaign", ""),
    ("campaigns:duplicate", "campaign", ""),
    ("campaigns:campaign_delete", "campaign", ""),
    ("campaigns:ad_group_create", "", "?campaign={campaign}"),
    ("campaigns:ad_create", "", "?ad_group={group}"),
    ("campaigns:ad_group_edit", "group", ""),
    ("campaigns:ad", "ad", ""),
    ("campaigns:ad_edit", "ad", ""),
    ("reporting:account_overview", "", ""),
    ("reporting:report", "", "?campaign={campaign}"),
    ("assets:creative_list", "", ""),
    ("assets:creative", "creative", ""),
    ("campaigns:creative_usage", "creative", ""),
]


@pytest.mark.parametrize(("view", "about", "query"), PAGES)
def test_a_name_is_text_on_every_page(
    mia: Client, ad_account: AdAccount, tree: Tree, view: str, about: str, query: str
) -> None:
    ids = {
        "campaign": tree.campaign.pk,
        "group": tree.group.pk,
        "ad": tree.ad.pk,
        "creative": tree.ad.creative_id,
    }
    address = reverse(view, args=[ad_account.pk, *([ids[about]] if about else [])])

    page = mia.get(address + query.format(**ids)).content.decode()

    assert SHOWN in page
    assert "<b onclick" not in page
    assert "&amp;amp;" not in page


def test_the_title_of_the_window_too(mia: Client, ad_account: AdAccount, tree: Tree) -> None:
    page = mia.get(reverse("campaigns:campaign", args=[ad_account.pk, tree.campaign.pk]))

    assert f"<title>{SHOWN} · " in page.content.decode()
