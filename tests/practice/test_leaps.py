"""Where the clock's leaps land: by the days of an ad account, and after the last zone's month."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from accounts.models import BusinessCenter
from accounts.permissions import Preset
from adaccounts.models import AdAccount
from adaccounts.permissions import preset_access
from adaccounts.services import add_person
from billing.models import Invoice
from bizcenter.clock import queries as clock
from bizcenter.clock.models import Jump, PracticeClock
from bizcenter.clock.services import set_clock
from bizcenter.practice.leaps import ZoneClock, leaps_from, utc_clock
from bizcenter.practice.services import run_jump
from tests.factories.accounts import Cast
from tests.factories.adaccounts import make_ad_account
from tests.factories.billing import fund
from tests.factories.campaigns import approve, make_tree

PAGE = "/practice/clock/"


def in_zone(name: str, zone: str, offset: int) -> ZoneClock:
    return ZoneClock(AdAccount(name=name, timezone=zone, utc_offset_minutes=offset), count=1)


NEW_YORK = in_zone("Northwind US", "America/New_York", -300)
KATHMANDU = in_zone("Everest", "Asia/Kathmandu", 345)
HONOLULU = in_zone("Aloha", "Pacific/Honolulu", -600)
ALL = [NEW_YORK, KATHMANDU, HONOLULU, utc_clock()]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("chosen", "here", "hour", "day", "month_end"),
    [
        (NEW_YORK, "2026-11-02 15:20", "2026-11-02 16:00", "2026-11-03 05:00", "2026-12-01 10:00"),
        (KATHMANDU, "2026-11-02 15:20", "2026-11-02 16:15", "2026-11-02 18:15", "2026-12-01 10:00"),
        (HONOLULU, "2026-11-02 15:20", "2026-11-02 16:00", "2026-11-03 10:00", "2026-12-01 10:00"),
        # In New York it is still October, in Kathmandu it is November already.
        (NEW_YORK, "2026-11-01 01:00", "2026-11-01 02:00", "2026-11-01 05:00", "2026-11-01 10:00"),
        (KATHMANDU, "2026-10-31 19:00", "2026-10-31 19:15", "2026-11-01 18:15", "2026-12-01 10:00"),
        # On the stroke a whole hour, day or month is ahead.
        (NEW_YORK, "2026-12-01 05:00", "2026-12-01 06:00", "2026-12-02 05:00", "2027-01-01 10:00"),
        (NEW_YORK, "2026-12-31 23:59", "2027-01-01 00:00", "2027-01-01 05:00", "2027-01-01 10:00"),
        (NEW_YORK, "2027-02-05 12:00", "2027-02-05 13:00", "2027-02-06 05:00", "2027-03-01 10:00"),
        (NEW_YORK, "2028-02-29 12:00", "2028-02-29 13:00", "2028-03-01 05:00", "2028-03-01 10:00"),
        (ALL[-1], "2026-11-02 15:20", "2026-11-02 16:00", "2026-11-03 00:00", "2026-12-01 10:00"),
    ],
)
def test_leaps_land_on_the_chosen_clock(
    chosen: ZoneClock, here: str, hour: str, day: str, month_end: str
) -> None:
    found = leaps_from(moment(here), chosen, ALL)

    assert [leap.target for leap in found.all] == [moment(text) for text in (hour, day, month_end)]
    assert found.day.local.hour == found.day.local.minute == 0
    assert found.last == HONOLULU


def test_without_ad_accounts_months_end_on_the_chosen_clock() -> None:
    found = leaps_from(moment("2026-11-02 15:20"), utc_clock(), [utc_clock()])

    assert found.month_end.target == moment("2026-12-01 00:00")


def make_aloha(like: AdAccount, at: datetime) -> AdAccount:
    return make_ad_account(
        like.business_center, None, at, name="Aloha", timezone="Pacific/Honolulu"
    )


def read(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


@pytest.fixture
def trainer(cast: Cast, client_of: Callable[..., Client]) -> Client:
    return client_of(cast.tom)


def test_buttons_say_where_they_land_and_on_whose_clock(
    cast: Cast, trainer: Client, ad_account: AdAccount, at: datetime
) -> None:
    aloha = make_aloha(ad_account, at)

    in_new_york = read(trainer.get(PAGE, {"of": ad_account.pk}).content.decode())
    in_honolulu = read(trainer.get(PAGE, {"of": aloha.pk}).content.decode())
    remembered = read(trainer.get(PAGE).content.decode())
    in_utc = read(trainer.get(PAGE, {"of": "utc"}).content.decode())

    place = "in Northwind USD (America/New_York)"
    assert "10:00 in Northwind USD (America/New_York, UTC-05:00)" in in_new_york
    assert "Next day: Tue 3 Nov, 00:00" in in_new_york
    assert f"Tuesday, 3 November 2026, 00:00 {place}; 3 Nov, 05:00 UTC." in in_new_york
    assert "Month end: Tue 1 Dec, 05:00" in in_new_york
    assert (
        "By then November 2026 is over and invoiced in every ad account; it ends last in "
        "Aloha (Pacific/Honolulu)." in in_new_york
    )
    assert "Month end: Tue 1 Dec, 00:00" in in_honolulu
    assert "it ends last in" not in in_honolulu
    assert remembered == in_honolulu
    assert "Next day: Tue 3 Nov, 00:00" in in_utc


def test_days_are_counted_as_in_the_ad_account_that_one_comes_from(
    cast: Cast, client_of: Callable[..., Client], ad_account: AdAccount
) -> None:
    browser = client_of(cast.mia)
    page = browser.get(f"/ad-accounts/{ad_account.pk}/campaigns/").content.decode()
    again = browser.get(f"/practice/clock/chip/?of={ad_account.pk}").content.decode()

    for shown in (page, again):
        assert f'href="/practice/clock/?of={ad_account.pk}"' in shown


@pytest.mark.parametrize("of", ["", "0", "x", "9" * 30, "utc"])
def test_whatever_clock_is_asked_for_there_is_one(trainer: Client, of: str) -> None:
    assert trainer.get(PAGE, {"of": of}).status_code == 200


def test_the_button_leads_where_it_said(
    cast: Cast, trainer: Client, ad_account: AdAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bizcenter.lib.jobs.enqueue", lambda *_, **__: None)
    page = trainer.get(PAGE, {"of": ad_account.pk}).content.decode()
    _, day, _ = re.findall(r'name="target" value="([^"]+)"', page)

    trainer.post(f"{PAGE}jump/", {"target": day, "of": ad_account.pk})

    assert Jump.objects.get().target == moment("2026-11-03 05:00")


def test_a_moment_of_ones_own_is_on_the_chosen_clock(
    cast: Cast, trainer: Client, ad_account: AdAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bizcenter.lib.jobs.enqueue", lambda *_, **__: None)

    trainer.post(f"{PAGE}jump/", {"target": "2026-11-05T08:30", "of": ad_account.pk})

    assert Jump.objects.get().target == moment("2026-11-05 13:30")


def test_at_the_month_end_every_zone_has_its_invoice(
    cast: Cast, trainer: Client, ad_account: AdAccount, at: datetime
) -> None:
    late = moment("2026-11-30 02:00")
    accounts = [ad_account, make_aloha(ad_account, at)]
    set_clock(at=late, rate=PracticeClock.PAUSED)
    for account in accounts:
        fund(account, 500_000, late)
        approve(make_tree(account, late).ad, late)
    page = trainer.get(PAGE, {"of": ad_account.pk}).content.decode()
    target = re.findall(r'name="target" value="([^"]+)"', page)[2]

    trainer.post(f"{PAGE}jump/", {"target": target, "of": ad_account.pk})
    run_jump(jump_id=Jump.objects.get().pk)

    assert clock.now() == moment("2026-12-01 10:00")
    assert {each.ad_account for each in Invoice.objects.all()} == set(accounts)


def test_who_may_not_turn_the_clock_is_told_who_may(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: Callable[..., Client]
) -> None:
    browser = client_of(cast.ana)
    elsewhere = read(browser.get(PAGE).content.decode())
    add_person(
        business_center=business_center, email=cast.tom.email,
        access=preset_access(Preset.FINANCE), actor=cast.ben, at=at,
    )  # fmt: skip
    here = read(browser.get(PAGE).content.decode())
    refused = read(browser.post(f"{PAGE}speed/", {"rate": 60}).content.decode())

    assert "Ask Tom Trainer, who trains in this practice environment." in elsewhere
    assert "Ask Tom Trainer of Northwind." in here
    assert "ask Tom Trainer to do it for you" in refused


def test_where_nobody_is_a_trainer_that_is_said(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    cast.tom.is_trainer = False
    cast.tom.save()

    page = read(client_of(cast.ana).get(PAGE).content.decode())

    assert "Nobody is a trainer yet." in page
