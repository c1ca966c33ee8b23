"""Ad accounts for tests, built through the services the product uses."""

from datetime import datetime

from accounts.models import BusinessCenter, User
from adaccounts.models import AdAccount
from adaccounts.services import create_ad_account

ZONES = {"USD": "America/New_York", "EUR": "Europe/Berlin", "JPY": "Asia/Tokyo"}
COUNTRIES = {"USD": "US", "EUR": "DE", "JPY": "JP"}


def make_ad_account(
    business_center: BusinessCenter,
    actor: User | None,
    at: datetime,
    currency: str = "USD",
    name: str = "",
    seed: int = 7,
    timezone: str = "",
) -> AdAccount:
    return create_ad_account(
        business_center=business_center,
        name=name or f"Northwind {currency}",
        currency=currency,
        timezone=timezone or ZONES[currency],
        country=COUNTRIES[currency],
        industry="Retail",
        website="https://northwind.example",
        seed=seed,
        is_reviewed=True,
        actor=actor,
        at=at,
    )
