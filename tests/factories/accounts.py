"""People and Business Centers for tests, built through the services the product uses."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as WHOSE,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as METHODS
from django.test import Client

from accounts.models import BusinessCenter, User
from accounts.services import create_business_center, register_person

PASSWORD = "practice-1234"
_numbers = count(1)


@dataclass
class Cast:
    """The people of every story; `everyone` is what tables of expected answers walk over."""

    ben: User  # Admin of the Business Center
    mia: User  # Ad Account Operator
    ana: User  # Analyst
    fay: User  # Finance
    tom: User  # trainer: turns the clock, belongs to no Business Center
    carl: User  # partner: a Business Center of his own, operator in this one's USD account
    stranger: User
    everyone: dict[str, User] = field(init=False)

    def __post_init__(self) -> None:
        self.everyone = {name: getattr(self, name) for name in CAST}


CAST = ("ben", "mia", "ana", "fay", "tom", "carl", "stranger")


def make_person(name: str = "Pat Person", email: str = "", is_trainer: bool = False) -> User:
    email = email or f"person{next(_numbers)}@example.com"
    return register_person(email=email, name=name, password=PASSWORD, is_trainer=is_trainer)


def make_business_center(owner: User, at: datetime, name: str = "Northwind") -> BusinessCenter:
    return create_business_center(
        name=name,
        legal_name=f"{name} Trading Ltd",
        country="US",
        currency="USD",
        timezone="America/New_York",
        industry="Retail",
        street="1 Harbour Street",
        city="New York",
        postal_code="10004",
        owner=owner,
        at=at,
    )


def mark_as_just_signed_in(client: Client, user: User, seconds_ago: int = 0) -> None:
    """As after typing the password that long ago."""
    session = client.session
    session[METHODS] = [{"method": "password", "at": time.time() - seconds_ago}]
    session[WHOSE] = str(user.pk)
    session.save()
