"""`manage.py bench [NAME]`: runs benchmarks/ on a scratch database; one JSON line a figure.

Each module there has `main()`, which yields figures with name, value, baseline and unit; value
and baseline come from the same run on the same machine, so only their ratio means anything.
"""

import importlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

FOLDER = Path(settings.BASE_DIR) / "benchmarks"


class Command(BaseCommand):
    help = "Run the benchmarks, or the one that is named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", help="one benchmark; all of them without a name")

    def handle(self, *args: Any, **options: Any) -> None:
        names = chosen(options["name"], available())
        for name in names:
            main = importlib.import_module(f"benchmarks.{name}").main
            with scratch_database():
                for figure in main():
                    self.stdout.write(json.dumps(complete(figure)))
                    self.stdout.flush()


def available() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


def chosen(name: str | None, names: Iterable[str]) -> list[str]:
    if name is None:
        return list(names)
    if name not in names:
        raise CommandError(f"There is no benchmark {name}; there are: {', '.join(names)}.")
    return [name]


def complete(figure: Mapping[str, Any]) -> dict[str, Any]:
    """The figure with its ratio, its keys always in the same order."""
    value, baseline = figure["value"], figure["baseline"]
    return {
        "name": figure["name"],
        "value": value,
        "baseline": baseline,
        "ratio": figure.get("ratio", round(value / baseline, 3)),
        "unit": figure["unit"],
    }


@contextmanager
def scratch_database() -> Iterator[None]:
    """An empty, migrated database of its own; the one in DATABASE_URL is not touched."""
    original = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)
