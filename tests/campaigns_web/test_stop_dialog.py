"""Stopping a campaign: the dialog tells what is there and what will happen, and nothing happens
before it is confirmed."""

from datetime import datetime

from django.test import Client
from django.urls import reverse

from accounts.models import ActivityEntry
from adaccounts.models import AdAccount
from campaigns import services
from campaigns.models import Campaign, StopRequest
from campaigns.queries.spend import lifetime_spend
from tests.factories.campaigns import make_ad_group
from tests.factories.delivered import Delivered

HTMX = {"HX-Request": "true"}
SURE = {"kind": "deactivate", "reason": "product_unavailable", "note": "Sold out"}


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


def test_a_campaign_that_is_off_has_nothing_to_stop(
    mia: Client, ad_account: AdAccount, dialog: str, coats: Campaign
) -> None:
    Campaign.objects.filter(pk=coats.pk).update(operation_status="DISABLE")

    assert "Nothing to stop" in text(mia.get(dialog))


def test_an_analyst_cannot_stop_anything(ana: Client, dialog: str, coats: Campaign) -> None:
    assert ana.get(dialog).status_code == 403
    assert ana.post(dialog, SURE | {"version": coats.version}).status_code == 403
    assert not StopRequest.objects.exists()
