"""The state as stored bytes."""

from __future__ import annotations

import pytest

from campaigns.delivery.rows import AdRow
from campaigns.delivery.state import State

from .practice import Run, account, group


def test_bytes_and_back_is_the_same_state() -> None:
    state = Run(account([group(3), group(2)])).hours(4).state

    data = state.to_bytes()

    assert State.from_bytes(data).to_bytes() == data
    assert State.from_bytes(memoryview(data)).to_bytes() == data
    assert State.from_bytes(b"").to_bytes() == State.empty().to_bytes()


def test_equal_states_give_equal_bytes_whatever_the_order_of_rows() -> None:
    ads = [AdRow(1, 1), AdRow(2, 2), AdRow(3, 1)]

    one = Run(account([group(1), group(2)], ads=ads)).hours(3).state
    two = Run(account([group(2), group(1)], ads=ads[::-1])).hours(3).state

    assert one.to_bytes() == two.to_bytes()


@pytest.mark.parametrize("spoil", [lambda b: b[:-1], lambda b: b"X" + b[1:], lambda b: b[:10]])
def test_anything_else_is_refused(spoil) -> None:
    data = Run(account()).hours(1).state.to_bytes()

    with pytest.raises(ValueError, match="state"):
        State.from_bytes(spoil(data))
