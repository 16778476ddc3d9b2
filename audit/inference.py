"""How does this document count? Hypotheses scored on all cells of a pool, then on its parts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import ERROR_BITS, Choice, Tally, choose, count_bits
from kenzan.audit.precision import LINEAR, is_within_rounding

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from kenzan.audit.ties import Pool, Question, Tie

OWN_CONVENTION_BITS = 2 * ERROR_BITS
"""How much better another hypothesis must do in a table (or a line) to be its own convention."""

OWN_CONVENTION_TELLING = 3
_MOSTLY = Decimal("0.75")


@dataclass(frozen=True, slots=True)
class Answer:
    """One question after inference: what each hypothesis says, and which one governs it.

    ``held[i]`` is whether hypothesis ``i`` fits (``None``: it cannot be computed here).
    ``choice`` and ``tallies`` belong to the scope that governs the question.
    """

    pool: Pool
    question: Question
    held: tuple[bool | None, ...]
    bits: int
    choice: Choice | None
    tallies: tuple[Tally, ...]
    scope: Hashable = None

    @property
    def tie(self) -> Tie | None:
        """The tie under the governing hypothesis."""
        return None if self.choice is None else self.question.ties[self.choice.best]

    @property
    def prior(self) -> int:
        """What the headers say for the governing hypothesis, in telling cells."""
        return 0 if self.choice is None else self.pool.prior(self.choice.best)

    @property
    def fits(self) -> bool | None:
        """Whether the governing hypothesis fits; ``None`` if there is nothing to compute."""
        return None if self.choice is None else self.held[self.choice.best]

    @property
    def adjusted(self) -> bool:
        """Whether the figure is off by one last digit, where authors adjust figures on purpose."""
        tie = self.tie
        return (
            self.pool.relation.adjustable
            and self.fits is False
            and tie is not None
            and tie.nearly_holds()
        )

    @property
    def slightly(self) -> bool:
        """Whether exact sums are off by no more than rounding could explain elsewhere."""
        tie = self.tie
        return (
            self.fits is False
            and tie is not None
            and tie.relation.name in LINEAR
            and is_within_rounding(tie)
        )

    @property
    def breaks(self) -> bool:
        """Whether no credible hypothesis fits, and the governing one was computed."""
        if self.choice is None or self.fits is not False or self.adjusted:
            return False
        return not any(self.held[i] for i in self.choice.credible)


def infer_convention(pool: Pool) -> list[Answer]:
    """Answer all questions of a pool by the hypothesis that governs each of them."""
    tested = [(question, *_test(question)) for question in pool.questions]
    whole = _Scope.of(tested, pool)
    tables = _own_scopes(pool, tested, whole, lambda question: question.table)
    answers = []
    lines: dict[Hashable, dict[Hashable, _Scope]] = {}
    for question, held, bits in tested:
        scope = tables.get(question.table, whole)
        key = question.table if question.table in tables else None
        if key not in lines:
            inside = [one for one in tested if (one[0].table if key is not None else None) == key]
            lines[key] = _own_scopes(pool, inside, scope, lambda one: one.line)
        own = lines[key].get(question.line)
        name = ("line", question.line) if own else ("table", key) if key is not None else None
        governing = own or scope
        answers.append(
            Answer(pool, question, held, bits, governing.choice, governing.tallies, name)
        )
    return answers


Tested = tuple["Question", tuple[bool | None, ...], int]


def _test(question: Question) -> tuple[tuple[bool | None, ...], int]:
    held = tuple(tie.holds() if tie is not None else None for tie in question.ties)
    judged = question.judged
    width = Decimal(1)
    for tie in question.ties:
        computed = tie.computed() if tie is not None else None
        if computed is not None:
            width += (computed.high - computed.low) / judged.step
            break
    return held, count_bits(judged.value, judged.step, width)


@dataclass(frozen=True, slots=True)
class _Scope:
    tallies: tuple[Tally, ...]
    choice: Choice | None

    @classmethod
    def of(cls, tested: Iterable[Tested], pool: Pool) -> _Scope:
        tallies = [Tally()] * len(pool.hypotheses)
        for _, held, bits in tested:
            for i, fits in enumerate(held):
                if fits is not None:
                    tallies[i] = tallies[i].add(bits, held=fits)
        return cls(tuple(tallies), choose(tallies, [ERROR_BITS * one for one in pool.priors]))


def _own_scopes(
    pool: Pool, tested: Sequence[Tested], whole: _Scope, part_of: Callable[[Question], Hashable]
) -> dict[Hashable, _Scope]:
    """Parts that clearly count in another way than the whole, with their own choice."""
    parts: dict[Hashable, list[Tested]] = defaultdict(list)
    for one in tested:
        parts[part_of(one[0])].append(one)
    if len(parts) < 2 or whole.choice is None:
        return {}
    found = {}
    for key, members in parts.items():
        own = _Scope.of(members, pool)
        if own.choice is not None and _clearly_differs(own, whole.choice.best):
            found[key] = own
    return found


def _clearly_differs(own: _Scope, general: int) -> bool:
    if own.choice is None or own.choice.best == general:
        return False
    best, usual = own.tallies[own.choice.best], own.tallies[general]
    return (
        best.telling >= OWN_CONVENTION_TELLING
        and best.mostly_holds(_MOSTLY)
        and best.bits - usual.bits >= OWN_CONVENTION_BITS
    )
