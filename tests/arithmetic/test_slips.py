"""Slips: which story explains a misprint, and how the stories rank."""

from __future__ import annotations

from decimal import Decimal as D  # noqa: N817

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kenzan.arithmetic.slips import REWRITTEN, find_slip

numbers = st.integers(100, 99_999_999)


@pytest.mark.parametrize(
    ("meant", "printed", "kind", "part"),
    [
        ("-173", "-173101", "stray_after", "101"),
        ("810", "4810", "stray_before", "4"),
        ("4656", "4665", "transposed", "56"),
        ("73.4", "74.3", "transposed", "34"),
        ("13482", "1482", "dropped", "3"),
        ("13482", "133482", "doubled", "3"),
        ("13482", "13782", "substituted", "47"),
        ("13482", "139482", "inserted", "9"),
        ("-274", "274", "sign_lost", ""),
        ("274", "-274", "sign_gained", ""),
        ("5.6", "56", "decimal_shift", "1"),
        ("134280", "134", "cut_after", "280"),
        ("134000", "134", "unit", "-3"),
        ("12345678", "5678", "cut_before", "1234"),
        ("500", "17", REWRITTEN, ""),
    ],
)
def test_story(meant: str, printed: str, kind: str, part: str) -> None:
    slip = find_slip(D(meant), D(printed))
    assert slip is not None
    assert (slip.kind, slip.part) == (kind, part)


def test_no_slip_between_equal_figures() -> None:
    assert find_slip(D("80.0"), D(80)) is None


@given(numbers, numbers)
def test_there_is_always_a_story(meant: int, printed: int) -> None:
    assume(meant != printed)
    slip = find_slip(D(meant), D(printed))
    assert slip is not None
    assert slip.bits > 0


@given(numbers, st.data())
def test_swapped_neighbours_are_cheaper_than_new_digits(meant: int, data: st.DataObject) -> None:
    text = str(meant)
    place = data.draw(st.integers(0, len(text) - 2))
    printed = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    assume(printed != text and printed[0] != "0")
    slip = find_slip(D(meant), D(printed))
    assert slip is not None
    assert slip.kind in {"transposed", "unit", "decimal_shift"}
    assert slip.bits < 3 * len(text)


@pytest.mark.parametrize(("meant", "printed"), [("386", "3086"), ("1234", "1324"), ("52", "57")])
def test_ten_times_both_is_the_same_story(meant: str, printed: str) -> None:
    first, second = find_slip(D(meant), D(printed)), find_slip(D(meant) * 10, D(printed) * 10)
    assert first is not None
    assert second is not None
    assert (second.kind, second.part, second.bits) == (first.kind, first.part, first.bits)


def test_a_small_figure_is_not_cheaply_written_anew_as_a_large_one() -> None:
    anew = find_slip(D(-10000), D(0))
    digit = find_slip(D(32100), D(42100))
    assert anew is not None
    assert digit is not None
    assert digit.kind == "substituted"
    assert digit.bits < anew.bits
