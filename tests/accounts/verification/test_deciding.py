"""Attempts are decided when their time has come, once; a verification ends with its document."""

from datetime import datetime, timedelta

import pytest

from accounts import tasks
from accounts.models import ActivityEntry, BusinessCenter, Notification, Verification
from accounts.queries.verification import verification_state
from accounts.services import decide_due_verifications, update_business_center
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_clock
from bizcenter.practice.services import advance_to
from tests.factories.accounts import Cast
from tests.factories.papers import details, pdf, scan, send_documents, submit_verification

DAY = timedelta(days=1)


def told(center: BusinessCenter) -> list[str]:
    return list(Notification.objects.filter(topic="business").values_list("text", flat=True))


def test_an_attempt_in_order_is_verified_when_the_clock_gets_there(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    assert verification_state(business_center).label == "Not started"
    attempt = send_documents(business_center, cast.ben, at)
    assert verification_state(business_center).label == "In review"
    assert timedelta(minutes=20) <= attempt.due_at - at <= timedelta(minutes=90)

    advance_to(at + timedelta(hours=2))

    attempt.refresh_from_db()
    assert (attempt.state, attempt.decided_at) == ("verified", attempt.due_at)
    assert attempt.decided_by is None
    assert told(business_center) == ["Northwind is verified."]
    assert ActivityEntry.objects.filter(action="verification_verified").count() == 1


def test_the_task_may_run_again_and_again(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    send_documents(business_center, cast.ben, at, business_name="Southwind Ltd")
    tasks.decide_verifications()
    assert verification_state(business_center).code == "in_review"

    set_clock(at=at + timedelta(hours=3), rate=PracticeClock.PAUSED)
    for _ in range(3):
        tasks.decide_verifications()

    assert verification_state(business_center).code == "rejected"
    assert len(told(business_center)) == 1
    assert ActivityEntry.objects.filter(action="verification_rejected").count() == 1
    assert decide_due_verifications(until=at + DAY) == 0


def test_a_wrong_name_is_rejected_and_the_right_one_verified(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    send_documents(business_center, cast.ben, at, business_name="Southwind Ltd")
    decide_due_verifications(until=at + DAY)
    standing = verification_state(business_center)
    assert standing.label == "Rejected"
    assert standing.attempt.reason == "mismatch"
    assert "Southwind Ltd" in standing.attempt.detail
    assert standing.attempt.suggestion

    kept = list(standing.attempt.documents.all())
    submit_verification(
        business_center=business_center,
        details=details(business_center),
        kept=kept,
        actor=cast.ben,
        at=at + DAY,
    )
    decide_due_verifications(until=at + 2 * DAY)

    assert verification_state(business_center).label == "Verified"
    first, second = Verification.objects.order_by("id")
    assert first.documents.get().sha256 == second.documents.get().sha256


def test_mending_the_legal_name_helps_as_well(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    send_documents(business_center, cast.ben, at, business_name="Southwind Ltd")
    update_business_center(
        business_center=business_center,
        changes={"legal_name": "Southwind Limited"},
        actor=cast.ben,
        at=at,
    )
    decide_due_verifications(until=at + DAY)

    assert verification_state(business_center).code == "verified"


@pytest.mark.parametrize("page", [scan(300, 400), scan(blank=True), pdf("")])
def test_unreadable_pages_are_incomplete(
    page: bytes, cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    send_documents(business_center, cast.ben, at, files=[scan(), page])
    decide_due_verifications(until=at + DAY)

    assert verification_state(business_center).attempt.reason == "incomplete"


def test_a_lost_file_does_not_keep_the_others_waiting(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    attempt = send_documents(business_center, cast.ben, at)
    document = attempt.documents.get()
    document.file.storage.delete(document.file.name)

    assert decide_due_verifications(until=at + DAY) == 1
    assert verification_state(business_center).attempt.detail == "A file could not be opened."
