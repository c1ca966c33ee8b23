"""Stopping a campaign: the dialog tells what is there and what will happen, and nothing happens
before it is confirmed."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from campaigns import services
from campaigns.models import Campaign, StopRequest, StopState
from campaigns.queries.spend import lifetime_spend
from tests.factories.campaigns import make_ad_group
from tests.factories.delivered import Delivered

HTMX = {"HX-Request": "true"}
SURE = {"kind": "deactivate", "reason": "product_unavailable", "note": "Sold out"}


@pytest.fixture
def coats(delivered: Delivered) -> Campaign:
    return delivered.trees[0].campaign


@pytest.fixture
def dialog(ad_account: AdAccount, coats: Campaign) -> str:
    return reverse("campaigns:stop", args=[ad_account.pk, coats.pk])


def text(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_the_dialog_tells_name_budget_audience_results_and_consequences(
    mia: Client, dialog: str, coats: Campaign, at: datetime
) -> None:
    make_ad_group(coats, at, name="Women in Canada", countries=("CA",), gender="GENDER_FEMALE")

    page = text(mia.get(dialog, headers=HTMX))

    assert "<html" not in page
    assert coats.name in page
    assert str(coats.pk) in page
    assert "United States · All ages · All genders · All devices" in page
    assert "Canada · All ages · Women · All devices" in page
    assert f"${lifetime_spend(coats) / 100:,.2f}" in page
    assert "Delivery halts" in page
    assert "cannot be resumed without recreating it" in page
    for button in ("Keep it running", "Pause instead", "Deactivate"):
        assert button in page


def test_the_four_figures_of_the_budget_are_those_of_the_campaign_page(
    mia: Client, ad_account: AdAccount, dialog: str, coats: Campaign, delivered: Delivered
) -> None:
    Campaign.objects.filter(pk=coats.pk).update(budget_mode="BUDGET_MODE_DAY", budget=50_000)

    in_dialog = mia.get(dialog).context["budget"]
    on_page = mia.get(reverse("campaigns:campaign", args=[ad_account.pk, coats.pk]))

    assert (in_dialog.label, in_dialog.amount) == ("Daily", 50_000)
    assert 0 < in_dialog.spent < lifetime_spend(coats)
    assert in_dialog.remaining == 50_000 - in_dialog.spent
    assert on_page.context["budget"] == in_dialog


def test_the_focus_is_on_the_safe_button_and_looking_stops_nothing(
    mia: Client, dialog: str, coats: Campaign
) -> None:
    page = text(mia.get(dialog, headers=HTMX))

    assert page.count("data-safe") == 1
    assert page.index("data-safe") < page.index("Keep it running") < page.index("Pause instead")
    assert not StopRequest.objects.exists()
    assert not ActivityEntry.objects.filter(action__contains="stop").exists()


def test_confirming_requests_the_stop_once_even_by_a_double_click(
    mia: Client, dialog: str, coats: Campaign
) -> None:
    first, again = (
        mia.post(dialog, SURE | {"version": coats.version}, headers=HTMX) for _ in range(2)
    )

    stop = StopRequest.objects.get()
    assert (first.status_code, again.status_code) == (204, 204)
    assert "closeModal" in first["HX-Trigger"]
    assert (stop.reason, stop.note) == ("product_unavailable", "Sold out")
    assert ActivityEntry.objects.filter(action="request_stop_of_campaign").count() == 1


def test_a_change_meanwhile_is_shown_before_anything_stops(
    mia: Client, dialog: str, coats: Campaign, delivered: Delivered
) -> None:
    seen = mia.get(dialog).context["campaign"].version
    services.update_campaign(
        campaign=coats, changes={"name": "Winter coats, now cheaper"}, expected_version=None,
        actor=None, at=delivered.until,
    )  # fmt: skip

    answer = mia.post(dialog, SURE | {"version": seen}, headers=HTMX)

    assert answer.status_code == 422
    assert "Changed since you opened this" in text(answer)
    assert "Winter coats, now cheaper" in text(answer)
    assert not StopRequest.objects.exists()

    mia.post(dialog, SURE | {"version": answer.context["campaign"].version}, headers=HTMX)
    assert StopRequest.objects.exists()


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
    services.settle_due(ad_account_id=ad_account.pk, until=ended)
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
    services.settle_due(ad_account_id=ad_account.pk, until=stop.effective_at)

    on = reverse("campaigns:campaign_switch_on", args=[ad_account.pk, coats.pk])
    answer = mia.post(on, headers=HTMX)

    coats.refresh_from_db()
    assert coats.is_on
    assert "is now on" in answer["HX-Trigger"]


def test_a_campaign_that_is_off_has_nothing_to_stop(
    mia: Client, ad_account: AdAccount, dialog: str, coats: Campaign
) -> None:
    Campaign.objects.filter(pk=coats.pk).update(operation_status="DISABLE")

    assert "Nothing to stop" in text(mia.get(dialog))


def test_an_analyst_cannot_stop_anything(ana: Client, dialog: str, coats: Campaign) -> None:
    assert ana.get(dialog).status_code == 403
    assert ana.post(dialog, SURE | {"version": coats.version}).status_code == 403
    assert not StopRequest.objects.exists()
