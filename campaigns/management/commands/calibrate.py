"""`manage.py calibrate`: what the practice market's prices, rates, budgets and pacing come to.

Printed as Markdown, or written between the two marks of a document. Needs no database.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campaigns.management.calibration import tables

BEGIN = "<!-- begin: manage.py calibrate --write docs/delivery.md -->"
END = "<!-- end: manage.py calibrate -->"
SEED, ACCOUNTS, ADS = 1, 3, 60


class Command(BaseCommand):
    help = "Print what a day on the practice market comes to, by objective, as Markdown."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--accounts", type=int, default=ACCOUNTS, help="for each row")
        parser.add_argument("--ads", type=int, default=ADS, help="of each account")
        parser.add_argument("--write", type=Path, metavar="FILE", help="replace its table")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"] < 1 or options["ads"] < 1:
            raise CommandError("There must be an account and an ad.")
        text = tables(seed=options["seed"], accounts=options["accounts"], ads=options["ads"])
        place: Path | None = options["write"]
        if place is None:
            self.stdout.write(text)
        else:
            place.write_text(replaced(place.read_text(), text))


def between(document: str) -> str:
    """The table that stands in the document; CommandError if the marks are not there."""
    return _parts(document)[1].strip()


def replaced(document: str, text: str) -> str:
    """The document with another table."""
    before, _, after = _parts(document)
    return f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"


def _parts(document: str) -> tuple[str, str, str]:
    before, begin, rest = document.partition(BEGIN)
    inside, end, after = rest.partition(END)
    if not begin or not end:
        raise CommandError(f"There is no place for it: put {BEGIN} and {END} into the document.")
    return before, inside, after
