"""Countries and time zones to choose from, and a zone's fixed offset."""

from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import get_territory_currencies

from .money import CURRENCIES


@cache
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes with their English names, by name."""
    codes = {line.split("\t")[0] for line in _zone_lines()}
    names = Locale("en").territories
    found = {code: names[code] for code in codes if code in names}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


@cache
def time_zones() -> tuple[str, ...]:
    """Names of the places whose clocks differ now or once did, by name; UTC first."""
    return ("UTC", *sorted(line.split("\t")[2] for line in _zone_lines()))


@cache
def utc_offset_minutes(zone: str) -> int:
    """The zone's offset outside daylight saving: New York is always -300."""
    info = ZoneInfo(zone)
    winter, summer = (datetime(2026, month, 1, tzinfo=UTC).astimezone(info) for month in (1, 7))
    offset = min(winter.utcoffset() or timedelta(), summer.utcoffset() or timedelta())
    return int(offset.total_seconds() // 60)


@cache
def zone_choices() -> tuple[tuple[str, str], ...]:
    """(name, "(UTC-05:00) America/New York") from west to east."""
    zones = sorted(time_zones(), key=lambda zone: (utc_offset_minutes(zone), zone))
    return tuple((zone, f"({offset_label(zone)}) {zone.replace('_', ' ')}") for zone in zones)


def offset_label(zone: str) -> str:
    minutes = utc_offset_minutes(zone)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@cache
def country_of(zone: str) -> str:
    """The country whose clocks show this zone; empty for UTC and unknown zones."""
    return next((line.split("\t")[0] for line in _zone_lines() if line.split("\t")[2] == zone), "")


def currency_of(country: str) -> str:
    """What is paid with there, if it is among ours; else US dollars."""
    used = get_territory_currencies(country) if country in countries() else []
    return next((code for code in used if code in CURRENCIES), "USD")


# Where the list of zones begins with an island or an outlying region.
_MAIN_ZONES = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "EC": "America/Guayaquil",
    "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty",
    "MN": "Asia/Ulaanbaatar",
    "NZ": "Pacific/Auckland",
    "RU": "Europe/Moscow",
}


def zone_of(country: str) -> str:
    """The time zone of most people in the country; UTC for a country that is not one."""
    if country in _MAIN_ZONES:
        return _MAIN_ZONES[country]
    own = (line.split("\t") for line in _zone_lines())
    return next((zone for code, _, zone, *_ in own if code == country), "UTC")


def _zone_lines() -> list[str]:
    text = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
