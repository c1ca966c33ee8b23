"""Health checks: up without anything else, ready only with database and Redis."""

import pytest
from django.db import OperationalError
from django.test import Client

from bizcenter.practice.web import health


def test_the_process_is_healthy_without_a_database() -> None:
    # No database fixture: a query would make this test fail.
    answer = Client().get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_means_database_and_redis_answer() -> None:
    answer = Client().get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "redis": "ok", "delivery": "ok"}


@pytest.mark.django_db
def test_without_redis_it_says_so_in_time(settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    answer = Client().get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "ok"
    assert answer.json()["redis"].startswith("ConnectionError: ")


@pytest.mark.django_db
def test_without_a_database_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused\nis the server running?")

    monkeypatch.setattr(health, "ask_database", refuse)

    answer = Client().get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "OperationalError: connection refused"
