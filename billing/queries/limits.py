"""The smallest and largest amount of one payment, by currency: a table of round figures near the
live platform's 20 to 50,000 dollars, so that nobody meets a limit of 2,994 yen.
"""

from bizcenter.lib.money import exponent

_LIMITS = {
    "USD": (20, 50_000),
    "EUR": (20, 50_000),
    "GBP": (20, 40_000),
    "JPY": (3_000, 7_500_000),
    "KRW": (30_000, 70_000_000),
    "CAD": (30, 70_000),
    "AUD": (30, 75_000),
    "BRL": (100, 250_000),
    "MXN": (400, 1_000_000),
    "INR": (1_700, 4_000_000),
}


def top_up_limits(currency: str) -> tuple[int, int]:
    """Smallest and largest payment in minor units."""
    low, high = _LIMITS[currency]
    scale = 10 ** exponent(currency)
    return low * scale, high * scale
