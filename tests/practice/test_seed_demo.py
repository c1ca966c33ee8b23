"""The demo is made once, made anew when it was interrupted, and never over somebody's own data."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import INDUSTRIES, BusinessCenter, User
from bizcenter.management.commands import seed_demo
from bizcenter.management.demo.story import ACCOUNTS
from bizcenter.practice.models import Scene
from tests.factories.accounts import make_business_center, make_person


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The times at which the story was played; one person stands for all of it."""
    played: list[datetime] = []

    def build(now: datetime, report: Callable[[float, str], None]) -> None:
        played.append(now)
        make_person("Ben Okafor", "ben@northwind.example")
        report(1.0, "ready")

    monkeypatch.setattr(seed_demo, "build", build)
    return played


@pytest.mark.django_db
def test_a_second_call_changes_nothing(builds: list[datetime]) -> None:
    call_command("seed_demo", verbosity=0)
    call_command("seed_demo", verbosity=0)

    assert len(builds) == 1
    assert Scene.objects.get().finished_at is not None


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_demo_is_made_anew_from_nothing(builds: list[datetime]) -> None:
    Scene.objects.create(key=seed_demo.KEY, started_at=timezone.now())
    make_person("Half A Demo", "half@northwind.example")

    call_command("seed_demo", verbosity=0)

    assert [user.email for user in User.objects.all()] == ["ben@northwind.example"]
    assert Scene.objects.get().finished_at is not None


@pytest.mark.django_db
def test_a_business_that_people_made_is_left_alone(builds: list[datetime], at: datetime) -> None:
    make_business_center(make_person("Olga Owner", "olga@own.example"), at)

    call_command("seed_demo", verbosity=0)

    assert builds == []
    assert BusinessCenter.objects.count() == 1


def test_the_demos_ad_accounts_have_what_is_asked_of_everybody() -> None:
    for story in ACCOUNTS:
        assert story.industry in INDUSTRIES
        assert story.website.startswith("https://")
