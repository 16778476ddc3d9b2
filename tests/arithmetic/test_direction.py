"""Which way is better: by bounds, by steps, by several opinions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenzan.arithmetic.direction import Direction, agree, find_direction


@pytest.mark.parametrize(
    ("steps", "bounds", "way"),
    [
        ((10, 12, 12, 15), (), "up"),
        ((10, 8), (), "down"),
        ((10, 12, 11), (), "unknown"),
        ((10, 10), (), "unknown"),
        ((10,), (), "unknown"),
        ((), (), "unknown"),
        ((60, 50), ("at_least",), "up"),
        ((10, 8, 9), ("at_most", "less_than", None), "down"),
        ((10, 8), ("at_most", "at_least"), "down"),
        ((10, 8), ("about", "range"), "down"),
    ],
)
def test_bounds_say_it_outright_and_steps_together(
    steps: tuple[int, ...], bounds: tuple[str | None, ...], way: Direction
) -> None:
    assert find_direction([Decimal(step) for step in steps], bounds) == way


def test_opinions_that_differ_are_none() -> None:
    assert agree(["up", "unknown", "up"]) == "up"
    assert agree(["up", "down"]) == "unknown"
    assert agree([]) == "unknown"
