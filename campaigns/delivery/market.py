"""The practice market: who is there, when they watch, and what a thousand impressions usually cost.

All figures are practice constants (sources and grades in docs/delivery.md), the same for everybody.
Exchange rates are fixed on purpose: a rehearsal should give the same numbers next year.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from campaigns.delivery import people
from campaigns.delivery.people import Taste, Wish
from campaigns.delivery.plan import Floats, Ints


class Country(NamedTuple):
    """`price`: what attention costs relative to the US, in percent."""

    name: str
    people: int  # reachable on the platform
    price: int
    utc_offset_minutes: int  # of most viewers; no daylight saving
    android: int  # per 1000 people
    young: bool  # age profile


COUNTRIES: dict[str, Country] = {
    "AE": Country("United Arab Emirates", 11_000_000, 75, 240, 650, True),
    "AT": Country("Austria", 2_300_000, 72, 60, 600, False),
    "AU": Country("Australia", 9_800_000, 80, 600, 430, False),
    "BE": Country("Belgium", 4_000_000, 62, 60, 570, False),
    "BR": Country("Brazil", 91_750_000, 30, -180, 820, True),
    "CA": Country("Canada", 14_000_000, 65, -300, 410, False),
    "CH": Country("Switzerland", 2_400_000, 90, 60, 430, False),
    "DE": Country("Germany", 24_300_000, 70, 60, 610, False),
    "ES": Country("Spain", 20_000_000, 50, 60, 700, False),
    "FR": Country("France", 25_400_000, 60, 60, 620, False),
    "GB": Country("United Kingdom", 24_800_000, 75, 0, 480, False),
    "ID": Country("Indonesia", 107_700_000, 15, 420, 880, True),
    "IE": Country("Ireland", 2_500_000, 70, 0, 500, False),
    "IN": Country("India", 60_000_000, 15, 330, 950, True),
    "IT": Country("Italy", 22_800_000, 48, 60, 680, False),
    "JP": Country("Japan", 26_000_000, 70, 540, 400, False),
    "KR": Country("South Korea", 7_100_000, 60, 540, 700, False),
    "MX": Country("Mexico", 85_400_000, 28, -360, 770, True),
    "NL": Country("Netherlands", 7_100_000, 65, 60, 560, False),
    "NZ": Country("New Zealand", 1_900_000, 70, 720, 460, False),
    "PH": Country("Philippines", 62_300_000, 15, 480, 880, True),
    "PL": Country("Poland", 11_500_000, 40, 60, 750, False),
    "SA": Country("Saudi Arabia", 34_000_000, 60, 180, 560, True),
    "SE": Country("Sweden", 4_600_000, 68, 60, 440, False),
    "SG": Country("Singapore", 3_400_000, 72, 480, 620, False),
    "TH": Country("Thailand", 34_000_000, 22, 420, 680, True),
    "TR": Country("Türkiye", 37_700_000, 22, 180, 780, True),
    "US": Country("United States", 135_800_000, 100, -300, 420, False),
    "VN": Country("Vietnam", 40_900_000, 15, 420, 700, True),
}


class Age(NamedTuple):
    """People per 1000 in countries with an older and a younger profile, and relative price."""

    older: int
    younger: int
    price: float


AGES = {
    "AGE_13_17": Age(100, 140, 0.75),
    "AGE_18_24": Age(260, 340, 0.92),
    "AGE_25_34": Age(290, 290, 1.05),
    "AGE_35_44": Age(180, 130, 1.12),
    "AGE_45_54": Age(100, 60, 1.08),
    "AGE_55_100": Age(70, 40, 1.00),
}
# People per 1000 and relative price.
GENDERS: dict[str, tuple[int, float]] = {
    "GENDER_FEMALE": (490, 1.05),
    "GENDER_MALE": (480, 0.95),
    "NONE": (30, 0.90),  # not known: reached only when gender is not targeted
}
SYSTEMS = ("ANDROID", "IOS")
_SYSTEM_PRICE = {"ANDROID": 0.90, "IOS": 1.20}
_UNLIMITED = "GENDER_UNLIMITED"

# Practice exchange rates: units of the currency for one US dollar.
UNITS_PER_USD = {
    "AED": 3.67,
    "AUD": 1.5,
    "BRL": 5.4,
    "CAD": 1.36,
    "CHF": 0.88,
    "EUR": 0.92,
    "GBP": 0.79,
    "IDR": 16000.0,
    "INR": 84.0,
    "JPY": 150.0,
    "KRW": 1350.0,
    "MXN": 18.0,
    "NZD": 1.65,
    "PHP": 57.0,
    "PLN": 4.0,
    "SAR": 3.75,
    "SEK": 10.5,
    "SGD": 1.34,
    "THB": 35.0,
    "TRY": 34.0,
    "USD": 1.0,
    "VND": 25000.0,
}

CPM_USD = 8.0  # what maximum delivery pays in the US at an easy pace, all segments, CPM goal aside
SIGMA = 0.40  # spread (log) of competing prices
DAILY_NOISE = 0.06  # spread (log) of a country's price from day to day
AUCTIONS_PER_DAY = 0.55 * 6  # daily active share x auctions of this kind per active person and day
WIDE_AUDIENCE = 100_000  # well above it an ad is shown to likely people rather than to all
MONTH_PRICE = (0.95, 0.92, 0.95, 0.95, 0.97, 0.97, 0.95, 0.97, 1.00, 1.05, 1.15, 1.20)

# Viewers' activity by their local hour (sums to 24,000) and weekday from Monday (sums to 7,000).
# fmt: off
HOURS = (
    790, 505, 337, 253, 210, 274, 474, 737, 926, 968, 1000, 1074,
    1221, 1158, 1074, 1095, 1179, 1316, 1495, 1684, 1829, 1790, 1495, 1116,
)
# fmt: on
WEEKDAYS = (960, 960, 970, 985, 1030, 1060, 1035)

# Activity in each of the 336 half hours of a viewer's week; 1000 = average.
WEEK: Ints = np.array(
    [HOURS[half // 2] * day // 1000 for day in WEEKDAYS for half in range(48)], np.int64
)


_SHAPE = 0.9  # of the gamma distribution of contacts per person in a small audience


def contact_shape(people: Ints) -> Floats:
    """How evenly the people of audiences of these sizes see ads (shape of the gamma distribution
    of contacts): less so in a wide audience, where an ad goes to likely people first."""
    shape: Floats = _SHAPE / (1.0 + np.sqrt(people / WIDE_AUDIENCE))
    return shape


class Segment(NamedTuple):
    """The targeted part of one country; `taste` is relative to the whole country."""

    people: int
    taste: Taste


def country_number(code: str) -> int:
    """The two letters of a country's code as one number, for tables of integers."""
    first, second = code.encode()
    return first * 256 + second


def segment(
    country: str,
    age_groups: Sequence[str] = (),
    genders: Sequence[str] = (),
    systems: Sequence[str] = (),
    wish: Wish = Wish(),  # noqa: B008 - a tuple
    population: int = 0,
) -> Segment:
    """The people of a targeting in one country; empty means everybody. `population` is that of all
    the targeted countries, over which listed people are spread."""
    place = COUNTRIES[country]
    left, price = place.people, 1.0
    tables = (
        (ages_of(country), age_groups),
        (GENDERS, chosen_genders(genders)),
        (systems_of(country), systems),
    )
    for table, chosen in tables:
        share, factor = _share(table, chosen)
        left = left * share // 1000
        price *= factor
    found = people.crowd(country, population or place.people, wish)
    left = left * found.share // people.MILLION
    return Segment(left, found.taste._replace(price=price * found.taste.price))


def ages_of(country: str) -> dict[str, tuple[int, float]]:
    """Per thousand people and relative price of each age group."""
    young = COUNTRIES[country].young
    return {name: (a.younger if young else a.older, a.price) for name, a in AGES.items()}


def systems_of(country: str) -> dict[str, tuple[int, float]]:
    """Per thousand people and relative price of each operating system."""
    android = COUNTRIES[country].android
    sizes = {"ANDROID": android, "IOS": 1000 - android}
    return {name: (sizes[name], _SYSTEM_PRICE[name]) for name in SYSTEMS}


def chosen_genders(genders: Sequence[str]) -> Sequence[str]:
    """Empty for everybody, whose gender is not known included."""
    return () if _UNLIMITED in genders else genders


def _share(table: dict[str, tuple[int, float]], chosen: Sequence[str]) -> tuple[int, float]:
    """Per mille of people in the chosen rows, and their price relative to all rows."""
    if not chosen:
        return 1000, 1.0
    rows = [table[name] for name in sorted(set(chosen))]
    size = sum(number for number, _ in rows)
    if not size:
        return 0, 1.0
    everybody = sum(number * price for number, price in table.values()) / 1000
    return size, sum(number * price for number, price in rows) / size / everybody


def audience_size(
    countries: Sequence[str],
    age_groups: Sequence[str] = (),
    genders: Sequence[str] = (),
    operating_systems: Sequence[str] = (),
    *,
    languages: Sequence[str] = (),
    interests: Sequence[str] = (),
    behaviours: Sequence[str] = (),
) -> int:
    """People a targeting can reach; empty means everybody."""
    wish = Wish(tuple(languages), tuple(interests), tuple(behaviours))
    return sum(
        segment(country, age_groups, genders, operating_systems, wish).people
        for country in sorted(set(countries))
    )
