"""The table as a file carries the numbers of the page, plain."""

import csv
import io
from decimal import Decimal

from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from campaigns.queries import performance
from tests.factories.campaigns import make_campaign
from tests.factories.delivered import Delivered


def lines(client: Client, level: str, ad_account: AdAccount, **asked: str) -> list[dict[str, str]]:
    answer = client.get(reverse(f"campaigns:{level}_export", args=[ad_account.pk]), asked)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_file_adds_up_to_the_totals_of_the_page(
    ana: Client, ad_account: AdAccount, delivered: Delivered
) -> None:
    shown = ana.get(reverse("campaigns:campaign_list", args=[ad_account.pk])).context["found"]

    found = lines(ana, "campaign", ad_account)

    assert [line["Campaign"] for line in found] == [row.name for row in shown.rows]
    spent = sum(Decimal(line["Spend"]) for line in found)
    assert spent * 100 == shown.totals.spend
    assert sum(int(line["Impressions"]) for line in found) == shown.totals.impressions
    assert {line["Account ID"] for line in found} == {str(ad_account.pk)}
    assert {(line["Currency"], line["Time zone"]) for line in found} == {
        ("USD", "America/New_York")
    }


def test_ads_name_their_parents_and_the_filter_counts(
    ana: Client, ad_account: AdAccount, delivered: Delivered
) -> None:
    tree = delivered.trees[1]

    (line,) = lines(ana, "ad", ad_account, q="shoes")

    assert (line["Campaign ID"], line["Ad group ID"], line["Ad ID"]) == (
        str(tree.campaign.pk),
        str(tree.group.pk),
        str(tree.ad.pk),
    )
    day = delivered.until.date()
    totals = performance.totals(
        ad_account_ids=[ad_account.pk], first_day=day.replace(day=1), last_day=day, node=tree.ad
    )
    assert int(line["Clicks"]) == totals.clicks


def test_names_cannot_become_formulas(
    ana: Client, ad_account: AdAccount, delivered: Delivered
) -> None:
    make_campaign(ad_account, delivered.until, name='=HYPERLINK("http://evil.example")')

    names = [line["Campaign"] for line in lines(ana, "campaign", ad_account)]

    assert '\'=HYPERLINK("http://evil.example")' in names
