"""The set-up can be left at any step and is found again as it was."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import BusinessSetup, VerificationDocument
from tests.accounts.setup.steps import BUSINESS, DOCUMENT, NAME, begun, send, up_to_terms
from tests.factories.accounts import Cast, make_person
from tests.factories.papers import scan, upload


def test_closing_the_browser_at_step_four_resumes_there_with_the_data(
    founder: Client, client_of: Callable[..., Client]
) -> None:
    send(founder, "business", BUSINESS)
    send(founder, "name", NAME)
    later = client_of(begun().user)

    assert later.get("/home/", follow=True).redirect_chain[-1][0] == "/setup/documents/"
    assert later.get("/setup/documents/").context["form"]["business_name"].value() == "Acme Ltd"
    assert later.get("/setup/name/").context["form"]["name"].value() == "Acme BC"
    assert later.get("/setup/business/").context["form"]["city"].value() == "Berlin"


def test_half_a_step_is_kept_when_leaving(founder: Client) -> None:
    answer = send(founder, "business", {"legal_name": "Acme Ltd", "country": "DE"}, go="leave")

    assert answer.headers["Location"] == "/"
    landing = founder.get("/").content.decode()
    assert "Go on where you stopped" in landing
    assert "Open your Business Center" not in landing
    assert founder.get("/setup/", follow=True).redirect_chain[-1][0] == "/setup/business/"
    assert founder.get("/setup/business/").context["form"]["legal_name"].value() == "Acme Ltd"


def test_no_step_is_reached_before_those_in_front_of_it(founder: Client) -> None:
    send(founder, "business", BUSINESS)

    for step in ("documents", "payment", "terms"):
        assert founder.get(f"/setup/{step}/").headers["Location"] == "/setup/"
        assert founder.post(f"/setup/{step}/", {"accept": "1"}).headers["Location"] == "/setup/"


def test_spoiling_an_earlier_step_leads_back_to_it(founder: Client) -> None:
    up_to_terms(founder)
    send(founder, "business", {**BUSINESS, "city": ""})

    assert founder.get("/setup/", follow=True).redirect_chain[-1][0] == "/setup/business/"
    assert founder.get("/setup/terms/").headers["Location"] == "/setup/"


def test_another_country_asks_for_currency_and_time_zone_again(founder: Client) -> None:
    """They are fixed afterwards, so the first guess must not stay unseen."""
    up_to_terms(founder)
    send(founder, "documents", DOCUMENT)

    moved = {"country": "US", "postal_code": "10004", "legal_name": "Acme Inc"}
    send(founder, "business", {**BUSINESS, **moved})

    assert founder.get("/setup/terms/").headers["Location"] == "/setup/"
    form = founder.get("/setup/name/").context["form"]
    assert [form[name].value() for name in NAME] == ["Acme BC", "USD", "America/New_York"]
    send(founder, "name", {**NAME, "currency": "USD", "timezone": "America/New_York"})
    document = founder.get("/setup/documents/").context["form"]
    assert (document["country"].value(), document["business_name"].value()) == ("US", "Acme Inc")


def test_skipping_the_documents_keeps_what_was_typed(founder: Client) -> None:
    send(founder, "business", BUSINESS)
    send(founder, "name", NAME)

    answer = send(founder, "documents", {**DOCUMENT, "business_name": ""}, go="skip")

    assert answer.headers["Location"] == "/setup/payment/"
    form = founder.get("/setup/documents/").context["form"]
    assert form["certificate_number"].value() == "HRB 98765"
    assert form["business_name"].value() == "Acme Ltd"


def test_too_many_files_are_said_to_be_so_once(founder: Client) -> None:
    send(founder, "business", BUSINESS)
    send(founder, "name", NAME)
    ten = [upload(scan(), f"page{number}.png") for number in range(10)]

    answer = send(founder, "documents", {**DOCUMENT, "documents": ten})

    assert answer.context["form"].errors["documents"] == ["5 files are the most; leave some out."]
    assert VerificationDocument.objects.count() == 5


def test_the_steps_show_how_far_one_is(founder: Client) -> None:
    send(founder, "business", BUSINESS)
    send(founder, "name", NAME)

    steps = {step.key: step.state for step in founder.get("/setup/documents/").context["steps"]}

    assert steps == {
        "account": "done", "business": "done", "name": "done",
        "documents": "current", "payment": "todo", "terms": "todo",
    }  # fmt: skip


def test_files_are_kept_even_if_the_rest_is_missing_and_can_be_removed(founder: Client) -> None:
    send(founder, "business", BUSINESS)
    send(founder, "name", NAME)
    answer = send(founder, "documents", {"documents": upload(scan(), "extract.png")})

    kept = VerificationDocument.objects.get()
    assert answer.status_code == 422
    assert "extract.png" in answer.content.decode()
    founder.post(f"/setup/documents/{kept.pk}/remove/")
    assert not VerificationDocument.objects.exists()


def test_without_its_last_file_the_step_is_not_done_any_more(founder: Client) -> None:
    send(founder, "business", BUSINESS)
    send(founder, "name", NAME)
    send(founder, "documents", {**DOCUMENT, "documents": upload(scan())})
    send(founder, "payment", {})

    founder.post(f"/setup/documents/{VerificationDocument.objects.get().pk}/remove/")

    assert founder.get("/setup/").headers["Location"] == "/setup/documents/"


def test_starting_over_leaves_nothing(founder: Client, django_capture_on_commit_callbacks) -> None:
    send(founder, "business", BUSINESS)
    send(founder, "name", NAME)
    send(founder, "documents", {**DOCUMENT, "documents": upload(scan())})
    stored = VerificationDocument.objects.get().file

    assert "Start over?" in founder.get("/setup/start-over/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        founder.post("/setup/start-over/")

    assert not BusinessSetup.objects.exists()
    assert not stored.storage.exists(stored.name)
    assert founder.get("/setup/", follow=True).redirect_chain[-1][0] == "/setup/business/"


@pytest.mark.parametrize("path", ["remove/", ""])
def test_nobody_reaches_somebody_elses_set_up(
    founder: Client, client_of: Callable[..., Client], path: str
) -> None:
    send(founder, "business", BUSINESS)
    send(founder, "name", NAME)
    send(founder, "documents", {"documents": upload(scan())})
    document, thief = VerificationDocument.objects.get(), client_of(make_person())

    assert thief.post(f"/setup/documents/{document.pk}/remove/").status_code == 404
    assert (
        thief.post("/setup/terms/", {"setup": str(begun().pk), "accept": "1"}).headers["Location"]
        == "/setup/"
    )
    assert VerificationDocument.objects.exists()


def test_who_is_new_chooses_between_signing_in_and_an_account(db: None) -> None:
    landing = Client().get("/").content.decode()
    page = Client().get("/setup/").content.decode()

    assert 'href="/setup/"' in landing
    assert "Get started" in landing
    assert 'href="/account/login/"' in landing
    assert "/account/login/?next=/setup/" in page
    assert "/account/signup/?next=/setup/" in page
    assert "testserver" in page
    assert "not connected to TikTok" in page


def test_a_free_mail_address_gets_advice_and_no_refusal(
    practice_clock: object, client_of: Callable[..., Client]
) -> None:
    browser = client_of(make_person("Gil Mail", "gil@gmail.com"))

    page = browser.get("/setup/business/").content.decode()

    assert "This is a free-mail address" in page
    facts = {**BUSINESS, "contact_email": "gil@gmail.com"}
    assert send(browser, "business", facts).status_code == 302


def test_who_has_a_business_center_may_found_another(
    cast: Cast, client_of: Callable[..., Client]
) -> None:
    assert client_of(cast.ben).get("/setup/").headers["Location"] == "/setup/business/"
