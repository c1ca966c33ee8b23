"""Targeting beyond age, gender and device: languages, interests, behaviours and audiences.

How many of a country's people it leaves, and how these differ from the rest: practice constants,
sources and grades in docs/delivery.md. Shares are per million, so people are whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

MILLION = 1_000_000


class Taste(NamedTuple):
    """How targeted people click, convert and cost, relative to everybody of the segment."""

    ctr: float = 1.0
    cvr: float = 1.0
    price: float = 1.0


class Audience(NamedTuple):
    """A list of people: `kind` CUSTOM, NARROW, BALANCED or BROAD (look-alikes of a list)."""

    kind: str
    people: int = 0  # matched; look-alikes are a part of each country


class Wish(NamedTuple):
    """What a group asks of people besides demographics; empty means nothing."""

    languages: Sequence[str] = ()
    interests: Sequence[str] = ()
    behaviours: Sequence[str] = ()
    included: Sequence[Audience] = ()
    excluded: Sequence[Audience] = ()


class Crowd(NamedTuple):
    """`share` per million of the segment's people, and how they differ."""

    share: int
    taste: Taste


# Languages of at least 5 % of a country's viewers, per thousand; others are spoken by 10 in each.
LANGUAGES: dict[str, dict[str, int]] = {
    "AE": {"ar": 450, "en": 550},
    "AT": {"de": 950},
    "AU": {"en": 950},
    "BE": {"nl": 560, "fr": 400},
    "BR": {"pt": 980},
    "CA": {"en": 760, "fr": 220},
    "CH": {"de": 640, "fr": 230, "it": 80},
    "DE": {"de": 930, "tr": 50},
    "ES": {"es": 950},
    "FR": {"fr": 960},
    "GB": {"en": 960},
    "ID": {"id": 960},
    "IE": {"en": 970},
    "IN": {"hi": 580, "en": 240, "ta": 60, "te": 60},
    "IT": {"it": 960},
    "JP": {"ja": 985},
    "KR": {"ko": 985},
    "MX": {"es": 970},
    "NL": {"nl": 920, "en": 60},
    "NZ": {"en": 960},
    "PH": {"fil": 650, "en": 340},
    "PL": {"pl": 975},
    "SA": {"ar": 850, "en": 130},
    "SE": {"sv": 900, "en": 70},
    "SG": {"en": 650, "zh": 250, "ms": 70},
    "TH": {"th": 970},
    "TR": {"tr": 960},
    "US": {"en": 820, "es": 140},
    "VN": {"vi": 980},
}
_OTHER_LANGUAGE = 10
_INTEREST, _BEHAVIOUR = 220_000, 120_000  # per million people, each
_INTERESTED = Taste(ctr=1.15, cvr=1.10, price=1.06)
_BEHAVED = Taste(ctr=1.25, cvr=1.20, price=1.08)
_LISTED = Taste(ctr=2.0, cvr=3.0, price=1.30)
_LOOK_ALIKE = {
    "NARROW": (10_000, Taste(1.50, 1.50, 1.15)),
    "BALANCED": (50_000, Taste(1.25, 1.25, 1.10)),
    "BROAD": (100_000, Taste(1.10, 1.10, 1.05)),
}
AFFINITIES = (_INTERESTED, _BEHAVED, _LISTED, *(taste for _, taste in _LOOK_ALIKE.values()))


def crowd(country: str, population: int, wish: Wish) -> Crowd:
    """Who is left of `country`; `population` are the people of all the targeted countries, over
    which listed people are spread evenly.

    Interests and behaviours widen each other, and so do audiences; both narrow what is left.
    """
    share = _speakers(country, wish.languages)
    likes = [(_INTEREST, _INTERESTED)] * len(set(wish.interests))
    likes += [(_BEHAVIOUR, _BEHAVED)] * len(set(wish.behaviours))
    found = [_any_of(likes), _any_of(_listed(each, population) for each in wish.included)]
    taste = Taste()
    for part, differs in found:
        share = share * part // MILLION
        taste = Taste(*(a * b for a, b in zip(taste, differs, strict=True)))
    for each in wish.excluded:
        share = share * (MILLION - _listed(each, population)[0]) // MILLION
    return Crowd(share, taste)


def _speakers(country: str, languages: Sequence[str]) -> int:
    if not languages:
        return MILLION
    known = LANGUAGES.get(country, {})
    spoken = sum(known.get(code, _OTHER_LANGUAGE) for code in set(languages))
    return min(spoken * 1000, MILLION)


def _listed(audience: Audience, population: int) -> tuple[int, Taste]:
    if audience.kind in _LOOK_ALIKE:
        return _LOOK_ALIKE[audience.kind]
    return min(audience.people * MILLION // max(population, 1), MILLION), _LISTED


def _any_of(parts: Iterable[tuple[int, Taste]]) -> tuple[int, Taste]:
    """The union of independent parts; its people are like the parts by their size."""
    parts = list(parts)
    if not parts:
        return MILLION, Taste()
    missing, size = MILLION, max(sum(share for share, _ in parts), 1)
    for share, _ in parts:
        missing = missing * (MILLION - share) // MILLION
    mean = [sum(share * taste[n] for share, taste in parts) / size for n in range(len(Taste()))]
    return MILLION - missing, Taste(*mean)
