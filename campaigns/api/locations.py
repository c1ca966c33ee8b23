"""Countries on the wire are location ids; both ways."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from ..services import InvalidInput


@cache
def _ids() -> dict[str, int]:
    text = files(__package__).joinpath("locations.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    pairs = (pair.split() for pair in ", ".join(lines).split(", "))
    return {country: int(number) for country, number in pairs}


@cache
def _countries() -> dict[int, str]:
    return {number: country for country, number in _ids().items()}


def location_ids(countries: Iterable[str]) -> list[str]:
    return [str(_ids()[country]) for country in countries if country in _ids()]


def countries_at(locations: Iterable[int]) -> tuple[str, ...]:
    """Country codes. Raises InvalidInput for a location that is not a country."""
    found = []
    for number in locations:
        country = _countries().get(number)
        if country is None:
            raise InvalidInput(
                f"{number} is not the id of a country; smaller places are unsupported here.",
                field="countries",
            )
        found.append(country)
    return tuple(found)
