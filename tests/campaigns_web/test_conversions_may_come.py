"""Pages say that conversions of the last days may still come, and stop saying so later."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from campaigns.models import DeliveryCursor
from tests.factories.delivered import Delivered

WORDS = "the last 7 days may still change"
PAGES = ("campaigns:campaign_list", "campaigns:campaign", "campaigns:ad", "reporting:report")


@pytest.mark.parametrize("page", PAGES)
def test_the_last_days_may_change_and_old_ones_do_not(
    mia: Client, ad_account: AdAccount, delivered: Delivered, page: str
) -> None:
    tree = delivered.trees[0]
    nodes = {"campaigns:campaign": [tree.campaign.pk], "campaigns:ad": [tree.ad.pk]}
    address = reverse(page, args=[ad_account.pk, *nodes.get(page, [])])
    day = ad_account.day_of(delivered.until)
    asked = {"range": "custom", "start": f"{day}", "end": f"{day}"}

    assert WORDS in mia.get(address, asked).content.decode()

    DeliveryCursor.objects.update(next_slot=delivered.until + timedelta(days=30))
    assert WORDS not in mia.get(address, asked).content.decode()
