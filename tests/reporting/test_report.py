"""The report by day: page, file, table and ledger say the same to the last minor unit."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from billing.queries import spend_by_campaign
from campaigns.queries import metrics
from tests.factories.accounts import Cast
from tests.factories.delivered import Delivered


@pytest.fixture
def report(ad_account: AdAccount) -> str:
    return reverse("reporting:report", args=[ad_account.pk])


@pytest.fixture
def file(ad_account: AdAccount) -> str:
    return reverse("reporting:report_csv", args=[ad_account.pk])


def lines(client: Client, file: str, **asked: object) -> list[dict[str, str]]:
    answer = client.get(file, asked)
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_page_file_and_ledger_agree(
    ana: Client, ad_account: AdAccount, report: str, file: str, delivered: Delivered
) -> None:
    page = ana.get(report)
    shown, period = page.context["sum"], page.context["range"]

    rows = lines(ana, file)

    ledger = spend_by_campaign(ad_account=ad_account, first_day=period.start, last_day=period.end)
    assert shown.spend > 0
    assert shown.spend == sum(ledger.values())
    assert sum(Decimal(row["Spend"]) for row in rows) * 100 == shown.spend
    assert sum(int(row["Impressions"]) for row in rows) == shown.impressions
    assert metrics.SPEND.text(shown, "USD") in page.content.decode()


def test_every_line_of_the_file_says_whose_numbers_these_are(
    ana: Client, ad_account: AdAccount, file: str, delivered: Delivered
) -> None:
    rows = lines(ana, file, range="last_7")

    assert len(rows) == 7
    for row in rows:
        assert row["Account ID"] == str(ad_account.pk)
        assert (row["Currency"], row["Time zone"]) == ("USD", "America/New_York")
    assert [row["Date"] for row in rows] == sorted(row["Date"] for row in rows)
    assert rows[0]["CPA"] == ""  # nothing was delivered then
    assert rows[-1]["Date"] == str(ad_account.day_of(delivered.until))


def test_a_single_day_is_told_by_the_hour(
    ana: Client, ad_account: AdAccount, report: str, file: str, delivered: Delivered
) -> None:
    day = str(ad_account.day_of(delivered.until - timedelta(days=1)))
    asked = {"range": "custom", "start": day, "end": day}

    page, rows = ana.get(report, asked), lines(ana, file, **asked)

    assert "Report by hour" in page.content.decode()
    assert [row["Hour"][-5:] for row in rows] == [f"{hour:02}:00" for hour in range(24)]
    assert sum(Decimal(row["Spend"]) for row in rows) * 100 == page.context["sum"].spend
    assert rows[9]["Impressions"] == "0"
    assert int(rows[12]["Impressions"]) > 0


def test_one_campaign_alone(
    ana: Client, ad_account: AdAccount, report: str, file: str, delivered: Delivered
) -> None:
    shoes = delivered.trees[1].campaign

    page = ana.get(report, {"campaign": shoes.pk})
    rows = lines(ana, file, campaign=shoes.pk)

    assert "Only “Spring shoes”" in page.content.decode()
    assert 0 < page.context["sum"].spend < ana.get(report).context["sum"].spend
    assert {row["Campaign"] for row in rows} == {"Spring shoes"}
    assert ana.get(report, {"campaign": shoes.pk + 1}).status_code == 404
    assert ana.get(report, {"campaign": "x"}).status_code == 404


def test_ratios_are_made_from_sums_and_undefined_ones_are_dashes(
    ana: Client, report: str, delivered: Delivered
) -> None:
    answer = ana.get(report)
    total = answer.context["sum"]

    ctr = Decimal(total.clicks) / Decimal(total.impressions) * 100
    assert f"{ctr:.2f} %" in answer.content.decode()
    assert metrics.CPA.text(answer.context["lines"][0].totals, "USD") == "–"


def test_htmx_gets_the_chart_alone(ana: Client, report: str, delivered: Delivered) -> None:
    part = ana.get(report, {"metric": "clicks"}, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in part
    assert "Clicks by day" in part


def test_finance_without_access_to_the_account_is_refused(
    client_of: object, cast: Cast, report: str, file: str
) -> None:
    fay = client_of(cast.fay)  # type: ignore[operator]

    assert fay.get(report).status_code == 403
    assert fay.get(file).status_code == 403
    assert client_of(cast.stranger).get(report).status_code == 404  # type: ignore[operator]
