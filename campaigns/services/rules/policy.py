"""The advertising policy as word rules, used by review and by the check before publishing.

A practice list: mild on purpose, English only, whole words. Each finding names rule, field and the
offending words, so that nobody is rejected without knowing why.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    rule: str
    field: str
    words: tuple[str, ...]
    explanation: str


@dataclass(frozen=True)
class _Rule:
    key: str
    pattern: re.Pattern[str]
    advice: str


def _rule(key: str, *phrases: str, advice: str) -> _Rule:
    return _Rule(key, re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE), advice)


RULES = (
    _rule(
        "misleading_claim",
        r"cures?", r"guaranteed?", r"100 ?% (?:free|safe|effective)", r"risk[- ]free",
        r"miracles?", r"instant(?:ly)? rich", r"get rich(?: quick)?", r"no side effects",
        r"lose \d+ ?(?:kg|pounds|lbs?)(?: in \d+ days?)?",
        advice="promises more than anybody can prove. Say what the product does instead",
    ),
    _rule(
        "harmful_products",
        r"guns?", r"pistols?", r"rifles?", r"ammunition", r"cocaine", r"cannabis", r"marijuana",
        r"vapes?", r"cigarettes?", r"tobacco",
        advice="names weapons, drugs or tobacco, which cannot be advertised",
    ),
    _rule(
        "inappropriate_language",
        r"damn", r"crap", r"hell", r"bastards?", r"sexy", r"nude",
        advice="is not suited to a general audience. Use other words",
    ),
    _rule(
        "trademark",
        r"tik ?tok", r"disney", r"nike", r"rolex", r"louis vuitton", r"replicas?",
        advice="uses a mark of somebody else. Take it out or show that you may use it",
    ),
    _rule(
        "attention_tricks",
        r"click here now", r"you won'?t believe", r"act now!*",
        advice="presses people to click. Name the offer instead",
    ),
)  # fmt: skip
_LABELS = {
    "name": "The ad name", "display_name": "The display name", "text": "The ad text",
    "landing_page_url": "The landing page URL",
}  # fmt: skip
REVIEWED_FIELDS = ("display_name", "text", "landing_page_url")
# Where an ad account's own blocked words are looked for, in the order people read the ad.
WORDED_FIELDS = ("name", "display_name", "text")


def first_finding(texts: Mapping[str, str]) -> Finding | None:
    """The first rule that a reviewed text breaks, or None."""
    return next(iter(findings(texts)), None)


def findings(texts: Mapping[str, str]) -> list[Finding]:
    """Every rule broken, by field in the order people read the ad."""
    found = []
    for field in REVIEWED_FIELDS:
        for rule in RULES:
            words = tuple(dict.fromkeys(rule.pattern.findall(texts.get(field, ""))))
            if words:
                quoted = ", ".join(f"“{word}”" for word in words)
                explanation = f"{_LABELS[field]} {rule.advice}: {quoted}."
                found.append(Finding(rule.key, field, words, explanation))
    return found


def first_blocked(texts: Mapping[str, str], words: Sequence[str]) -> Finding | None:
    """The first text with words that the ad account has blocked, as whole words in any case."""
    if not words:
        return None
    spellings = sorted((r"\s+".join(map(re.escape, word.split())) for word in words), key=len)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(reversed(spellings))})(?!\w)", re.IGNORECASE)
    for field in WORDED_FIELDS:
        found = tuple(dict.fromkeys(pattern.findall(texts.get(field, ""))))
        if found:
            quoted = ", ".join(f"“{word}”" for word in found)
            explanation = (
                f"{_LABELS[field]} uses words that this ad account has blocked: {quoted}. "
                "Use others, or have them taken off the list in the account's settings."
            )
            return Finding("blocked_words", field, found, explanation)
    return None
