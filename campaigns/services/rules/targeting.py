"""Whom an ad group addresses: countries, ages, gender, languages and devices that exist."""

from collections.abc import Collection, Sequence
from functools import cache

from babel import Locale

from ...delivery.market import COUNTRIES
from ...models import AgeGroup, Gender
from ..errors import InvalidInput

OPERATING_SYSTEMS = ("ANDROID", "IOS")
MOST_COUNTRIES = 50
MOST_TASTES = 100
LONGEST_INTEREST = 40


def countries() -> dict[str, str]:
    """Codes of the countries of the practice market, with their English names."""
    return {code: place.name for code, place in COUNTRIES.items()}


@cache
def languages() -> dict[str, str]:
    names = Locale("en").languages
    return {code: name for code, name in names.items() if len(code) in (2, 3)}


def check_targeting(
    *,
    countries_wanted: Sequence[str],
    age_groups: Sequence[str],
    gender: str,
    languages_wanted: Sequence[str],
    operating_systems: Sequence[str],
) -> None:
    """At least one known country; nothing unknown and nothing twice anywhere."""
    if not countries_wanted:
        raise InvalidInput("Choose at least one country.", field="countries")
    if len(countries_wanted) > MOST_COUNTRIES:
        raise InvalidInput(f"Choose at most {MOST_COUNTRIES} countries.", field="countries")
    _check_known(countries_wanted, countries(), field="countries", what="country")
    _check_known(age_groups, AgeGroup.values, field="age_groups", what="age group")
    _check_known(languages_wanted, languages(), field="languages", what="language")
    _check_known(
        operating_systems, OPERATING_SYSTEMS, field="operating_systems", what="operating system"
    )
    if gender not in Gender.values:
        raise InvalidInput("Choose all, women or men.", field="gender")


def check_interests(wanted: Sequence[str]) -> None:
    """Not more than the platform takes, each a category's number or name, and none twice."""
    check_number(wanted, field="interests", what="interests")
    for each in wanted:
        if not each:
            raise InvalidInput("An interest is empty. Take it out.", field="interests")
        if len(each) > LONGEST_INTEREST:
            raise InvalidInput(
                f"The interest “{each[:LONGEST_INTEREST]}…” is too long: it has {len(each)} "
                f"characters, an interest category at most {LONGEST_INTEREST}. Choose a category.",
                field="interests",
            )
        if wanted.count(each) > 1:
            raise InvalidInput(f"The interest {each} is named twice.", field="interests")


def check_number(wanted: Sequence[str], *, field: str, what: str) -> None:
    if len(wanted) > MOST_TASTES:
        raise InvalidInput(
            f"{len(wanted)} {what} are too many: choose at most {MOST_TASTES}. Take "
            f"{len(wanted) - MOST_TASTES} out, or spread them over several ad groups.",
            field=field,
        )


def _check_known(wanted: Sequence[str], known: Collection[str], *, field: str, what: str) -> None:
    if unknown := [value for value in wanted if value not in known]:
        raise InvalidInput(f"Unknown {what}: {unknown[0]}.", field=field)
    if len(set(wanted)) < len(wanted):
        raise InvalidInput(f"A {what} is named twice.", field=field)
