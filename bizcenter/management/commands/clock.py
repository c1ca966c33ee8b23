"""`manage.py clock`: the practice clock from the terminal, for scripts and tool developers."""

from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from bizcenter.clock import queries as clock
from bizcenter.clock.models import PracticeClock
from bizcenter.clock.services import set_speed
from bizcenter.lib.errors import DomainError
from bizcenter.practice.services import advance_to


class Command(BaseCommand):
    help = "Show the practice clock, change its speed, or jump ahead and wait for the arrival."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--speed", type=int, choices=[rate for rate, _ in PracticeClock.RATES])
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--jump", type=float, metavar="HOURS", help="this many hours ahead")
        where.add_argument("--to", type=datetime.fromisoformat, metavar="TIME", help="UTC")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["speed"] is not None:
                set_speed(rate=options["speed"])
            if options["jump"] is not None:
                advance_to(clock.now() + timedelta(hours=options["jump"]))
            if options["to"] is not None:
                advance_to(timezone.make_aware(options["to"]))
        except DomainError as error:
            raise CommandError(error.message) from error
        found = clock.clock()
        self.stdout.write(f"{clock.now().isoformat()}  {found.get_rate_display()}")
