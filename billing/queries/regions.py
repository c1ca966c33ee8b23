"""How people can pay, by the country of the business.

A practice table, after what the live platform's public help pages say of its regions ("payment
methods available by country or region"): cards nearly everywhere, PayPal in North America, most of
Europe, Australia and a few more. Pages of different dates differ; change the table here.
"""

from dataclasses import dataclass

VISA, MASTERCARD, AMEX = "Visa", "Mastercard", "American Express"
PAYPAL_IN = frozenset(
    {
        "US", "CA", "MX", "BR", "GB", "IE", "DE", "AT", "CH", "FR", "BE", "NL", "LU", "IT", "ES",
        "PT", "SE", "DK", "NO", "FI", "PL", "CZ", "GR", "AU", "NZ", "SG", "IL",
    }
)  # fmt: skip
# Where the issuing banks or the acquirer do not take all three.
_CARDS_IN: dict[str, tuple[str, ...]] = {
    "IN": (VISA, MASTERCARD),
    "KR": (VISA, MASTERCARD),
    "ID": (VISA, MASTERCARD),
    "VN": (VISA, MASTERCARD),
    "TH": (VISA, MASTERCARD),
    "TR": (VISA, MASTERCARD),
    "EG": (VISA, MASTERCARD),
    "PK": (VISA, MASTERCARD),
    "NG": (VISA, MASTERCARD),
    "UA": (VISA, MASTERCARD),
    "KZ": (VISA, MASTERCARD),
}


@dataclass(frozen=True)
class Offer:
    """The ways to pay in one country."""

    cards: tuple[str, ...]
    paypal: bool

    @property
    def in_words(self) -> str:
        """Visa, Mastercard, American Express and PayPal."""
        every = [*self.cards, *(["PayPal"] if self.paypal else [])]
        return f"{', '.join(every[:-1])} and {every[-1]}"


def methods_offered(country: str) -> Offer:
    return Offer(_CARDS_IN.get(country, (VISA, MASTERCARD, AMEX)), country in PAYPAL_IN)
