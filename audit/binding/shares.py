"""Shares of a total: which amounts, and which line is the whole?"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from kenzan.arithmetic.relation import AMOUNTS
from kenzan.arithmetic.relations.share import RELATION
from kenzan.audit.binding.lines import matches
from kenzan.audit.ties import Pool, Question, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kenzan.arithmetic.interval import Rounding
    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Axis, Line, Sheet

    Way = tuple[Line, Line]

NAMED_PRIOR = 2
NEAR = 3
"""How many lines of amounts and how many wholes are tried."""

SAMPLE = 8
ENOUGH = 40
"""On how many shares the way of rounding is looked at."""

_AXES: tuple[tuple[Axis, Axis], ...] = (("columns", "rows"), ("rows", "columns"))
_HALF = Decimal("0.5")
_HUNDRED = Decimal(100)


def find_pools(sheets: Sequence[Sheet]) -> Iterator[Pool]:
    """One pool for each line of shares, along both axes."""
    for sheet in sheets:
        if sheet.beside:
            yield from _find_beside(sheet)
        for axis, across in _AXES:
            lines = sheet.lines(axis)
            for line in lines:
                if matches(line, RELATION.judged) and line.unit in {"%", ""}:
                    scope = f"table:{sheet.number}"
                    yield from _find_pool(scope, line, lines, sheet.lines(across))


def _find_beside(sheet: Sheet) -> Iterator[Pool]:
    """Shares in brackets beside their amounts, along the axis on which any of them comes out."""
    scope = f"table:{sheet.number}"
    for axis, across in _AXES:
        found = [
            pool
            for line in sheet.lines(axis)
            for pool in _find_pool(
                scope, sheet.shares_beside(line, axis), [line], sheet.lines(across)
            )
        ]
        if any(tie and tie.holds() for pool in found for one in pool.questions for tie in one.ties):
            yield from found
            return


def _find_pool(
    scope: str, shares: Line, lines: Sequence[Line], across: Sequence[Line]
) -> Iterator[Pool]:
    figures = {cross: cell[0] for cross, cell in shares.cells.items() if len(cell) == 1}
    ways = _find_ways(figures, shares, lines, across)
    if not ways:
        return
    tried = [(way, rounding) for way in ways for rounding in _likely_roundings(figures, way)]
    questions = []
    for cross, figure in figures.items():
        ties = tuple([_to_tie(figure, cross, way, rounding) for way, rounding in tried])
        if any(ties):
            questions.append(Question(figure, ties))
    hypotheses = RELATION.hypotheses * len(tried)
    steps = Counter(one.step for one in figures.values())
    step = max(steps, key=steps.__getitem__, default=None)
    yield Pool(RELATION, scope, hypotheses, tuple(questions), (NAMED_PRIOR,) * len(tried), step)


def _find_ways(
    figures: Mapping[int, Figure], shares: Line, lines: Sequence[Line], across: Sequence[Line]
) -> list[Way]:
    """Amounts and wholes that come out on a sample, the best first; the likeliest if none does."""
    ways = [
        (amounts, whole)
        for amounts in _nearest_amounts(shares, lines)
        for whole in _likely_wholes(amounts, across)
    ]
    sample = sorted(figures, key=lambda cross: -figures[cross].bits)[:SAMPLE]
    scores = []
    for way in ways:
        offs = [_find_offset(figures[cross], cross, way) for cross in sample]
        scores.append(sum(off is not None and off <= 2 for off in offs))
        if scores[-1] == len(sample) >= SAMPLE // 2:
            break
    best = max(scores, default=0)
    if not best:
        return ways[:1]
    ranked = sorted(zip(scores, range(len(scores)), strict=True), key=lambda one: (-one[0], one[1]))
    return [ways[place] for score, place in ranked if 2 * score > best][:NEAR]


def _find_offset(judged: Figure, cross: int, way: Way) -> Decimal | None:
    """By how many last digits a printed share is off; ``None`` if a part is missing."""
    part, total = _parts(cross, way)
    if part is None or total is None or not total.value:
        return None
    return abs(part.value / total.value * _HUNDRED - judged.value) / judged.step


def _likely_roundings(figures: Mapping[int, Figure], way: Way) -> tuple[Rounding, ...]:
    """Cutting off is a hypothesis only if something is not explained by rounding half up."""
    sample = islice(figures.items(), ENOUGH)
    offs = (_find_offset(figure, cross, way) for cross, figure in sample)
    if any(off is not None and off > _HALF for off in offs):
        return RELATION.roundings
    return RELATION.roundings[:1]


def _nearest_amounts(shares: Line, lines: Sequence[Line]) -> list[Line]:
    """Lines of amounts, those under the same heading first, then those just before."""
    amounts = [line for line in lines if line.measure in AMOUNTS - {"change"} and line.unit != "%"]
    home = shares.header.path[:-1]
    return sorted(
        amounts,
        key=lambda line: (
            bool(home) and line.header.path[:-1] != home,
            line.index > shares.index,
            abs(line.index - shares.index),
        ),
    )[:NEAR]


def _likely_wholes(amounts: Line, across: Sequence[Line]) -> list[Line]:
    """Total lines, the last and largest first; the largest line if none is called a total."""
    sized = [line for line in across if amounts.index in line.cells]
    totals = [line for line in sized if line.header.kind in {"total", "subtotal"}]
    ranked = sorted(totals or sized, key=lambda line: -line.cells[amounts.index][0].value)
    return ranked[:NEAR]


def _parts(cross: int, way: Way) -> tuple[Figure | None, Figure | None]:
    amounts, whole = way
    part, total = amounts.cells.get(cross, ()), whole.cells.get(amounts.index, ())
    if cross in amounts.blocked or len(part) != 1 or len(total) != 1:
        return None, None
    return part[0], total[0]


def _to_tie(judged: Figure, cross: int, way: Way, rounding: Rounding) -> Tie | None:
    part, total = _parts(cross, way)
    if part is None or total is None:
        return None
    operands = {"amount": (part,), "total": (total,)}
    names = {"amount": (way[0].name,), "total": (way[1].name,)}
    return Tie(RELATION, RELATION.hypotheses[0], judged, operands, rounding, names)
