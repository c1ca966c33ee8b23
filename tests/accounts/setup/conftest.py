"""Somebody new, who has signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from bizcenter.clock.models import PracticeClock
from tests.factories.accounts import make_person


@pytest.fixture
def founder(practice_clock: PracticeClock, client_of: Callable[..., Client]) -> Client:
    return client_of(make_person("Fred Founder", "fred@acme.example"))
