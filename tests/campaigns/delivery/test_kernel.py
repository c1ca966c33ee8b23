"""The compiled loops give the bits of the plain formulas, and are loaded when somebody draws."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campaigns.delivery import arithmetic, chance, compiled, numeric

from . import scalar

ROOT = Path(__file__).parents[3]
U = st.floats(2.0**-53, 1 - 2.0**-53)
POSITIVE = st.floats(1e-300, 1e300)
EVERYWHERE = st.floats(-1e4, 1e4)
MEANS = st.one_of(st.floats(0, 40), st.floats(11.9, 12.1), st.floats(0, 1e12))
TRIALS = st.one_of(st.integers(0, 60), st.integers(0, 10**12))
CHANCES = st.one_of(
    st.sampled_from([0.0, 1.0, 0.5, 0.5 + 2.0**-53, 1 - 2.0**-53, 5e-324]),
    st.floats(0, 1),
    st.floats(0, 1e-6),
)
STREAMS = st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=8)
COUNTS = st.integers(0, 10**7)


def bits(values: object) -> list[str]:
    return [float(value).hex() for value in values]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("exp", EVERYWHERE), ("log", POSITIVE), ("ndtr", st.floats(-40, 40)), ("ndtri", U)],
)
def test_arithmetic_is_that_of_numeric_and_of_plain_python(
    name: str, numbers: st.SearchStrategy[float]
) -> None:
    one: Callable[[float], float] = getattr(arithmetic, name)

    @settings(max_examples=200, deadline=None)
    @given(st.lists(numbers, min_size=1, max_size=20))
    def agrees(x: list[float]) -> None:
        made = bits(map(one, x))
        assert made == bits(getattr(numeric, name)(np.array(x)))
        assert made == bits(map(getattr(scalar, name), x))

    agrees()


@given(STREAMS, st.integers(0, 2**31), st.integers(2, 30))
def test_uniforms(streams: list[int], first: int, count: int) -> None:
    draws = chance.uniforms(np.array(streams, np.uint64), first, count)

    for row in range(count):
        one = chance.uniforms(np.array(streams, np.uint64), first + row)[0]
        assert bits(draws[row]) == bits(one)
        assert bits(one) == bits(scalar.uniform(stream, first + row) for stream in streams)


@settings(max_examples=500, deadline=None)
@given(U, MEANS)
@example(0.5, 12.0)
@example(1 - 2.0**-53, float(np.nextafter(12.0, 0.0)))
def test_poisson(u: float, mean: float) -> None:
    (count,) = chance.poisson(np.array([u]), np.array([mean]))

    assert count == scalar.poisson(u, mean)


@settings(max_examples=500, deadline=None)
@given(U, TRIALS, CHANCES)
@example(0.5, 24, 0.5)
@example(0.5, 12, 1.0)
@example(1 - 2.0**-53, 10**12, 12e-12)
def test_binomial(u: float, trials: int, p: float) -> None:
    (count,) = chance.binomial(np.array([u]), np.array([float(trials)]), np.array([p]))

    assert count == scalar.binomial(u, trials, p)


def dealt(
    stream: int, first: int, total: int, weights: list[int], room: list[int] | None
) -> list[int]:
    """One ad's total over its cells, in plain Python."""
    left, weight, space, cells = total, sum(weights), sum(room or []), []
    for cell, own in enumerate(weights):
        u = scalar.uniform(stream, first + cell)
        given = scalar.binomial(u, left, own / max(weight, 1)) if left > 0 else 0
        if room and left > 0:
            space -= room[cell]
            given = max(min(given, room[cell]), left - space)
        cells.append(given)
        left, weight = left - given, weight - own
    return cells


@settings(max_examples=200, deadline=None)
@given(STREAMS, st.integers(0, 2000), st.integers(1, 18), st.booleans(), st.data())
def test_dealing_out_a_day(
    streams: list[int], first: int, cells: int, limited: bool, data: st.DataObject
) -> None:
    def table() -> list[list[int]]:
        row = st.lists(COUNTS, min_size=cells, max_size=cells)
        return [data.draw(row) for _ in streams]

    weights, room = table(), table() if limited else None
    total = [
        data.draw(st.integers(0, sum(room[i]) if room else 10**7)) for i in range(len(streams))
    ]
    made = np.zeros((cells, len(streams)), np.int64)
    space = np.array(room).T if room else np.empty((0, len(streams)), np.int64)

    compiled.deal(
        np.array(streams, np.uint64), first, np.array(total), np.array(weights).T, space, made
    )

    for i, stream in enumerate(streams):
        mine = dealt(stream, first, total[i], weights[i], room[i] if room else None)
        assert made[:, i].tolist() == mine


def test_arguments_that_were_not_compiled_for_are_refused() -> None:
    with pytest.raises(TypeError):
        compiled.poisson(np.ones(2), np.ones(2, np.int64), np.ones(2))


def python(script: str, **env: str) -> str:
    """What a fresh process prints."""
    answer = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


def test_pages_plans_and_waiting_times_do_without_compiled_code() -> None:
    script = (
        "import sys, django; django.setup()\n"
        "import bizcenter.urls, bizcenter.celery\n"
        "from campaigns.services.chance import review_lag, stop_lag\n"
        "review_lag(seed=1, ordinal=2, attempt=0), stop_lag(seed=1, count=2)\n"
        "from tests.campaigns.delivery.test_determinism import mixed\n"
        "mixed()\n"
        "print([name for name in ('numba', 'llvmlite') if name in sys.modules])"
    )

    assert python(script, DJANGO_SETTINGS_MODULE="tests.settings") == "[]"


def test_what_is_compiled_lies_in_the_folder_that_is_named(tmp_path: Path) -> None:
    python(
        "from campaigns.delivery import compiled; compiled.compile_all()",
        NUMBA_CACHE_DIR=str(tmp_path),
    )

    kept = {each.name.split("_")[0] for each in tmp_path.rglob("*.nbc")}
    assert kept == {
        f"kernel.{name}"
        for name in ("auction", "binomial", "deal", "funnel", "lumps", "poisson", "uniforms")
    }


def test_two_threads_that_draw_first_draw_the_same() -> None:
    script = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from threading import Barrier\n"
        "import numpy as np\n"
        "from campaigns.delivery import chance\n"
        "start = Barrier(4)\n"
        "def draw(_):\n"
        "    start.wait()\n"
        "    return chance.poisson(np.full(3, 0.9), np.array([0.5, 5.0, 50.0])).tolist()\n"
        "with ThreadPoolExecutor(4) as pool:\n"
        "    print(*pool.map(draw, range(4)), sep=';')"
    )

    expected = [scalar.poisson(0.9, mean) for mean in (0.5, 5.0, 50.0)]
    assert set(python(script).split(";")) == {str([float(count) for count in expected])}
