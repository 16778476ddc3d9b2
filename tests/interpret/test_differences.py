"""The figures tell which column holds the changes; a header that says otherwise is wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenzan.interpret.differences import contradict, find_differences

ROWS = [
    tuple(map(Decimal, row))
    for row in ((510, 500, 10, 2), (700, 650, 50, 8), (910, 950, -40, -4), (520, 500, 20, 4))
]


def test_the_newer_year_less_the_older_one_is_the_change() -> None:
    assert (0, 1, 2) in find_differences(ROWS, 4)
    assert not any(3 in places for places in find_differences(ROWS, 4))


@pytest.mark.parametrize(
    ("measures", "wrong"),
    [
        (["budget", "budget", "change", "change_rate"], False),
        (["budget", "change", "change_rate", "budget"], True),
        (["settlement", "settlement", "settlement", "change_rate"], True),
        (["budget", "budget", "", "change_rate"], False),
        (["budget", "budget", "budget", "share"], False),
    ],
)
def test_a_header_is_held_against_the_differences(measures: list[str], wrong: bool) -> None:
    assert contradict(measures, ROWS) is wrong


def test_two_rows_tell_nothing() -> None:
    assert not contradict(["budget", "change", "change_rate", "budget"], ROWS[:2])
