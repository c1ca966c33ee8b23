"""The page of the verification: its states, retrying, and who may look at documents."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client

from accounts.models import BusinessCenter, Verification, VerificationDocument
from accounts.services import decide_due_verifications
from tests.factories.accounts import Cast
from tests.factories.papers import NUMBER, pdf, scan, send_documents, upload

DAY = timedelta(days=1)
ClientOf = Callable[..., Client]


def address(center: BusinessCenter) -> str:
    return f"/bc/{center.pk}/verification/"


def filled(center: BusinessCenter, **changes: object) -> dict[str, object]:
    usual = {
        "entity_type": "company",
        "country": center.country,
        "business_name": center.legal_name,
        "document_type": "registration",
        "certificate_number": NUMBER,
        "documents": upload(scan(), "extract.png"),
    }
    return usual | changes


def test_the_form_begins_with_what_the_business_center_says_of_itself(
    cast: Cast, business_center: BusinessCenter, client_of: ClientOf
) -> None:
    page = client_of(cast.ben).get(address(business_center))

    assert "Not started" in page.content.decode()
    form = page.context["form"]
    assert (form["business_name"].value(), form["country"].value()) == (
        "Northwind Trading Ltd",
        "US",
    )


def test_from_sending_by_a_rejection_to_verified(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    ben = client_of(cast.ben)
    ben.post(address(business_center), filled(business_center, business_name="Other Ltd"))
    assert "In review" in ben.get(address(business_center)).content.decode()
    decide_due_verifications(until=at + DAY)

    rejected = ben.get(address(business_center)).content.decode()
    kept = str(VerificationDocument.objects.get().pk)
    again = filled(business_center, documents="", kept=[kept])
    sent = ben.post(address(business_center), again)
    decide_due_verifications(until=at + 2 * DAY)

    assert "Rejected: Details do not match the document" in rejected
    assert "What to do:" in rejected
    assert sent.status_code == 302
    page = ben.get(address(business_center)).content.decode()
    assert "Verified" in page
    assert "Send it again" not in page
    assert page.count("Other Ltd") >= 1, "earlier attempts stay to be read"


def test_sending_twice_makes_one_attempt(
    cast: Cast, business_center: BusinessCenter, client_of: ClientOf
) -> None:
    ben = client_of(cast.ben)

    for _ in range(2):
        assert ben.post(address(business_center), filled(business_center)).status_code == 302

    assert Verification.objects.count() == 1


def test_an_admin_looks_at_documents_which_no_browser_runs(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    attempt = send_documents(business_center, cast.ben, at, files=[pdf(), scan()])
    paper, picture = attempt.documents.order_by("pk")
    ben = client_of(cast.ben)

    answers = [ben.get(f"{address(business_center)}documents/{d.pk}/") for d in (paper, picture)]

    assert [a.headers["Content-Type"] for a in answers] == ["application/pdf", "image/png"]
    assert answers[0].content == pdf()
    assert answers[0].headers["Content-Disposition"].startswith("attachment;")
    for answer in answers:
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_document_that_was_changed_in_the_storage_is_not_shown(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    document = send_documents(business_center, cast.ben, at).documents.get()
    with document.file.storage.open(document.file.name, "wb") as stored:
        stored.write(scan(800, 800))

    answer = client_of(cast.ben).get(f"{address(business_center)}documents/{document.pk}/")

    assert answer.status_code == 404


def test_another_centers_document_and_page_are_not_found(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    document = send_documents(business_center, cast.ben, at).documents.get()
    own = BusinessCenter.objects.get(name="Carl & Co")
    carl = client_of(cast.carl)

    addresses = (
        f"/bc/{own.pk}/verification/documents/{document.pk}/",
        f"/bc/{business_center.pk}/verification/documents/{document.pk}/",
        address(business_center),
        "/bc/1/verification/",
    )

    assert {carl.get(each).status_code for each in addresses} == {404}
    kept = filled(own, documents="", kept=[str(document.pk)])
    assert carl.post(address(own), kept).status_code == 422
    assert not Verification.objects.filter(business_center=own).exists()


def test_members_without_the_right_are_told_who_has_it(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    document = send_documents(business_center, cast.ben, at).documents.get()
    mia = client_of(cast.mia)

    assert mia.get(address(business_center)).status_code == 403
    assert mia.get(f"{address(business_center)}documents/{document.pk}/").status_code == 403
