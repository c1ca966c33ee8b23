"""`manage.py seed_demo`: the demo agency, made once; a second call changes nothing."""

import sys
from datetime import datetime
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils import timezone

from accounts.models import BusinessCenter
from bizcenter.management.demo.build import build
from bizcenter.practice.models import Scene

KEY = "demo"
WIDTH = 28


class Command(BaseCommand):
    help = "Create the demo agency with a month of delivery behind it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--now",
            type=lambda text: timezone.make_aware(datetime.fromisoformat(text)),
            default=None,
            help="Practice time at which the demo ends (default: the real time).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        begun = Scene.objects.filter(key=KEY).first()
        if begun is None and BusinessCenter.objects.exists():
            return
        if begun is not None:
            if begun.finished_at is not None:
                return
            # Only an interrupted demo is here: nobody could sign in before it was finished.
            call_command("flush", interactive=False, verbosity=0)
        scene = Scene.objects.create(key=KEY, started_at=timezone.now())
        now = (options["now"] or timezone.now()).replace(microsecond=0)
        with connection.cursor() as cursor:
            # Thousands of small commits; if the machine dies, the demo is made anew anyway.
            cursor.execute("SET synchronous_commit TO off")
            build(now, self._report)
            cursor.execute("RESET synchronous_commit")
        scene.finished_at = timezone.now()
        scene.save()
        self.stdout.write("")

    def _report(self, share: float, note: str) -> None:
        full = round(share * WIDTH)
        if sys.stdout.isatty():
            bar = "█" * full + "░" * (WIDTH - full)
            self.stdout.write(f"\r  demo data {bar} {share:4.0%}  {note:<48.48}", ending="")
            self.stdout.flush()
        elif share >= 1:
            self.stdout.write("  demo data ready")
