"""How does this document count? Hypotheses scored on all cells of a pool, then on its parts."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import ERROR_BITS, TELLING_BITS, Choice, Tally, choose, count_bits
from kenzan.audit.precision import LINEAR, is_within_rounding
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from kenzan.audit.precedents import Precedent
    from kenzan.audit.ties import Pool, Question, Tie

OWN_CONVENTION_BITS = 2 * ERROR_BITS
"""How much better another hypothesis must do in a table (or a line) to be its own convention."""

OWN_CONVENTION_TELLING = 3
_COARSEST = 10**6
_MOSTLY = Decimal("0.75")
_GENERALLY = Decimal("0.9")
"""How much of what other reports print must follow a hypothesis before they lend it."""


class Answer:
    """One question after inference: what each hypothesis says, and which one governs it.

    ``held[i]`` is whether hypothesis ``i`` fits (``None``: it cannot be computed here). ``choice``
    and ``tallies`` belong to the ``scope`` that governs the question. ``tie`` is the one under the
    governing hypothesis, ``fits`` whether it does (``None``: nothing to compute), ``breaks``
    whether no credible hypothesis fits either. ``lent`` is what other reports say for the governing
    hypothesis where that decided; ``tallies`` hold it as well.
    """

    __slots__ = (
        "breaks",
        "choice",
        "fits",
        "held",
        "lent",
        "pool",
        "question",
        "scope",
        "tallies",
        "tie",
    )

    def __init__(
        self, pool: Pool, question: Question, held: tuple[bool | None, ...], governing: _Scope
    ) -> None:
        self.pool = pool
        self.question = question
        self.held = held
        self.scope = governing.name
        self.choice = governing.choice
        self.tallies = governing.tallies
        self.lent = governing.lent
        self.tie: Tie | None = None
        self.fits: bool | None = None
        self.breaks = False
        if governing.choice is not None:
            self.tie = question.ties[governing.choice.best]
            self.fits = held[governing.choice.best]
            if self.fits is False and not self.adjusted:
                self.breaks = not any(held[i] for i in governing.choice.credible)

    @property
    def prior(self) -> int:
        """What the headers say for the governing hypothesis, in telling cells."""
        return 0 if self.choice is None else self.pool.prior(self.choice.best)

    @property
    def adjusted(self) -> bool:
        """Whether the figure is off by one last digit, where authors adjust figures on purpose.

        One that has lost its decimals is off by more: 18 for 18.9 among shares of one decimal.
        """
        tie = self.tie
        if self.fits is not False or not self.pool.relation.adjustable or tie is None:
            return False
        return tie.nearly_holds(min(self.pool.step or tie.judged.step, tie.judged.step))

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


def infer_convention(
    pool: Pool, declared: str | None = None, lent: Sequence[Precedent | None] = ()
) -> list[Answer]:
    """Answer all questions of a pool by the hypothesis that governs each of them.

    A ``declared`` hypothesis governs all of them, whatever the figures suggest. ``lent`` is what
    other reports of the same form say for each, and counts where the pool says too little.
    """
    grain = _find_grain(pool.questions)
    tested = [(question, *_test(question, grain)) for question in pool.questions]
    whole = _Scope.of(tested, pool)
    named = [place for place, one in enumerate(pool.hypotheses) if one.name == declared]
    if named:
        choice = Choice(named[0], None, tuple(named))
        whole = _Scope(whole.tallies, choice, whole.name)
    elif any(lent):
        whole = _borrow(pool, whole, lent)
    if named or len(pool.hypotheses) == 1:
        return [Answer(pool, question, held, whole) for question, held, _ in tested]
    tables = _own_scopes(pool, tested, whole, lambda question: ("table", question.table))
    answers = []
    lines: dict[Hashable, dict[Hashable, _Scope]] = {}
    for question, held, _ in tested:
        table = ("table", question.table)
        scope, key = (tables[table], table) if table in tables else (whole, None)
        if key not in lines:
            inside = [one for one in tested if key is None or one[0].table == question.table]
            lines[key] = _own_scopes(pool, inside, scope, lambda one: ("line", one.line))
        governing = lines[key].get(("line", question.line), scope)
        answers.append(Answer(pool, question, held, governing))
    return answers


Tested = tuple["Question", tuple[bool | None, ...], int]


def _find_grain(questions: Sequence[Question]) -> int:
    """The power of ten that all judged figures are multiples of, in their last digits.

    Figures that all end in 000 say no more than their leading digits do.
    """
    grain = _COARSEST
    for question in questions:
        judged = question.judged
        steps = int(judged.value if judged.step == 1 else judged.value / judged.step)
        while steps % grain:
            grain //= 10
        if grain == 1:
            break
    return grain


def _test(question: Question, grain: int) -> tuple[tuple[bool | None, ...], int]:
    """What each hypothesis says to a question, and what its figure is worth."""
    held = tuple([None if tie is None else tie.holds() for tie in question.ties])
    judged = question.judged
    step = judged.step if grain == 1 else judged.step * grain
    for tie in question.ties:
        computed = tie.computed() if tie is not None else None
        if computed is not None:
            width = computed.high - computed.low
            if width <= step:
                break
            return held, count_bits(judged.value, step, width / step)
    return held, judged.bits if grain == 1 else count_bits(judged.value, step)


@dataclass(frozen=True, slots=True)
class _Scope:
    tallies: tuple[Tally, ...]
    choice: Choice | None
    name: Hashable = None
    lent: Precedent | None = None

    @classmethod
    def of(cls, tested: Iterable[Tested], pool: Pool, name: Hashable = None) -> _Scope:
        counts = [[0, 0, 0, 0] for _ in pool.hypotheses]
        for _, held, bits in tested:
            for count, fits in zip(counts, held, strict=True):
                if fits:
                    count[0] += 1
                    count[2] += bits >= TELLING_BITS
                    count[3] += bits
                elif fits is False:
                    count[3] -= ERROR_BITS
                if fits is not None:
                    count[1] += 1
        tallies = tuple(Tally(*count) for count in counts)
        return cls(tallies, choose(tallies, [ERROR_BITS * one for one in pool.priors]), name)


def _borrow(pool: Pool, own: _Scope, lent: Sequence[Precedent | None]) -> _Scope:
    """The pool with what other reports say for the hypotheses that its own figures leave open."""
    possible = _find_open(own)
    tallies = tuple(
        tally + (one.tally if one else Tally()) if place in possible else Tally()
        for place, (tally, one) in enumerate(zip(own.tallies, lent, strict=True))
    )
    choice = choose(tallies, [ERROR_BITS * one for one in pool.priors])
    best = None if choice is None else lent[choice.best]
    if choice is None or best is None or not best.tally.mostly_holds(_GENERALLY):
        return own
    return _Scope(tallies, choice, own.name, best)


def _find_open(own: _Scope) -> set[int]:
    """The hypotheses that are as good as the best one; if none is good, those that hardly break."""
    tallies = own.tallies
    if own.choice is not None:
        return set(own.choice.credible)
    return {i for i, one in enumerate(tallies) if one.tested and one.broken <= max(1, one.held)}


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
        own = _Scope.of(members, pool, key)
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
