"""Intervals of printed figures and their arithmetic."""

from __future__ import annotations

from decimal import Decimal as D  # noqa: N817

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenzan.arithmetic.interval import Interval, Rounding, find_step, to_interval

amounts = st.decimals(-10_000, 10_000, places=2)
modes = st.sampled_from(list(Rounding))


def interval_of(pair: tuple[D, D]) -> Interval:
    return Interval(min(pair), max(pair))


intervals = st.tuples(amounts, amounts).map(interval_of)


@pytest.mark.parametrize(
    ("value", "mode", "low", "high", "low_open", "high_open"),
    [
        ("5.6", Rounding.HALF_UP, "5.55", "5.65", False, True),
        ("-5.6", Rounding.HALF_UP, "-5.65", "-5.55", True, False),
        ("0", Rounding.HALF_UP, "-0.5", "0.5", True, True),
        ("5.6", Rounding.TRUNCATED, "5.6", "5.7", False, True),
        ("-5.6", Rounding.TRUNCATED, "-5.7", "-5.6", True, False),
        ("0.0", Rounding.TRUNCATED, "-0.1", "0.1", True, True),
        ("5.6", Rounding.HALF_EVEN, "5.55", "5.65", False, False),
        ("5.7", Rounding.HALF_EVEN, "5.65", "5.75", True, True),
        ("5.6", Rounding.EXACT, "5.6", "5.6", False, False),
    ],
)
def test_printed_figure(
    value: str, mode: Rounding, low: str, high: str, low_open: bool, high_open: bool
) -> None:
    assert to_interval(D(value), mode) == Interval(D(low), D(high), low_open, high_open)


@given(st.decimals(-1000, 1000, places=4), st.sampled_from(["1", "0.1", "0.01"]))
def test_what_was_rounded_lies_in_its_interval(value: D, step: str) -> None:
    for mode, rounding in (
        (Rounding.HALF_UP, "ROUND_HALF_UP"),
        (Rounding.HALF_EVEN, "ROUND_HALF_EVEN"),
        (Rounding.TRUNCATED, "ROUND_DOWN"),
    ):
        assert to_interval(value.quantize(D(step), rounding), mode).holds(value)


@given(intervals, intervals, st.data())
def test_results_hold_every_pair(one: Interval, two: Interval, data: st.DataObject) -> None:
    left = data.draw(st.decimals(one.low, one.high, places=2))
    right = data.draw(st.decimals(two.low, two.high, places=2))
    assert (one + two).holds(left + right)
    assert (one - two).holds(left - right)
    assert (one * two).holds(left * right)
    if not two.low <= 0 <= two.high:
        tiny = D("1e-20")
        assert (one / two).low - tiny <= left / right <= (one / two).high + tiny


@given(intervals, intervals)
def test_meeting_is_symmetric_and_agrees_with_intersection(one: Interval, two: Interval) -> None:
    assert one.meets(two) == two.meets(one)
    assert one.meets(two) == (one.intersection(two) is not None)


def test_open_ends_do_not_meet() -> None:
    assert not Interval(D(0), D(1), high_open=True).meets(Interval(D(1), D(2)))
    assert Interval(D(0), D(1)).meets(Interval(D(1), D(2)))


def test_intersection_keeps_the_open_end() -> None:
    half_open = Interval(D(0), D(1), high_open=True)
    assert half_open.intersection(Interval(D(0), D(1))) == half_open
    assert Interval(D(0), D(1), low_open=True).intersection(Interval(D(0), D(1))) == Interval(
        D(0), D(1), low_open=True
    )


def test_division_by_what_may_be_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        Interval.point(D(1)) / Interval(D(-1), D(1))


def test_step_is_the_last_printed_digit() -> None:
    assert [find_step(D(text)) for text in ("5.60", "120", "1E+3")] == [
        D("0.01"),
        D(1),
        D(1),
    ]
