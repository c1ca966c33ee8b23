"""The trainer's desk: what waits is decided there, and nobody else gets in."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client

from accounts.models import ActivityEntry, BusinessCenter, Verification
from adaccounts.models import AdAccount
from tests.factories.accounts import Cast
from tests.factories.papers import pdf, send_documents

ClientOf = Callable[..., Client]
DESK = "/practice/desk/"


def test_in_review_and_the_trainer_approves(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    attempt = send_documents(business_center, cast.ben, at)
    tom, ben = client_of(cast.tom), client_of(cast.ben)
    assert "Northwind Trading Ltd" in tom.get(DESK).content.decode()

    tom.post(f"{DESK}verifications/{attempt.pk}/", {"verdict": "approve"})

    page = ben.get(f"/bc/{business_center.pk}/verification/").content.decode()
    assert "Verified" in page
    assert "by Tom Trainer" in page
    assert ActivityEntry.objects.get(action="verification_verified").actor == cast.tom
    assert "Northwind is verified." in ben.get("/notifications/").content.decode()


def test_a_rejection_needs_a_reason_and_reaches_the_business(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    attempt = send_documents(business_center, cast.ben, at)
    tom, place = client_of(cast.tom), f"{DESK}verifications/{attempt.pk}/"
    said = {"reason": "incomplete", "detail": "Page 2 is missing.", "suggestion": "Send both."}
    filled = {f"v{attempt.pk}-{name}": value for name, value in said.items()}

    assert tom.post(place, {"verdict": "reject"}).status_code == 422
    tom.post(place, {"verdict": "reject", **filled})
    again = tom.post(place, {"verdict": "approve"}, follow=True).content.decode()

    assert "This attempt is rejected already." in again
    page = client_of(cast.ben).get(f"/bc/{business_center.pk}/verification/").content.decode()
    assert "Page 2 is missing." in page
    assert "Send both." in page


def test_the_trainer_reads_the_documents(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    document = send_documents(business_center, cast.ben, at, files=[pdf()]).documents.get()
    place = f"{DESK}documents/{document.pk}/"

    answer = client_of(cast.tom).get(place)

    assert answer.content == pdf()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert client_of(cast.ben).get(place).status_code == 403
    assert client_of(cast.stranger).get(place).status_code == 403


def test_ad_accounts_in_review_lie_there_too(
    cast: Cast, ad_account: AdAccount, at: datetime, client_of: ClientOf
) -> None:
    AdAccount.objects.filter(pk=ad_account.pk).update(
        status=AdAccount.Status.IN_REVIEW, review_due_at=at
    )
    tom, place = client_of(cast.tom), f"{DESK}ad-accounts/{ad_account.pk}/"
    assert "Northwind USD" in tom.get(DESK).content.decode()

    assert tom.post(place, {"verdict": "reject"}).status_code == 422
    tom.post(place, {"verdict": "approve"})

    ad_account.refresh_from_db()
    assert ad_account.status == AdAccount.Status.APPROVED


def test_only_trainers_sit_there(
    cast: Cast, business_center: BusinessCenter, at: datetime, client_of: ClientOf
) -> None:
    attempt = send_documents(business_center, cast.ben, at)
    ben = client_of(cast.ben)

    answers = [
        ben.get(DESK),
        ben.post(f"{DESK}verifications/{attempt.pk}/", {"verdict": "approve"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert Verification.objects.get().state == "in_review"
    assert f'href="{DESK}"' not in ben.get("/notifications/").content.decode()
    assert f'href="{DESK}"' in client_of(cast.tom).get("/notifications/").content.decode()
