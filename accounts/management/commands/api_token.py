"""`manage.py api_token EMAIL`: a token of the Business API for a registered person."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.queries import find_user
from accounts.services import issue_access_token
from bizcenter.clock import queries as clock


class Command(BaseCommand):
    help = "Print a new access token of the Business API that acts as the person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = find_user(options["email"])
        if user is None:
            raise CommandError(
                f"Nobody has signed up as {options['email']}. Check the address, or sign up first."
            )
        self.stdout.write(issue_access_token(user=user, at=clock.now()))
