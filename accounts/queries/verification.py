"""Where a Business Center stands with its verification, and what to do next."""

from dataclasses import dataclass

from accounts.models import BusinessCenter, Verification

NOT_STARTED = "not_started"
_NEXT: dict[str, str] = {
    NOT_STARTED: "Send a document that proves the business.",
    Verification.State.IN_REVIEW: "Nothing to do: the document is being looked at.",
    Verification.State.VERIFIED: "Nothing to do.",
    Verification.State.REJECTED: "Read the reason, mend it and send it again.",
    Verification.State.EXPIRED: "Send the renewed document.",
}
_TONES: dict[str, str] = {
    Verification.State.IN_REVIEW: "blue",
    Verification.State.VERIFIED: "green",
    Verification.State.REJECTED: "red",
}


@dataclass(frozen=True)
class VerificationStanding:
    """The state as code ("not_started", "in_review", ...), and the attempt it comes from."""

    code: str
    attempt: Verification | None

    @property
    def label(self) -> str:
        return "Not started" if self.attempt is None else self.attempt.get_state_display()

    @property
    def next_step(self) -> str:
        return _NEXT[self.code]

    @property
    def tone(self) -> str:
        return _TONES.get(self.code, "amber")

    @property
    def may_submit(self) -> bool:
        return self.code not in {Verification.State.IN_REVIEW, Verification.State.VERIFIED}


def verification_state(business_center: BusinessCenter) -> VerificationStanding:
    """What the newest attempt says; without one it has not started. One query."""
    newest = Verification.objects.filter(business_center=business_center).first()
    return VerificationStanding(NOT_STARTED if newest is None else newest.state, newest)


def attempts_of(business_center: BusinessCenter) -> list[Verification]:
    """Every attempt with its documents, newest first."""
    found = Verification.objects.filter(business_center=business_center)
    return list(found.select_related("submitted_by", "decided_by").prefetch_related("documents"))
