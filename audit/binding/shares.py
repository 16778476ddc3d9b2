"""Shares of a total: which amounts, and which line is the whole?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.arithmetic.relation import AMOUNTS
from kenzan.arithmetic.relations.share import RELATION
from kenzan.audit.binding.lines import matches
from kenzan.audit.ties import Pool, Question, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.arithmetic.interval import Rounding
    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Axis, Line, Sheet

NAMED_PRIOR = 2
NEAR = 3
"""How many lines of amounts and how many wholes are tried."""


def find_pools(sheets: Sequence[Sheet]) -> Iterator[Pool]:
    """One pool for each line of shares, along both axes."""
    axes: tuple[tuple[Axis, Axis], ...] = (("columns", "rows"), ("rows", "columns"))
    for sheet in sheets:
        for axis, across in axes:
            lines = sheet.lines(axis)
            for line in lines:
                if matches(line, RELATION.judged) and line.unit in {"%", ""}:
                    yield from _find_pool(sheet, line, lines, sheet.lines(across))


def _find_pool(
    sheet: Sheet, shares: Line, lines: Sequence[Line], across: Sequence[Line]
) -> Iterator[Pool]:
    ways = [
        (amounts, whole, rounding)
        for amounts in _nearest_amounts(shares, lines)
        for whole in _likely_wholes(amounts, across)
        for rounding in RELATION.roundings
    ]
    if not ways:
        return
    questions = []
    for cross, figures in shares.cells.items():
        counted = [one for one in figures if not sheet.is_within(one)]
        if len(counted) == 1:
            ties = tuple(_to_tie(sheet, counted[0], cross, way) for way in ways)
            if any(ties):
                questions.append(Question(counted[0], ties))
    if questions:
        hypotheses = RELATION.hypotheses * len(ways)
        scope = f"table:{sheet.number}"
        priors = (NAMED_PRIOR,) * len(ways)
        yield Pool(RELATION, scope, hypotheses, tuple(questions), priors)


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


def _to_tie(
    sheet: Sheet, judged: Figure, cross: int, way: tuple[Line, Line, Rounding]
) -> Tie | None:
    amounts, whole, rounding = way
    if cross in amounts.blocked:
        return None
    part = [one for one in amounts.cells.get(cross, ()) if not sheet.is_within(one)]
    total = [one for one in whole.cells.get(amounts.index, ()) if not sheet.is_within(one)]
    if len(part) != 1 or len(total) != 1:
        return None
    operands = {"amount": (part[0],), "total": (total[0],)}
    names = {"amount": (amounts.name,), "total": (whole.name,)}
    return Tie(RELATION, RELATION.hypotheses[0], judged, operands, rounding, names)
