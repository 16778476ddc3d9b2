"""Bits of evidence and the choice between hypotheses."""

from __future__ import annotations

from decimal import Decimal as D  # noqa: N817

from hypothesis import given
from hypothesis import strategies as st

from kenzan.arithmetic.evidence import ERROR_BITS, MOST_BITS, Tally, choose, count_bits


def tally(held: int, broken: int, bits: int = 8) -> Tally:
    found = Tally()
    for _ in range(held):
        found = found.add(bits, held=True)
    for _ in range(broken):
        found = found.add(bits, held=False)
    return found


def test_zero_says_little_and_long_figures_much() -> None:
    assert [count_bits(D(text), D(1)) for text in ("0", "5", "33", "1072438")] == [
        1,
        2,
        5,
        16,
    ]
    assert count_bits(D("5.6"), D("0.1")) == count_bits(D(56), D(1))


def test_a_wide_answer_says_less() -> None:
    assert count_bits(D(1000), D(1), width=D(100)) < count_bits(D(1000), D(1))


@given(st.decimals(-(10**12), 10**12, places=1))
def test_no_cell_says_too_much(value: D) -> None:
    assert 0 <= count_bits(value, D("0.1")) <= MOST_BITS


def test_the_best_wins_and_the_clearly_worse_are_ruled_out() -> None:
    choice = choose([tally(9, 7), tally(15, 1), tally(11, 5)])
    assert choice is not None
    assert (choice.best, choice.runner_up, choice.credible) == (1, 2, (1,))


def test_the_simpler_one_wins_a_tie() -> None:
    choice = choose([tally(5, 1), tally(5, 1)])
    assert choice is not None
    assert choice.best == 0
    assert choice.credible == (0, 1)


def test_one_cell_apart_is_ruled_out_only_by_what_it_says() -> None:
    small = choose([tally(4, 0, bits=1), tally(4, 0, bits=1).add(1, held=False)])
    assert small is not None
    assert small.credible == (0,)
    assert ERROR_BITS == 6


def test_nothing_beats_chance() -> None:
    assert choose([tally(0, 3), tally(1, 4, bits=2)]) is None
    assert choose([]) is None


def test_tallies_add_up() -> None:
    assert tally(2, 1) + tally(1, 0) == tally(3, 1)
