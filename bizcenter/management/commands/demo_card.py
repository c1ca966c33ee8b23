"""`manage.py demo_card`: the demo's people, password and API access, for the terminal."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import User
from adaccounts.models import AdAccount
from bizcenter.management.demo import keys
from bizcenter.management.demo.story import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Print the demo's people and its API token."

    def handle(self, *args: Any, **options: Any) -> None:
        if not User.objects.filter(email=PEOPLE[0].email).exists():
            self.stdout.write("  No demo here. Open the address above and choose “Get started”.")
            return
        self.stdout.write(f"  Demo people (password {PASSWORD}):")
        for person in PEOPLE:
            self.stdout.write(f"    {person.email:<26} {person.part}")
        account = AdAccount.objects.order_by("pk").values_list("pk", flat=True).first()
        self.stdout.write(f"  Demo API token (acts as Mia): {keys.access_token()}")
        self.stdout.write(f"  Demo app: id {keys.APP_ID}, secret {keys.app_secret()}")
        self.stdout.write(f"  First ad account: {account}")
