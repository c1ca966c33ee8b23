"""The practice bank: the only card numbers it knows, and what each of them does.

They are test numbers that card processors publish for this purpose; none belongs to a person.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PracticeCard:
    """A number people may enter, and the bank's answer; an empty `refusal` is a success."""

    number: str
    brand: str
    refusal: str = ""

    @property
    def spaced(self) -> str:
        """As printed on a card: 4242 4242 4242 4242, and 3782 822463 10005 for Amex."""
        if len(self.number) == 15:
            return f"{self.number[:4]} {self.number[4:10]} {self.number[10:]}"
        return " ".join(self.number[i : i + 4] for i in range(0, len(self.number), 4))

    @property
    def last_four(self) -> str:
        return self.number[-4:]

    @property
    def cvc_length(self) -> int:
        return 4 if self.brand == "American Express" else 3

    @property
    def outcome(self) -> str:
        return self.refusal or "The payment succeeds."


PRACTICE_CARDS = (
    PracticeCard("4242424242424242", "Visa"),
    PracticeCard("5555555555554444", "Mastercard"),
    PracticeCard("378282246310005", "American Express"),
    PracticeCard("4000000000000002", "Visa", "The bank declined the card."),
    PracticeCard("4000000000009995", "Visa", "The card has insufficient funds."),
    PracticeCard("4000000000000069", "Visa", "The card has expired."),
)
_BY_NUMBER = {card.number: card for card in PRACTICE_CARDS}


def digits_of(text: str) -> str:
    """The number as typed, without the spaces and dashes people put in."""
    return text.replace(" ", "").replace("-", "")


def find_practice_card(number: str) -> PracticeCard | None:
    return _BY_NUMBER.get(digits_of(number))


def passes_luhn(number: str) -> bool:
    """Whether the check digit of a card number is right."""
    if not (number.isascii() and number.isdigit() and 12 <= len(number) <= 19):
        return False
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
