"""What postal codes look like, country by country, and which countries have none."""

import re

_DIGITS = {
    3: ("000", "IS"),
    4: ("1010", "AT AU BE BG CH CY DK HU LU NO NZ PH SI TN ZA"),
    5: ("10115", "DE EE EG ES FI FR HR ID IT JO KE KR MA MX MY PK RS SA TH TR UA UY"),
    6: ("110001", "CN CO KZ NG RO RU SG"),
}
_SHAPES = {
    "BR": (r"\d{5}-?\d{3}", "01310-100"),
    "CA": (r"[A-Z]\d[A-Z] ?\d[A-Z]\d", "K1A 0B1"),
    "CZ": (r"\d{3} ?\d{2}", "110 00"),
    "GB": (r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", "SW1A 1AA"),
    "GR": (r"\d{3} ?\d{2}", "105 57"),
    "IE": (r"[A-Z]\d[\dW] ?[A-Z\d]{4}", "D02 AF30"),
    "IN": (r"\d{3} ?\d{3}", "110001"),
    "JP": (r"\d{3}-?\d{4}", "100-0001"),
    "NL": (r"\d{4} ?[A-Z]{2}", "1012 JS"),
    "PL": (r"\d{2}-\d{3}", "00-001"),
    "PT": (r"\d{4}-\d{3}", "1000-001"),
    "SE": (r"\d{3} ?\d{2}", "111 20"),
    "SK": (r"\d{3} ?\d{2}", "811 01"),
    "US": (r"\d{5}(-\d{4})?", "10004"),
}
_SHAPES |= {
    country: (rf"\d{{{count}}}", example)
    for count, (example, countries) in _DIGITS.items()
    for country in countries.split()
}
_WITHOUT = (
    "AE AG AO AW BF BI BJ BS BW BZ CD CF CG CI CK CM DJ DM ER FJ GA GD GH GM GQ GY HK KI KM KN KP "
    "ML MO MR MW NR NU QA RW SB SC SL SR ST SY TD TG TK TL TO TV UG VU YE ZW"
)
_ANY = re.compile(r"[A-Z0-9][A-Z0-9 -]*")


def has_postal_codes(country: str) -> bool:
    """Whether addresses in the country have one; a country that is unknown has."""
    return country not in _WITHOUT.split()


def is_postal_code(text: str, *, country: str) -> bool:
    """Whether the text can be one of the country; a prefix as in D-10115 may stand in front."""
    shape, _ = _SHAPES.get(country, (_ANY.pattern, ""))
    return re.fullmatch(rf"([A-Z]{{1,2}}-)?(?:{shape})", text.strip().upper(), re.ASCII) is not None


def example_of(country: str) -> str:
    """How one is written there; empty where every shape is taken."""
    return _SHAPES.get(country, ("", ""))[1]
