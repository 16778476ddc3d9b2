"""How well a hypothesis fits a set of cells, counted in whole bits.

A cell that fits is worth the bits that it would take to hit its figure by chance: little for a 0,
much for 1,072,438. A cell that does not fit costs ``ERROR_BITS``, as one printed figure in
``2 ** ERROR_BITS`` is allowed to be a slip. The sum is the log-likelihood ratio, base 2, of
the hypothesis against "these figures have nothing to do with each other".

Source: minimum description length; log-likelihood with a fixed small error rate.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

ERROR_BITS = 6
"""What a cell costs that does not fit: one slip in 64 figures."""

MOST_BITS = 16
"""No single cell says more than this, however long its figure."""

MOST_ZEROS = 99

TELLING_BITS = 3
"""A cell that says at least this much counts as telling (0 and very small figures do not)."""


def count_bits(value: Decimal, step: Decimal, width: Decimal = Decimal(1)) -> int:
    """The bits that it takes to hit a printed figure by chance.

    ``step`` is the worth of its last digit; ``width`` how many neighbouring steps would have been
    accepted as well.
    """
    choices = abs(int(value if step == 1 else value / step)) + 2
    if width > 1:
        choices = int(choices / width)
    bits = choices.bit_length() - 1
    return 0 if bits < 0 else min(bits, MOST_BITS)


def count_zeros(value: Decimal) -> int:
    """The zeros that a whole number ends in; none where decimals are printed, no end to those of 0.

    Figures that all end in 000 say no more than their leading digits do.
    """
    if not value:
        return MOST_ZEROS
    digits = format(value, "f")
    return 0 if "." in digits else len(digits) - len(digits.rstrip("0"))


@dataclass(frozen=True, slots=True)
class Tally:
    """What a hypothesis achieved: ``held`` of ``tested`` cells, ``telling`` of the held ones.

    ``bits`` is its log-likelihood ratio against chance.
    """

    held: int = 0
    tested: int = 0
    telling: int = 0
    bits: int = 0

    def add(self, bits: int, *, held: bool) -> Tally:
        """With one more cell, whose figure is worth ``bits``."""
        if not held:
            return Tally(self.held, self.tested + 1, self.telling, self.bits - ERROR_BITS)
        telling = self.telling + (bits >= TELLING_BITS)
        return Tally(self.held + 1, self.tested + 1, telling, self.bits + bits)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.held + other.held,
            self.tested + other.tested,
            self.telling + other.telling,
            self.bits + other.bits,
        )

    def __sub__(self, other: Tally) -> Tally:
        return Tally(
            self.held - other.held,
            self.tested - other.tested,
            self.telling - other.telling,
            self.bits - other.bits,
        )

    @property
    def broken(self) -> int:
        """Cells that do not fit."""
        return self.tested - self.held

    def mostly_holds(self, share: Decimal) -> bool:
        """Whether at least this share of the tested cells fits."""
        return self.tested > 0 and self.held >= share * self.tested


@dataclass(frozen=True, slots=True)
class Choice:
    """The outcome of comparing hypotheses, given in order of simplicity.

    ``best`` is the index of the winner (the simpler one on a tie), ``runner_up`` of the next;
    ``credible`` holds the indexes of all that are not clearly worse than the best.
    """

    best: int
    runner_up: int | None
    credible: tuple[int, ...]


def choose(
    tallies: Sequence[Tally], priors: Sequence[int] = (), margin: int = ERROR_BITS
) -> Choice | None:
    """Compare hypotheses tried on the same cells; ``None`` if none of them beats chance.

    ``priors`` are bits that speak for a hypothesis before any cell is looked at; ``margin`` is
    how many bits behind the best a hypothesis must be to be ruled out.
    """
    bits = [tally.bits for tally in tallies]
    if priors:
        bits = [one + prior for one, prior in zip(bits, priors, strict=True)]
    tried = [i for i, tally in enumerate(tallies) if tally.tested]
    ranked = sorted(tried, key=lambda i: (-bits[i], i))
    if not ranked or bits[ranked[0]] <= 0:
        return None
    best = ranked[0]
    credible = tuple(i for i in tried if bits[i] > bits[best] - margin)
    return Choice(best, ranked[1] if len(ranked) > 1 else None, credible)
