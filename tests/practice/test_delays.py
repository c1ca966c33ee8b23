"""A trainer delays processing at the desk; who asked for a stop sees what it costs meanwhile."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns import services
from campaigns.models import HourFact, ProcessingFault, StopRequest
from tests.factories.accounts import Cast
from tests.factories.delivered import Delivered, deliver_a_day

DESK = "/practice/desk/"
HOUR = timedelta(hours=1)


@pytest.fixture
def tom(client_of: Callable[..., Client], cast: Cast) -> Client:
    return client_of(cast.tom)


@pytest.fixture
def mia(client_of: Callable[..., Client], cast: Cast) -> Client:
    return client_of(cast.mia)


@pytest.fixture
def delivered(ad_account: AdAccount, at: datetime) -> Delivered:
    return deliver_a_day(ad_account, at)


def text(page: object) -> str:
    return " ".join(page.content.decode().split())  # type: ignore[attr-defined]


def test_one_account_is_delayed_and_let_go_at_the_desk(
    tom: Client, cast: Cast, ad_account: AdAccount
) -> None:
    slow = reverse("practice:delay_processing_of", args=[ad_account.pk])
    assert f"Delay processing of {ad_account.name}" in text(
        tom.get(DESK, {"account": str(ad_account.pk)})
    )

    page = text(tom.post(slow, {"minutes": "180"}, follow=True))

    assert f"{ad_account.name}: stops, switches and deletions from now on take 3 hours" in page
    assert f"Lift the delay of {ad_account.name}" in page
    fault = ProcessingFault.objects.get()
    assert (fault.ad_account, fault.armed_by) == (ad_account, cast.tom)
    assert "Processing is delayed by 3 hours" in text(tom.get(DESK))

    for _ in range(2):
        page = text(tom.post(reverse("practice:lift_delay", args=[fault.pk]), follow=True))
    assert "The delay of 3 hours is lifted. Nothing waited." in page
    assert "Processing is delayed by" not in text(tom.get(DESK))


def test_all_accounts_can_be_delayed(tom: Client, ad_account: AdAccount) -> None:
    slow = reverse("practice:delay_processing")

    page = text(tom.post(slow, {"minutes": "60"}, follow=True))
    assert "All ad accounts: stops, switches and deletions from now on take 1 hour longer." in page
    assert "Lift that delay first" in text(tom.post(slow, {"minutes": "10"}, follow=True))
    for wrong in ("", "7", "-60", "٣"):
        page = text(tom.post(slow, {"minutes": wrong}, follow=True))
        assert "Choose one of the delays of the list." in page
    assert ProcessingFault.objects.get().delay_minutes == 60


def test_who_waits_for_a_delayed_stop_sees_what_it_spends(
    tom: Client, mia: Client, ad_account: AdAccount, delivered: Delivered
) -> None:
    tom.post(reverse("practice:delay_processing_of", args=[ad_account.pk]), {"minutes": "180"})
    campaign = delivered.trees[0].campaign
    place = [ad_account.pk, campaign.pk]
    mia.post(
        reverse("campaigns:stop", args=place),
        {"kind": "deactivate", "reason": "budget", "version": campaign.version},
    )
    request = StopRequest.objects.get()
    state = reverse("campaigns:state", args=place)
    assert "delayed" not in text(mia.get(state)).lower()

    now = delivered.until + 2 * HOUR
    services.deliver_until(ad_account_id=ad_account.pk, until=now)
    set_clock(at=now, rate=PracticeClock.PAUSED)
    waiting = text(mia.get(state))

    assert "Processing is delayed: still delivering" in waiting
    facts = HourFact.objects.filter(campaign_id=campaign.pk, slot__gte=delivered.until)
    spent = sum(facts.values_list("spend", flat=True))
    assert spent > 0
    assert f"${spent / 100:,.2f}</b> spent since your request" in waiting
    assert "You need not ask again." in waiting
    assert "every 2s" in waiting
    assert "1 stop of campaigns waits" in text(tom.get(DESK))

    fault = ProcessingFault.objects.get()
    page = text(tom.post(reverse("practice:lift_delay", args=[fault.pk]), follow=True))
    assert "1 change that waited goes on." in page
    request.refresh_from_db()
    assert request.effective_at == now
    services.settle_due(ad_account_ids=None, until=now)
    over = text(mia.get(state))
    assert "Longer than the usual minute. The campaign went on delivering." in over
    assert "every 2s" not in over
