"""The pages of "Why?": from day to day, the strip and picture, the file, and the list of ads."""

import csv
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from adaccounts.models import AdAccount
from campaigns import services
from campaigns.delivery.plan import Limit
from campaigns.models import Ad, HourLog
from tests.factories.accounts import Cast
from tests.factories.campaigns import make_ad, make_tree
from tests.factories.delivered import Delivered
from tests.factories.hour_logs import note_hours

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
HOUR = timedelta(hours=1)


def address(account: AdAccount, ad: Ad, day: date | None = None) -> str:
    query = f"?day={day}" if day else ""
    return reverse("campaigns:why", args=[account.pk, ad.pk]) + query


def slot(account: AdAccount, day: date, hour: int) -> datetime:
    return account.day_start(day) + hour * HOUR


@pytest.fixture
def ad(delivered: Delivered) -> Ad:
    """Winter coats film, delivered from Monday 10:00 to Tuesday 10:00."""
    return delivered.trees[0].ad


def test_the_page_opens_on_the_open_day_and_goes_from_day_to_day(
    ana: Client, ad_account: AdAccount, ad: Ad
) -> None:
    page = ana.get(address(ad_account, ad))

    days = page.context["days"]
    assert (days.day, days.before, days.after) == (TUESDAY, MONDAY, None)
    html = page.content.decode()
    assert 'href="?day=2026-11-02" class="btn' in html
    assert 'rel="prev"' in html
    assert 'rel="next"' not in html
    for nonsense in ("2026-11-09", "soon", ""):
        shown = ana.get(address(ad_account, ad), {"day": nonsense}).context["days"]
        assert shown.day == TUESDAY
    assert ana.get(address(ad_account, ad, date(2020, 1, 1))).context["days"].day == MONDAY


def test_after_midnight_it_opens_on_the_day_that_has_hours(
    ana: Client, ad_account: AdAccount, ad: Ad
) -> None:
    midnight = ad_account.day_start(TUESDAY + timedelta(days=1))
    services.deliver_until(ad_account_id=ad_account.pk, until=midnight)
    listed = reverse("campaigns:why_list", args=[ad_account.pk])

    days = ana.get(address(ad_account, ad)).context["days"]

    assert (days.day, days.after) == (TUESDAY, TUESDAY + timedelta(days=1))
    assert ana.get(listed).context["days"].day == TUESDAY
    services.deliver_until(ad_account_id=ad_account.pk, until=midnight + HOUR)
    assert ana.get(address(ad_account, ad)).context["days"].after is None


def test_the_strip_and_the_picture_are_the_rows(ana: Client, ad_account: AdAccount, ad: Ad) -> None:
    note_hours(ad_account, {slot(ad_account, MONDAY, 12): {ad: {"target": 900_000_000}}})

    page = ana.get(address(ad_account, ad, MONDAY))

    html, chart = page.content.decode(), page.context["chart"]
    assert html.count('href="#hour-') == html.count('id="hour-') == 24
    spent, missed = chart.series
    totals = page.context["totals"]
    assert sum(spent.values) * 100 == totals.spend > 0
    assert missed.values[12] + spent.values[12] == 900
    assert sum(count for _, count in page.context["causes"]) == 24


def test_nothing_delivered_yet_and_hours_too_old_are_said(
    ana: Client, ad_account: AdAccount, ad: Ad, at: datetime, monkeypatch
) -> None:
    fresh = make_tree(ad_account, at + timedelta(days=1)).ad
    assert "Nothing was delivered yet" in ana.get(address(ad_account, fresh)).content.decode()

    monkeypatch.setattr("campaigns.delivery.why.stored_months", lambda model: [date(2026, 12, 1)])
    page = ana.get(address(ad_account, ad, MONDAY)).content.decode()
    assert "The hours of this day are not kept any more" in page


def test_before_the_first_hour_there_is_nothing_to_explain(
    ana: Client, ad_account: AdAccount, at: datetime
) -> None:
    ad = make_tree(ad_account, at).ad

    page = ana.get(address(ad_account, ad)).content.decode()

    assert "Nothing was delivered yet" in page
    assert "day-strip" not in page


def test_the_file_has_the_rows_of_the_page(ana: Client, ad_account: AdAccount, ad: Ad) -> None:
    note_hours(ad_account, {slot(ad_account, MONDAY, 12): {ad: Limit.SUPPLY}})
    rows = ana.get(address(ad_account, ad, MONDAY)).context["rows"]

    answer = ana.get(
        reverse("campaigns:why_export", args=[ad_account.pk, ad.pk]) + "?day=2026-11-02"
    )

    lines = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [line["Hour"] for line in lines] == [row.label for row in rows]
    assert [line["What held it back"] for line in lines] == [row.told.text for row in rows]
    assert (lines[12]["Balance"], lines[12]["On"], lines[12]["Won (%)"]) == ("yes", "yes", "60")
    assert lines[12]["Next step"].startswith("Widen the audience")
    assert (lines[3]["On"], lines[13]["Balance"]) == ("no", "")


def test_the_list_shows_the_ads_of_a_group_or_campaign_with_their_hours(
    ana: Client, ad_account: AdAccount, ad: Ad, delivered: Delivered
) -> None:
    noted = {slot(ad_account, MONDAY, hour): {ad: Limit.BID} for hour in (12, 13)}
    note_hours(ad_account, noted)
    url = reverse("campaigns:why_list", args=[ad_account.pk])

    for asked in ({"campaign": ad.campaign_id}, {"ad_group": ad.ad_group_id}):
        page = ana.get(url, {**asked, "day": MONDAY.isoformat()})
        html = page.content.decode()
        assert [row[0].pk for row in page.context["rows"]] == [ad.pk]
        assert "Bid too low 2 h" in html
        assert address(ad_account, ad, MONDAY) in html
        assert "Previous day" not in html
    assert len(ana.get(url).context["rows"]) == len(delivered.trees)


def test_every_level_leads_to_the_question(ana: Client, ad_account: AdAccount, ad: Ad) -> None:
    listed = reverse("campaigns:why_list", args=[ad_account.pk])
    for level, link in (
        ("campaign", f"{listed}?campaign={ad.campaign_id}"),
        ("ad_group", f"{listed}?ad_group={ad.ad_group_id}"),
        ("ad", address(ad_account, ad)),
    ):
        table = ana.get(reverse(f"campaigns:{level}_list", args=[ad_account.pk]))
        assert f'href="{link}"' in table.content.decode()
    for name, node, link in (
        ("campaign", ad.campaign_id, f"{listed}?campaign={ad.campaign_id}"),
        ("ad", ad.pk, address(ad_account, ad)),
    ):
        page = ana.get(reverse(f"campaigns:{name}", args=[ad_account.pk, node]))
        assert f'href="{link}"' in page.content.decode()


def test_more_hours_switches_and_ads_do_not_mean_more_queries(
    cast: Cast, ana: Client, ad_account: AdAccount, ad: Ad, delivered: Delivered
) -> None:
    listed = reverse("campaigns:why_list", args=[ad_account.pk])

    def count(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ana.get(url).status_code == 200
        return len(queries)

    services.switch_off(node=ad, actor=cast.ben, at=delivered.until)
    note_hours(ad_account, {slot(ad_account, MONDAY, 12): {ad: Limit.BID}})
    urls = (address(ad_account, ad), f"{listed}?day={MONDAY}")
    for url in urls:
        count(url)
    few = [count(url) for url in urls]
    for minute in range(20):
        at = delivered.until + timedelta(minutes=minute)
        services.switch_on(node=ad, actor=cast.ben, at=at)
        services.switch_off(node=ad, actor=cast.mia, at=at + timedelta(seconds=9))
    others = [make_ad(ad.ad_group, delivered.until) for _ in range(15)]
    hours = {
        slot(ad_account, MONDAY, n): dict.fromkeys([ad, *others], Limit.BID) for n in range(24)
    }
    note_hours(ad_account, hours)

    assert HourLog.objects.count() == 24
    assert [count(url) for url in urls] == few
    assert max(few) <= 24
