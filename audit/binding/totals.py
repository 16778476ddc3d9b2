"""Totals: at every key of a total line, is it the sum of its parts?"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from kenzan.arithmetic.relations.product import RELATION as PRODUCT
from kenzan.arithmetic.relations.total import RELATION
from kenzan.audit.binding.forms import adopt_sums
from kenzan.audit.binding.ledger import Ledger
from kenzan.audit.binding.structure import Structure
from kenzan.audit.precision import LINEAR
from kenzan.audit.ties import Pool, Question, Tie
from kenzan.normalize.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kenzan.arithmetic.relation import Hypothesis
    from kenzan.audit.binding.structure import Total
    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Axis, Key, Line, Sheet

MOST_PRIOR = 5

ITEMS_PRIOR = 2
"""What it is worth that all parts are lines of a bill: there is nothing else to be added up."""

_FOUND = {"run", "some", "without-one"}
"""Hypotheses that were found by trying sums, so that holding says less for them."""

_SHORT = 8
"""Sums of more figures than this are not looked at backwards."""

_AXES: tuple[Axis, ...] = ("rows", "columns")
_HYPOTHESES = {one.name: one for one in RELATION.hypotheses}


def find_pools(sheets: Sequence[Sheet], others: Sequence[Pool] = ()) -> Iterator[Pool]:
    """One pool for each total line of each table.

    ``others`` are the questions that named relations ask: a figure that comes about otherwise along
    its row (an amount after a change, the whole of a breakdown) is no total as well.
    """
    company = _Company(others)
    found = {axis: [_find_structure(sheet, axis) for sheet in sheets] for axis in _AXES}
    for structures in found.values():
        adopt_sums([one for one in structures if one is not None])
    for pair in zip(*found.values(), strict=True):
        for axis, structure in zip(_AXES, pair, strict=True):
            if structure is not None:
                flowing = company.judged if axis == "columns" else frozenset()
                yield from _find_along(structure, flowing, company)


def _find_structure(sheet: Sheet, axis: Axis) -> Structure | None:
    ledger = Ledger(sheet, axis)
    return Structure(ledger) if len(ledger.lines) >= 2 else None


class _Company:
    """Which figures stand in one sum; worked out when it is first asked for."""

    def __init__(self, pools: Sequence[Pool]) -> None:
        self.judged = {one.judged.index for pool in pools for one in pool.questions}
        self._all = pools
        self._pools = [one for one in pools if one.relation.name in LINEAR]

    @cached_property
    def _by_figure(self) -> Mapping[int, set[int]]:
        company: dict[int, set[int]] = defaultdict(set)
        for pool in self._pools:
            for tie in (tie for one in pool.questions for tie in one.ties if tie is not None):
                indexes = [one.index for one in tie.figures()]
                for index in indexes if len(indexes) <= _SHORT else ():
                    company[index].update(indexes)
        return company

    def meets(self, one: Figure, other: Figure) -> bool:
        """Whether two figures stand in one sum."""
        return other.index in self._by_figure.get(one.index, ())

    @cached_property
    def _items(self) -> set[int]:
        """Amounts that come out as price times quantity, which totals and subtotals do not."""
        questions = (
            one for pool in self._all if pool.relation is PRODUCT for one in pool.questions
        )
        return {
            one.judged.index
            for one in questions
            if any(tie is not None and tie.holds() for tie in one.ties)
        }

    def are_items(self, figures: Sequence[Figure]) -> bool:
        """Whether figures are the lines of a bill, two at least."""
        return len(figures) >= 2 and all(one.index in self._items for one in figures)


def _find_along(
    structure: Structure, flowing: AbstractSet[int], company: _Company
) -> Iterator[Pool]:
    figures = structure.ledger.figures
    holding = sum(total.holds for total in structure.totals)
    for total in structure.totals:
        if any(figure.index in flowing for figure in figures[total.line.index].values()):
            continue
        if total.prior or not _is_turned_round(structure, total, company):
            others = holding - total.holds
            if total.prior and _adds_items(structure, total, company):
                others += ITEMS_PRIOR
            yield from _to_pools(structure, total, others)


def _adds_items(structure: Structure, total: Total, company: _Company) -> bool:
    """Whether a total adds up the lines of a bill at each of its keys."""
    figures = structure.ledger.figures
    return all(
        company.are_items([found for one in total.chosen if (found := figures[one.index].get(key))])
        for key in figures[total.line.index]
    )


def _is_turned_round(structure: Structure, total: Total, company: _Company) -> bool:
    """Whether a sum that no header names is another relation read backwards.

    opening + in - out = closing makes opening = out + closing, wherever nothing came in.
    """
    figures = structure.ledger.figures
    for key, figure in figures[total.line.index].items():
        parts = [found for one in total.chosen if (found := figures[one.index].get(key))]
        if any(company.meets(figure, one) for one in parts):
            return True
    return False


def _to_pools(structure: Structure, total: Total, others: int) -> Iterator[Pool]:
    """The questions about one total: at every key, is it the sum of its parts?

    ``others`` is what the rest of the table says for it, in telling cells.
    """
    prior = min(total.prior + others, MOST_PRIOR) if total.prior else 0
    candidates = total.candidates
    if total.holds:
        candidates = {name: parts for name, parts in candidates.items() if parts == total.chosen}
    hypotheses = tuple(_HYPOTHESES[name] for name in candidates)
    priors = tuple(prior if name not in _FOUND else 0 for name in candidates)
    questions = []
    for key, figure in structure.ledger.figures[total.line.index].items():
        ties = tuple(
            _to_tie(_HYPOTHESES[name], figure, key, parts) for name, parts in candidates.items()
        )
        if any(ties):
            questions.append(Question(figure, ties))
    if questions:
        scope = f"table:{structure.ledger.number}"
        yield Pool(RELATION, scope, hypotheses, tuple(questions), priors)
        yield from _through_subtotals(structure, total, prior)


def _through_subtotals(structure: Structure, total: Total, prior: int) -> Iterator[Pool]:
    """Where something breaks, also the sum of what the subtotals are made of.

    It holds if a subtotal is to blame, and breaks if one of their parts is.
    """
    leaves = tuple(leaf for one in total.chosen for leaf in structure.parts.get(one.index, (one,)))
    suspects = [one for one in structure.totals if one is total or one.line in total.chosen]
    if leaves == total.chosen or all(one.holds for one in suspects):
        return
    broken = {key[0] for one in suspects for key in _broken_keys(structure, one)}
    hypothesis = _HYPOTHESES["open"]
    questions = []
    for key, figure in structure.ledger.figures[total.line.index].items():
        tie = _to_tie(hypothesis, figure, key, leaves) if key[0] in broken else None
        if tie is not None:
            questions.append(Question(figure, (tie,)))
    if questions:
        held = structure.ledger.tally(total.line, leaves)
        worth = max(prior, 1) if held.held or (total.tally and total.tally.held) else 0
        scope = f"table:{structure.ledger.number}"
        priors = (worth + held.telling,)
        yield Pool(RELATION, scope, (hypothesis,), tuple(questions), priors)


def _broken_keys(structure: Structure, total: Total) -> Iterator[Key]:
    amounts = structure.ledger.amounts
    for key, figure in structure.ledger.figures[total.line.index].items():
        if sum(amounts[part.index].get(key, 0) for part in total.chosen) != figure.value:
            yield key


def _to_tie(hypothesis: Hypothesis, judged: Figure, key: Key, parts: Sequence[Line]) -> Tie | None:
    """The tie at one key; ``None`` if a part cannot be counted or none is printed."""
    figures: list[Figure] = []
    names = []
    for line in parts:
        if key[0] in line.blocked:
            return None
        here = line.at(key)
        figures.extend(here)
        names.extend([line.name] * len(here))
    units = {judged.unit, *[one.unit for one in figures]}
    if _goes_on(judged, parts, figures):
        return None
    if not figures or judged in figures or len(units - {""}) > 1:
        return None
    operands: Mapping[str, tuple[Figure, ...]] = {"part": tuple(figures)}
    return Tie(RELATION, hypothesis, judged, operands, names={"part": tuple(names)})


def _goes_on(judged: Figure, parts: Sequence[Line], figures: Sequence[Figure]) -> bool:
    """Whether a total over time repeats where the last period has left things.

    What has been reached so far (累計, 年度末現在) does not add up over the periods.
    """
    if len(figures) < 2 or figures[-1].value != judged.value:
        return False
    return all(parse_period(line.label) is not None for line in parts)
