"""Sums as they are shown: every figure used carries the letter of its frame."""

from __future__ import annotations

import pytest

from kenzan.export.html_working import split_sum, to_chips
from kenzan.schemas.audit import Operand


def used(*printed: str) -> list[Operand]:
    return [Operand(number, "value", "", "", text) for number, text in enumerate(printed)]


@pytest.mark.parametrize(
    ("text", "printed", "expected"),
    [
        ("-173 − 0（前年度目標）= -173", ["-173人", "0人"], ["-173 A", "0 B"]),
        ("5 + 5 = 10", ["5件", "５件"], ["5 A", "5 B"]),
        ("46,670 ÷ 798,450 × 100", ["46670", "798,450千円"], ["46,670 A", "798,450 B"]),
        ("-124,840 ÷ 4,230,140", ["△ 124,840", "4,230,140"], ["-124,840 A", "4,230,140 B"]),
        ("増減がない", ["5"], []),
        ("3 − 2", ["―", "2"], ["2 B"]),
    ],
)
def test_the_figures_of_a_sum_carry_letters(text, printed, expected):
    chips = to_chips(used(*printed), set())
    parts = split_sum(text, chips)
    assert [f"{part.text} {part.letter}" for part in parts if part.letter] == expected
    assert "".join(part.text for part in parts) == text


def test_only_figures_on_the_page_are_links_and_letters_end_at_z():
    chips = to_chips(used(*map(str, range(30))), {"3-value"})
    assert [chip.letter for chip in chips if chip.anchor] == ["D"]
    assert [chip.letter for chip in chips[25:]] == ["Z", "", "", "", ""]
