"""Deciding verifications: by rule when their time has come, by a trainer before that, and ending
them when the document has expired."""

from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse

from accounts.models import Topic, User, Verification, VerificationDocument
from accounts.queries import admins_of
from bizcenter.lib.asked import SOME_DAY, SOME_TIME, Asked
from bizcenter.lib.errors import DomainError

from .activity import record_activity
from .documents import Examined, UnacceptableDocument, examine
from .notifications import notify
from .verification import claim_of
from .verification_rules import Finding, first_finding

State = Verification.State


class AlreadyDecided(DomainError):
    code = "verification_already_decided"


class InvalidDecision(DomainError):
    code = "invalid_decision"


def decide_due_verifications(*, until: datetime) -> int:
    """Attempts due by `until` are decided and expired documents end their verification; says how
    many changed. Doing it again, or twice at once, changes nothing."""
    decided = [_decide_by_rule(pk, until) for pk in _DUE.firsts(until)]
    expired = [_expire(pk) for pk in _EXPIRED.firsts(until.astimezone(UTC).date())]
    return sum(decided) + sum(expired)


_DUE = Asked(
    lambda until: (
        Verification.objects.filter(state=State.IN_REVIEW, due_at__lte=until)
        .order_by("due_at")
        .values_list("pk")
    ),
    SOME_TIME,
)
_EXPIRED = Asked(
    lambda day: (
        Verification.objects.filter(state=State.VERIFIED, document_expires_on__lt=day)
        .order_by("pk")
        .values_list("pk")
    ),
    SOME_DAY,
)


@transaction.atomic
def judge_verification(
    *,
    verification: Verification,
    approve: bool,
    reason: str = "",
    detail: str = "",
    suggestion: str = "",
    actor: User,
    at: datetime,
) -> Verification:
    """A trainer's decision holds. Raises AlreadyDecided, or InvalidDecision for a rejection
    without reason and detail."""
    row = _locked(verification.pk)
    if row.state != State.IN_REVIEW:
        raise AlreadyDecided(f"This attempt is {row.get_state_display().lower()} already.")
    if approve:
        return _settle(row, None, actor=actor, at=at)
    if reason not in Verification.Reason.values:
        raise InvalidDecision("Choose a reason.", field="reason")
    if not detail.strip():
        raise InvalidDecision("Say what is wrong with it.", field="detail")
    finding = Finding(Verification.Reason(reason), detail.strip(), suggestion.strip())
    return _settle(row, finding, actor=actor, at=at)


@transaction.atomic
def _decide_by_rule(pk: int, until: datetime) -> bool:
    row = _locked(pk)
    if row.state != State.IN_REVIEW or row.due_at > until:
        return False
    _settle(row, _finding(row), actor=None, at=row.due_at)
    return True


def _finding(row: Verification) -> Finding | None:
    documents = list(row.documents.order_by("pk"))
    try:
        seen = [_look_at(document) for document in documents]
    # One lost file must not keep all others waiting.
    except (OSError, UnacceptableDocument):
        return Finding(
            Verification.Reason.INCOMPLETE,
            "A file could not be opened.",
            "Send the document again.",
        )
    return first_finding(claim_of(row, documents), seen, on=row.due_at.date())


def _look_at(document: VerificationDocument) -> Examined:
    with document.file.open("rb") as stored:
        return examine(stored, name=document.name, size=document.size)


@transaction.atomic
def _expire(pk: int) -> bool:
    row = _locked(pk)
    if row.state != State.VERIFIED or row.document_expires_on is None:
        return False
    at = datetime.combine(row.document_expires_on + timedelta(days=1), time(), UTC)
    at = max(at, row.decided_at or at)
    row.state = State.EXPIRED
    row.save(update_fields=["state"])
    _tell(row, None, at, "The document of the verification has expired. Send the renewed one.")
    return True


def _locked(pk: int) -> Verification:
    rows = Verification.objects.select_related("business_center")
    return rows.select_for_update(of=("self",)).get(pk=pk)


def _settle(
    row: Verification, finding: Finding | None, *, actor: User | None, at: datetime
) -> Verification:
    row.state = State.VERIFIED if finding is None else State.REJECTED
    row.decided_at, row.decided_by = at, actor
    if finding is not None:
        row.reason, row.detail = finding.reason, finding.detail[:300]
        row.suggestion = finding.suggestion[:300]
    row.save()
    text = f"{row.business_center.name} is verified."
    if finding is not None:
        text = f"The verification was rejected: {finding.reason.label}. {finding.detail}"
    _tell(row, actor, at, text)
    return row


def _tell(row: Verification, actor: User | None, at: datetime, text: str) -> None:
    center = row.business_center
    record_activity(
        business_center=center,
        actor=actor,
        at=at,
        action=f"verification_{row.state}",
        summary=text,
        reference=f"verification:{row.pk}",
        label=center.name,
        after={"state": row.state, "reason": row.reason, "detail": row.detail},
    )
    notify(
        users=admins_of(center),
        key=f"verification:{row.pk}:{row.state}",
        topic=Topic.BUSINESS,
        text=text,
        at=at,
        url=reverse("accounts:verification", args=[center.pk]),
    )
