"""`manage.py seed_demo`: the demo agency, made once; a second call changes nothing."""

import sys
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.models import BusinessCenter
from bizcenter.management.demo.build import build

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
        if BusinessCenter.objects.exists():
            return
        now = (options["now"] or timezone.now()).replace(microsecond=0)
        # One transaction: an interrupted demo leaves nothing, and the next start makes it anew.
        with transaction.atomic():
            build(now, self._report)
        self.stdout.write("")

    def _report(self, share: float, note: str) -> None:
        full = round(share * WIDTH)
        if sys.stdout.isatty():
            bar = "█" * full + "░" * (WIDTH - full)
            self.stdout.write(f"\r  demo data {bar} {share:4.0%}  {note:<48.48}", ending="")
            self.stdout.flush()
        elif share >= 1:
            self.stdout.write("  demo data ready")
