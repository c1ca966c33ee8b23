"""One attempt at a time, decided once; a verification lasts as long as its document."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import ActivityEntry, BusinessCenter, Verification
from accounts.queries.verification import verification_state
from accounts.services import (
    AlreadyDecided,
    AlreadySubmitted,
    InvalidDecision,
    UnacceptableDocument,
    decide_due_verifications,
    judge_verification,
    submit_verification,
)
from tests.factories.accounts import Cast
from tests.factories.papers import details, scan, send_documents

DAY = timedelta(days=1)


def test_a_verification_ends_the_day_after_its_document_and_opens_again(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    send_documents(business_center, cast.ben, at, document_expires_on=date(2026, 11, 10))
    decide_due_verifications(until=datetime(2026, 11, 10, 23, 59, tzinfo=UTC))
    with pytest.raises(AlreadySubmitted):
        send_documents(business_center, cast.ben, at)

    for _ in range(2):
        decide_due_verifications(until=datetime(2026, 11, 11, 0, 0, tzinfo=UTC))

    assert verification_state(business_center).label == "Expired"
    entry = ActivityEntry.objects.get(action="verification_expired")
    assert entry.at == datetime(2026, 11, 11, tzinfo=UTC)
    assert send_documents(business_center, cast.ben, at + 9 * DAY).state == "in_review"


def test_only_one_attempt_is_in_review_and_none_without_a_file(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    with pytest.raises(UnacceptableDocument, match="Add the document"):
        submit_verification(
            business_center=business_center,
            details=details(business_center),
            actor=cast.ben,
            at=at,
        )
    with pytest.raises(UnacceptableDocument, match="5 files"):
        send_documents(business_center, cast.ben, at, files=[scan()] * 6)
    send_documents(business_center, cast.ben, at)
    with pytest.raises(AlreadySubmitted):
        send_documents(business_center, cast.ben, at)

    assert Verification.objects.count() == 1


def test_a_trainer_decides_before_the_rule_and_once(
    cast: Cast, business_center: BusinessCenter, at: datetime
) -> None:
    attempt = send_documents(business_center, cast.ben, at)
    with pytest.raises(InvalidDecision):
        judge_verification(
            verification=attempt, approve=False, reason="expired", actor=cast.tom, at=at
        )

    judge_verification(verification=attempt, approve=True, actor=cast.tom, at=at)

    with pytest.raises(AlreadyDecided):
        judge_verification(verification=attempt, approve=True, actor=cast.tom, at=at)
    assert decide_due_verifications(until=at + DAY) == 0
    assert verification_state(business_center).attempt.decided_by == cast.tom
