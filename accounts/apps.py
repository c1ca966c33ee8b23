"""Tells Django about this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from .web import sign_in_events  # noqa: F401  (allauth's signals reach it once imported)
