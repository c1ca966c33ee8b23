"""Every part of the benchmark of delivery runs, at a size that says nothing about speed."""

import importlib

import pytest

from benchmarks import _size
from bizcenter.management.commands import bench

PURE = ("delivery.engine", "delivery.event_loop", "delivery.volume")
DELIVERING = ("delivery.day", "delivery.end_to_end", "delivery.engine_share")
KEYS = {"name", "value", "baseline", "ratio", "unit"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(_size.VARIABLE, _size.QUICK)


def figures(name: str) -> list[dict[str, object]]:
    found = list(importlib.import_module(f"benchmarks.{name}").main())
    assert found
    assert all(set(each) == KEYS and each["ratio"] > 0 for each in found)
    return found


@pytest.mark.parametrize("name", PURE)
def test_the_engine_is_measured(name: str) -> None:
    figures(name)


@pytest.mark.stack
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [*DELIVERING, "delivery.two_workers"])
def test_delivery_is_measured_on_a_database(name: str) -> None:
    figures(name)


def test_the_parts_of_delivery_are_all_of_it() -> None:
    parts = bench.chosen("delivery", bench.available())

    assert parts == sorted([*PURE, *DELIVERING, "delivery.two_workers"])
    assert bench.chosen("delivery.volume", parts) == ["delivery.volume"]


def test_an_account_that_has_run_dry_is_no_benchmark(monkeypatch: pytest.MonkeyPatch) -> None:
    from benchmarks.delivery import _plans

    monkeypatch.setattr(_plans, "WALLET", 10**6)

    with pytest.raises(AssertionError, match="of the ads delivered"):
        _plans.a_day(_plans.build(24))
