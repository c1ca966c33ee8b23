"""Makes database and files fit the code before the stack starts, all in one process.

`manage.py up` calls it at every start, so what is already in order costs next to nothing.
"""

import hashlib
import io
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from bizcenter.launch.places import write_private
from bizcenter.launch.say import Step
from campaigns.delivery import compiled

# These packages bring files for pages that are not switched on: 400 files less to compress.
PAGELESS = ["rest_framework", "guardian"]


class Command(BaseCommand):
    help = "Migrate, collect static files and create the demo data, each only where needed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="create no demo data")
        parser.add_argument("--card", type=int, help="file descriptor for the demo people")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            migrate()
            collect_static_files()
            compile_engine()
            if not options["no_demo"]:
                call_command("seed_demo", stdout=self.stdout)
        except (OSError, OperationalError) as error:
            raise CommandError(str(error).strip()) from error
        if options["card"] is not None:
            card = io.StringIO()
            call_command("demo_card", stdout=card)
            with open(options["card"], "w") as out:
                out.write(card.getvalue())


def migrate() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        with Step(f"Updating the database ({len(plan)} migrations)"):
            call_command("migrate", interactive=False, verbosity=0)


def collect_static_files() -> None:
    """STATIC_ROOT holds the hashed and compressed files of this code."""
    if settings.DEBUG:
        return
    stamp = Path(settings.DATA_DIR) / "static.stamp"
    wanted = static_fingerprint()
    there = Path(settings.STATIC_ROOT).is_dir() and stamp.exists()
    if there and stamp.read_text() == wanted:
        return
    with Step("Collecting static files"):
        call_command(
            "collectstatic",
            interactive=False,
            clear=True,
            ignore_patterns=PAGELESS,
            verbosity=0,
        )
    write_private(stamp, wanted)


def compile_engine() -> None:
    """The engine's loops lie compiled on disk: no worker compiles while an hour is due."""
    stamp, wanted = Path(settings.DATA_DIR) / "engine.stamp", compiled.fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with Step("Compiling the delivery engine"):
        compiled.compile_all()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    write_private(stamp, wanted)


def static_fingerprint() -> str:
    """Names, sizes and times of every source file: cheap, and changes whenever one does."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            stat = os.stat(storage.path(name))
            found.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return found.hexdigest()
