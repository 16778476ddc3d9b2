"""Formulas: computed, solved, written out."""

from __future__ import annotations

from decimal import Decimal as D  # noqa: N817

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenzan.arithmetic.expression import Constant, Expression, Role
from kenzan.arithmetic.interval import Interval

A, B, PARTS = Role("a"), Role("b"), Role("parts")
HUNDRED = Constant(D(100))
FORMULAS: list[Expression] = [
    A - B,
    A + B,
    A * B,
    A / B,
    A / B * HUNDRED,
    (A - B) / Constant(D(4)),
]
figures = st.decimals("0.5", 10_000, places=2)


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda one: one.render({"a": "a", "b": "b"}))
@given(a=figures, b=figures)
def test_solving_undoes_computing(formula: Expression, a: D, b: D) -> None:
    points = {"a": [Interval.point(a)], "b": [Interval.point(b)]}
    result = formula.interval(points)
    for role, value in (("a", a), ("b", b)):
        if result.low <= 0 <= result.high and role == "b":
            continue
        solved = formula.solve((role, 0), result, points)
        assert abs(solved.low - value) <= D("1e-20")
        assert abs(solved.high - value) <= D("1e-20")


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda one: one.render({"a": "a", "b": "b"}))
@given(a=figures, b=figures)
def test_value_lies_in_the_interval(formula: Expression, a: D, b: D) -> None:
    slack = D("0.05")
    intervals = {
        "a": [Interval(a - slack, a + slack)],
        "b": [Interval(b - slack, b + slack)],
    }
    value = formula.value({"a": (a,), "b": (b,)})
    found = formula.interval(intervals)
    assert found.low <= value <= found.high


def test_a_role_with_several_figures_is_their_sum() -> None:
    values = {"parts": (D(1), D(2), D(4))}
    points = {"parts": [Interval.point(one) for one in values["parts"]]}
    assert PARTS.value(values) == 7
    assert PARTS.solve(("parts", 1), Interval.point(D(10)), points) == Interval.point(D(5))
    assert PARTS.value({"parts": ()}) == 0


@pytest.mark.parametrize(
    ("formula", "texts", "written"),
    [
        (A - B, {"a": ["-173"], "b": ["0（前年度目標）"]}, "-173 − 0（前年度目標）"),
        (A - B, {"a": ["-5"], "b": ["-65"]}, "-5 − (-65)"),
        (A + B, {"a": ["5"], "b": ["-65"]}, "5 − 65"),
        (A - PARTS, {"a": ["9"], "parts": ["1", "2"]}, "9 − (1 + 2)"),
        (PARTS, {"parts": ["1", "-2", "3"]}, "1 − 2 + 3"),
        ((A - B) / B * HUNDRED, {"a": ["3"], "b": ["2"]}, "(3 − 2) ÷ 2 × 100"),
        (A / (A - B), {"a": ["3"], "b": ["2"]}, "3 ÷ (3 − 2)"),
    ],
)
def test_written_out(formula: Expression, texts: dict[str, list[str]], written: str) -> None:
    assert formula.render(texts) == written


def test_division_by_zero_is_said() -> None:
    with pytest.raises(ZeroDivisionError):
        (A / B).value({"a": (D(1),), "b": (D(0),)})


def test_roles_from_left_to_right() -> None:
    assert list((A / B * HUNDRED).roles()) == ["a", "b"]
