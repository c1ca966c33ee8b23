"""Why an ad delivers or not: 24 hours in plain words, with who and when of everything switched."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from adaccounts.services import lift_suspension, suspend_ad_account
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns import services
from campaigns.delivery.plan import Limit
from campaigns.models import Ad, AdGroup, BidType, ReviewState
from tests.factories.accounts import Cast
from tests.factories.campaigns import approve, effects, make_ad
from tests.factories.delivered import Delivered
from tests.factories.hour_logs import note_hours

MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)
HOUR = timedelta(hours=1)
Told = Callable[..., dict[int, str]]


def address(account: AdAccount, ad: Ad, day: date | None = None) -> str:
    query = f"?day={day}" if day else ""
    return reverse("campaigns:why", args=[account.pk, ad.pk]) + query


def slot(account: AdAccount, day: date, hour: int) -> datetime:
    return account.day_start(day) + hour * HOUR


@pytest.fixture
def ad(delivered: Delivered) -> Ad:
    """Winter coats film, delivered from Monday 10:00 to Tuesday 10:00."""
    return delivered.trees[0].ad


@pytest.fixture
def told(ana: Client, ad_account: AdAccount) -> Told:
    """{hour: everything that the page says about it}"""

    def read(ad: Ad, day: date = MONDAY) -> dict[int, str]:
        page = ana.get(address(ad_account, ad, day))
        rows = page.context["rows"]
        parts = {
            row.number: [row.told.look.name, row.told.text, row.told.step, *row.told.notes]
            for row in rows
        }
        return {number: " | ".join(texts) for number, texts in parts.items()}

    return read


def test_every_limit_is_told_with_its_next_step(ad_account: AdAccount, ad: Ad, told: Told) -> None:
    AdGroup.objects.filter(pk=ad.ad_group_id).update(bid_type=BidType.CUSTOM, bid_micros=450_000)
    limits = {
        11: {"limit": Limit.BID, "win": 200},
        12: Limit.SUPPLY,
        13: Limit.FREQUENCY,
        14: Limit.BALANCE,
        15: Limit.CAMPAIGN_BUDGET,
        17: Limit.GROUP_BUDGET,
        18: Limit.GROUP_BUDGET,
        20: {"tired": 600, "learned": 700, "shared": 800},
    }
    noted = {slot(ad_account, MONDAY, hour): {ad: limit} for hour, limit in limits.items()}
    note_hours(ad_account, noted)

    said = told(ad)

    assert "The bid loses four of five auctions." in said[11]
    assert "Raise the bid above $0.45 per click, or use maximum delivery." in said[11]
    assert "The audience is too small" in said[12]
    assert "Raise the frequency cap" in said[13]
    assert "Add balance to the ad account" in said[14]
    assert "The lifetime budget" not in said[15]
    assert "used up in this hour. | It is full again at midnight." in said[17]
    assert "of the ad group was used up in the hour from 17:00." in said[18]
    assert said[20].startswith("Delivered as planned | ")
    for words in ("60 % of the clicks", "70 % of the conversions", "80 % of the auctions"):
        assert words in said[20]


def test_a_switch_names_who_and_when_to_the_second(
    cast: Cast, ad_account: AdAccount, ad: Ad, delivered: Delivered, told: Told
) -> None:
    off = delivered.until + timedelta(minutes=3, seconds=20)
    services.switch_off(node=ad.ad_group, actor=cast.ben, at=off)
    services.switch_on(node=ad.ad_group, actor=cast.mia, at=delivered.until + HOUR)
    services.switch_off(node=ad, actor=cast.mia, at=delivered.until + 2 * HOUR)
    until = delivered.until + 4 * HOUR
    services.deliver_until(ad_account_id=ad_account.pk, until=until)
    set_clock(at=until, rate=PracticeClock.PAUSED)
    note_hours(ad_account, {delivered.until: {ad: {"open": 56}}})

    said = told(ad, TUESDAY)

    assert said[10].startswith("On for a part of the hour")
    since, back = (f"{ad_account.local(each):%H:%M:%S}" for each in effects(ad.ad_group))
    who = "Ben Admin switched the ad group off on 3 Nov, 10:03:20"
    assert f"Off from {since} to 11:00: {who}, in effect from {since} on." in said[10]
    assert f"Off from 11:00 to {back}" in said[11]
    off_at = "Mia Marketer switched the ad off on 3 Nov, 12:00:00, in effect from 12:00:"
    assert off_at in said[12]
    assert said[13].startswith(f"Off | {off_at}")
    assert "Switch the ad on to deliver." in said[13]
    assert "Switch the ad group on" not in said[10]
    assert said[14] == "Still to come | Still to come. | "


def test_what_was_off_the_day_before_is_still_told(
    cast: Cast, ad_account: AdAccount, ad: Ad, delivered: Delivered, told: Told
) -> None:
    services.switch_off(node=ad, actor=cast.ben, at=delivered.until)
    until = delivered.until + timedelta(days=1)
    services.deliver_until(ad_account_id=ad_account.pk, until=until)
    set_clock(at=until, rate=PracticeClock.PAUSED)

    said = told(ad, TUESDAY + timedelta(days=1))

    assert "Ben Admin switched the ad off on 3 Nov, 10:00:00, in effect" in said[3]


def test_what_is_off_for_good_is_not_told_to_be_switched_on(
    cast: Cast, ad_account: AdAccount, ad: Ad, delivered: Delivered, told: Told
) -> None:
    services.delete_node(node=ad, actor=cast.mia, at=delivered.until)
    stopped = delivered.trees[1]
    stop = services.request_stop(
        campaign=stopped.campaign, kind="deactivate", reason="other", note="Over",
        expected_version=None, actor=cast.ben, at=delivered.until,
    )  # fmt: skip
    services.process_stop(stop_request_id=stop.pk, at=stop.effective_at)
    until = delivered.until + 2 * HOUR
    services.deliver_until(ad_account_id=ad_account.pk, until=until)
    set_clock(at=until, rate=PracticeClock.PAUSED)

    deleted, over = told(ad, TUESDAY)[11], told(stopped.ad, TUESDAY)[11]

    assert "Mia Marketer deleted the ad on 3 Nov, 10:00:00, in effect from 10:00:" in deleted
    assert "Deleting is final." in deleted
    assert "Ben Admin stopped the campaign on 3 Nov" in over
    assert "Recreate it to run it again." in over


def test_review_and_rejection_are_told(
    ad_account: AdAccount, at: datetime, ad: Ad, delivered: Delivered, told: Told
) -> None:
    late = make_ad(ad.ad_group, at - HOUR)
    approve(late, at + 2 * HOUR)
    bad = make_ad(ad.ad_group, at, text="Guaranteed results")
    approve(bad, at + HOUR)
    bad.refresh_from_db()
    assert bad.review_state == ReviewState.REJECTED

    said, denied = told(late), told(bad)

    assert "The ad had not been created yet." in said[8]
    assert "Review | The ad was in review." in said[10]
    assert "in review" not in said[12]
    assert "The ad was in review." in denied[10]
    assert "Review | Not approved." in denied[11]
    assert "See the reason in the ad" in denied[11]


def test_hours_outside_the_schedule_are_told(ad_account: AdAccount, ad: Ad, told: Told) -> None:
    morning = "1" * 24 + "0" * 24
    AdGroup.objects.filter(pk=ad.ad_group_id).update(
        dayparting=(morning * 7)[:23] + "0" + (morning * 7)[24:]
    )

    said = told(ad)

    assert said[13].startswith("Outside its hours | Outside the ad group's hours.")
    assert "Add these hours" in said[13]
    assert "Off from 11:30 to 12:00: Outside the ad group's hours." in said[11]
    assert "Outside" not in said[10]


def test_an_account_that_was_suspended_is_told(
    cast: Cast, ad_account: AdAccount, ad: Ad, delivered: Delivered, told: Told
) -> None:
    facts = {"ad_account": ad_account, "actor": cast.tom}
    suspend_ad_account(reason="Complaints.", at=delivered.until, **facts)
    lift_suspension(at=delivered.until + HOUR, **facts)
    until = delivered.until + 2 * HOUR
    services.deliver_until(ad_account_id=ad_account.pk, until=until)
    set_clock(at=until, rate=PracticeClock.PAUSED)

    said = told(ad, TUESDAY)

    assert "Ad account not open | The ad account was not open (suspended)." in said[10]
    assert "not open" not in said[9] + said[11]
