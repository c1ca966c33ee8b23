"""`manage.py bench [NAME]`: runs benchmarks/ on a scratch database; one JSON line a figure.

Each module there has `main()`, which yields figures with name, value, baseline and unit; value
and baseline come from the same run on the same machine, so only their ratio means anything. The
name of a package there stands for all its modules, `PACKAGE.MODULE` for one. Of several each has
a process to itself: what one keeps in memory about its database must not meet the next. A module
that says `PURE = True` needs no database.
"""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from benchmarks._size import FULL, QUICK, VARIABLE

FOLDER = Path(settings.BASE_DIR) / "benchmarks"
DJANGO = (sys.executable, "-m", "django")


class Command(BaseCommand):
    help = "Run the benchmarks, or the one that is named."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", help="one benchmark; all of them without a name")
        sizes = parser.add_mutually_exclusive_group()
        for size, told in ((QUICK, "so small that it only shows that they run"), (FULL, "minutes")):
            sizes.add_argument(
                f"--{size}", dest="size", action="store_const", const=size, help=told
            )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["size"]:
            os.environ[VARIABLE] = options["size"]
        names = chosen(options["name"], available())
        if len(names) == 1:
            self.measure(names[0])
            return
        failed = [name for name in names if subprocess.run([*DJANGO, "bench", name]).returncode]
        if failed:
            raise CommandError(f"Not measured: {', '.join(failed)}.")

    def measure(self, name: str) -> None:
        module = importlib.import_module(f"benchmarks.{name}")
        with nullcontext() if getattr(module, "PURE", False) else scratch_database():
            for figure in module.main():
                self.stdout.write(json.dumps(complete(figure)))
                self.stdout.flush()


def available() -> list[str]:
    places = (path.relative_to(FOLDER).with_suffix("") for path in FOLDER.rglob("*.py"))
    return sorted(".".join(place.parts) for place in places if not place.name.startswith("_"))


def chosen(name: str | None, names: Iterable[str]) -> list[str]:
    if name is None:
        return list(names)
    found = [each for each in names if each == name or each.startswith(f"{name}.")]
    if not found:
        raise CommandError(f"There is no benchmark {name}; there are: {', '.join(names)}.")
    return found


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
