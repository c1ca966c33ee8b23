"""What a reviewer would find in an attempt at verification: rules and a draw, and nothing else."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Verification

from .documents import Examined

Reason = Verification.Reason
SHORTEST_NUMBER = 5
SMALLEST_SIDE = 600
ONE_IN = 12
_SOONEST, _LATEST = 20, 90  # practice minutes until the answer

# Longer forms before the shorter ones that they contain.
_LEGAL_FORMS = (
    "sp z o o", "s a r l", "s r l", "s p a", "s a s", "s r o", "d o o", "g m b h", "l l c",
    "l l p", "p l c", "a g", "b v", "n v", "s a", "s l", "k k",
    "incorporated", "corporation", "limited", "company", "gmbh", "sarl", "corp", "ltda", "pty",
    "inc", "ltd", "llc", "llp", "plc", "srl", "spa", "sas", "sro", "doo", "aps", "co", "ag", "bv",
    "nv", "sa", "sl", "kg", "kk", "oy", "ab", "as", "lp", "ug", "ohg", "ev", "pvt", "private",
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """Why an attempt is rejected, on two levels, and what to do."""

    reason: Verification.Reason
    detail: str
    suggestion: str


@dataclass(frozen=True)
class Claim:
    """What was sent, what the Business Center says of itself, and how often it was tried."""

    legal_name: str
    center_country: str
    entity_type: str
    document_type: str
    document_country: str
    business_name: str
    certificate_number: str
    expires_on: date | None
    digests: tuple[str, ...]
    attempt: int

    def draw(self) -> int:
        """The same for the same content, whenever and in whichever database it is sent."""
        said = (
            same_name(self.business_name), self.document_type, self.document_country,
            self.certificate_number.strip(), *sorted(self.digests), str(self.attempt),
        )  # fmt: skip
        return int.from_bytes(hashlib.sha256("\n".join(said).encode()).digest()[:8], "big")

    def wait(self) -> timedelta:
        """How long the review takes, in practice time."""
        return timedelta(minutes=_SOONEST + self.draw() // ONE_IN % (_LATEST - _SOONEST + 1))


def same_name(name: str) -> str:
    """Two names that a reviewer would take for the same read alike: no case, accents,
    punctuation or legal form at the end."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.sub(r"[^\w]+", " ", plain).strip()
    shorter = words
    while (found := next((f for f in _LEGAL_FORMS if shorter.endswith(" " + f)), None)) is not None:
        shorter = shorter[: -len(found)].strip()
    return shorter or words


def first_finding(claim: Claim, documents: Sequence[Examined], *, on: date) -> Finding | None:
    """What speaks first against the claim on that day; None when it is in order."""
    return _in_the_words(claim, on) or _on_the_paper(documents) or _by_chance(claim)


def _in_the_words(claim: Claim, on: date) -> Finding | None:
    if same_name(claim.business_name) != same_name(claim.legal_name):
        return Finding(
            Reason.MISMATCH,
            f"The name on the document, “{claim.business_name}”, is not the legal name of the "
            f"Business Center, “{claim.legal_name}”.",
            "Enter the name as printed, or correct the legal name in Settings, and send it again.",
        )
    if claim.expires_on is not None and claim.expires_on < on:
        return Finding(
            Reason.EXPIRED,
            f"The document was valid until {claim.expires_on:%-d %B %Y}.",
            "Send the renewed document.",
        )
    if claim.document_country != claim.center_country:
        return Finding(
            Reason.DOCUMENT_TYPE,
            "The document is from another country than the Business Center.",
            "Send a document of the country in which the business is registered.",
        )
    if (
        claim.entity_type == Verification.EntityType.SOLE
        and claim.document_type == Verification.DocumentType.REGISTRATION
    ):
        return Finding(
            Reason.DOCUMENT_TYPE,
            "A sole proprietor stands in no company register.",
            "Send a business licence or a tax registration certificate.",
        )
    if len(re.sub(r"[\W_]", "", claim.certificate_number)) < SHORTEST_NUMBER:
        return Finding(
            Reason.MISMATCH,
            "The number is too short to be a certificate's.",
            "Copy the whole number from the document, with its letters.",
        )
    return None


def _on_the_paper(documents: Sequence[Examined]) -> Finding | None:
    if any(document.is_blank for document in documents):
        return Finding(
            Reason.INCOMPLETE,
            "A page is blank.",
            "Check that the scan shows the document and send it again.",
        )
    if any(0 < document.longer_side < SMALLEST_SIDE for document in documents):
        return Finding(
            Reason.INCOMPLETE,
            "The picture is too small to be read.",
            f"Photograph it again with at least {SMALLEST_SIDE} px on the longer side, "
            "or send a PDF.",
        )
    return None


def _by_chance(claim: Claim) -> Finding | None:
    """Reviewers also stumble over what no rule sees; a second try with the whole page passes."""
    if claim.attempt == 1 and claim.draw() % ONE_IN == 0:
        return Finding(
            Reason.INCOMPLETE,
            "An edge of the page is cropped.",
            "Send the page again with all four corners in the picture.",
        )
    return None
