"""The terms of use, by version; the newest is the one to accept. Texts never change once dated."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Terms:
    version: str
    dated: date

    @property
    def template(self) -> str:
        return f"accounts/terms/{self.version}.html"


TERMS = (Terms("2026-01", date(2026, 1, 1)),)


def current_terms() -> Terms:
    return TERMS[-1]


def terms_of(version: str) -> Terms | None:
    """The terms of that version, for people who accepted an earlier one."""
    return next((terms for terms in TERMS if terms.version == version), None)
