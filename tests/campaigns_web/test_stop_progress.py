"""After the confirmation: requested, processing, ended, on the campaign's page and in its row."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns import services
from campaigns.models import Campaign, StopRequest, StopState
from tests.factories.delivered import Delivered

HTMX = {"HX-Request": "true"}
SURE = {"kind": "deactivate", "reason": "product_unavailable", "note": "Sold out"}


def text(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_the_page_shows_the_way_to_the_end_to_the_second(
    mia: Client, ad_account: AdAccount, dialog: str, coats: Campaign, delivered: Delivered
) -> None:
    state = reverse("campaigns:state", args=[ad_account.pk, coats.pk])
    page = reverse("campaigns:campaign", args=[ad_account.pk, coats.pk])
    assert mia.post(dialog, SURE | {"version": coats.version}).headers["Location"] == page
    stop = StopRequest.objects.get()

    running = text(mia.get(state))
    assert "every 2s" in running
    assert "Still delivering" in running
    assert f"{ad_account.local(stop.requested_at):%H:%M:%S}" in running

    ended = stop.effective_at + timedelta(minutes=1)
    services.settle_due(ad_account_ids=[ad_account.pk], until=ended)
    set_clock(at=ended, rate=PracticeClock.PAUSED)
    over = text(mia.get(state))
    assert "every 2s" not in over
    assert f"{ad_account.local(stop.effective_at):%H:%M:%S}" in over
    assert "Recreate" in over

    table = text(mia.get(reverse("campaigns:campaign_list", args=[ad_account.pk])))
    assert "Deactivated for good" in table
    assert StopRequest.objects.get().state == StopState.DEACTIVATED


def test_pausing_instead_can_be_undone(
    mia: Client, ad_account: AdAccount, dialog: str, coats: Campaign
) -> None:
    mia.post(dialog, SURE | {"kind": "pause", "version": coats.version})
    stop = StopRequest.objects.get()
    services.settle_due(ad_account_ids=[ad_account.pk], until=stop.effective_at)

    on = reverse("campaigns:campaign_switch_on", args=[ad_account.pk, coats.pk])
    answer = mia.post(on, headers=HTMX)

    coats.refresh_from_db()
    assert coats.is_on
    assert "is now on" in answer["HX-Trigger"]
