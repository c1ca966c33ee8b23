"""What an ad account may not advertise: a short practice list, English only.

Whole words in the name, the company and the industry; in the website also inside a word, because
addresses are written without spaces ("bestcasino.example").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class _Rule:
    what: str
    words: tuple[str, ...]


RULES = (
    _Rule("weapons", ("weapon", "weapons", "firearm", "firearms", "ammunition", "rifles", "guns")),
    _Rule("tobacco", ("tobacco", "cigarette", "cigarettes", "cigars", "vape", "vapes", "vaping")),
    _Rule("gambling", ("casino", "casinos", "gambling", "betting", "roulette", "slots")),
    _Rule("illegal drugs", ("cannabis", "marijuana", "cocaine", "psychedelics")),
    _Rule("adult content", ("escort", "escorts", "pornography", "adult dating")),
)
_LABELS = {"name": "name", "company": "company", "industry": "industry", "website": "website"}
REVIEWED_FIELDS = tuple(_LABELS)
# Shorter ones stand inside innocent words too.
_INSIDE_WORDS = 6


def objection(facts: Mapping[str, str]) -> str:
    """Why an account with these facts cannot advertise, and what to change; empty when it can."""
    for field, label in _LABELS.items():
        for rule in RULES:
            word = _found(field, facts.get(field, ""), rule)
            if word:
                return (
                    f"The {label} names {rule.what} (“{word}”), which cannot be advertised here. "
                    f"Change the {label} to what this account advertises and save: it is "
                    "reviewed again."
                )
    return ""


def _found(field: str, text: str, rule: _Rule) -> str:
    lower = text.lower()
    whole = re.search(rf"(?<!\w)(?:{'|'.join(rule.words)})(?!\w)", lower)
    if whole:
        return whole.group()
    if field == "website":
        host = urlsplit(lower).hostname or ""
        long = (word for word in rule.words if len(word) >= _INSIDE_WORDS)
        return next((word for word in long if word in host), "")
    return ""
