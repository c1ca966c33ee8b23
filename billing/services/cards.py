"""Reading a card that somebody typed in: only the practice bank's numbers pass.

A number that is none of them is refused before anything is written, and never logged or repeated.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.views.decorators.debug import sensitive_variables

from billing.queries.practice_cards import (
    PracticeCard,
    digits_of,
    find_practice_card,
    passes_luhn,
)
from bizcenter.lib.errors import DomainError


class InvalidCard(DomainError):
    """The card cannot be used; `field` says which of its inputs is wrong."""

    code = "invalid_card"


class RealCardRefused(InvalidCard):
    """The number could be a real card's, and this is no place for one."""

    code = "real_card_refused"


@dataclass(frozen=True)
class CardInput:
    """A card as entered; number and code are kept out of every representation."""

    number: str = field(repr=False)
    expiry_month: int
    expiry_year: int
    cvc: str = field(repr=False)
    holder: str

    @property
    def year(self) -> int:
        """In four digits, however it was typed."""
        return self.expiry_year + 2000 if self.expiry_year < 100 else self.expiry_year


@sensitive_variables()
def read_card(card: CardInput, *, at: datetime) -> PracticeCard:
    """The practice card behind the input. Raises RealCardRefused or InvalidCard."""
    known = find_practice_card(card.number)
    if known is None:
        raise _unknown_number(card.number)
    if not 1 <= card.expiry_month <= 12:
        raise InvalidCard("The month is a number from 1 to 12.", field="expiry")
    if not 2000 <= card.year <= at.year + 25:
        raise InvalidCard("Enter the year as on the card, such as 2030.", field="expiry")
    if date(card.year, card.expiry_month, 1) < date(at.year, at.month, 1):
        raise InvalidCard("This expiry date has passed.", field="expiry")
    if not (card.cvc.isascii() and card.cvc.isdigit() and len(card.cvc) == known.cvc_length):
        raise InvalidCard(
            f"The security code of this card has {known.cvc_length} digits.", field="cvc"
        )
    if not card.holder.strip():
        raise InvalidCard("Enter the name on the card.", field="holder")
    return known


@sensitive_variables()
def _unknown_number(number: str) -> InvalidCard:
    if passes_luhn(digits_of(number)):
        return RealCardRefused(
            "Only the practice card numbers listed on this page are accepted. "
            "Never enter a real card here; nothing of it was kept.",
            field="number",
        )
    typed = digits_of(number)
    if typed.isascii() and typed.isdigit() and 12 <= len(typed) <= 19:
        return InvalidCard(
            "The number is mistyped: its check digit is wrong. Compare it with the practice card "
            "numbers listed on this page.",
            field="number",
        )
    return InvalidCard(
        "This is not a card number. Use one of the practice card numbers listed on this page.",
        field="number",
    )
