"""Balances: each balance line of a table, the one before it, and the events between."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.arithmetic.relation import AMOUNTS
from kenzan.arithmetic.relations.balance import INTEREST, OUTGOING, RELATION
from kenzan.audit.binding.lines import matches
from kenzan.audit.ties import Pool, Question, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Axis, Line, Sheet

NAMED_PRIOR = 2
_OUTGOING, _INTEREST = re.compile(OUTGOING), re.compile(INTEREST)


def find_pools(sheets: Sequence[Sheet]) -> Iterator[Pool]:
    """One pool for each balance that stands after another one, along both axes."""
    axes: tuple[Axis, ...] = ("columns", "rows")
    for sheet in sheets:
        for axis in axes:
            lines = [one for one in sheet.lines(axis) if one.measure in AMOUNTS or not one.measure]
            places = [i for i, one in enumerate(lines) if matches(one, RELATION.judged)]
            for before, after in pairwise(places):
                if after - before > 1:
                    yield from _find_pool(sheet, lines[before : after + 1])


def _find_pool(sheet: Sheet, lines: Sequence[Line]) -> Iterator[Pool]:
    questions = []
    closing = lines[-1]
    for (cross, _), judged in closing.keyed.items():
        ties = (_signed(lines, cross, judged), _by_name(lines, cross, judged))
        if any(ties):
            questions.append(Question(judged, ties))
    if questions:
        priors = (NAMED_PRIOR,) * len(RELATION.hypotheses)
        scope = f"table:{sheet.number}"
        yield Pool(RELATION, scope, RELATION.hypotheses, tuple(questions), priors)


def _signed(lines: Sequence[Line], cross: int, judged: Figure) -> Tie | None:
    operands: dict[str, tuple[Figure, ...]] = {
        "opening": lines[0].at((cross, "")),
        "incoming": _collect(lines[1:-1], cross),
    }
    return _to_tie(lines, cross, judged, 0, operands)


def _by_name(lines: Sequence[Line], cross: int, judged: Figure) -> Tie | None:
    """Events under a name that says they lower the balance are taken off.

    Of what is paid back (元利償還額) only the 元金 lowers the debt, not the 利子 and not their 計.
    """
    events = [line for line in lines[1:-1] if not _leaves_balance(line)]
    outgoing = [line for line in events if _OUTGOING.search(line.label)]
    if not outgoing:
        return None
    incoming = [line for line in events if line not in outgoing]
    operands: dict[str, tuple[Figure, ...]] = {
        "opening": lines[0].at((cross, "")),
        "incoming": _collect(incoming, cross),
        "outgoing": _collect(outgoing, cross),
    }
    return _to_tie(lines, cross, judged, 1, operands)


def _leaves_balance(line: Line) -> bool:
    aside = line.header.kind in {"total", "subtotal", "difference"}
    return aside or bool(_INTEREST.search(line.label))


def _collect(lines: Sequence[Line], cross: int) -> tuple[Figure, ...]:
    return tuple(figure for line in lines for figure in line.at((cross, "")))


def _to_tie(
    lines: Sequence[Line],
    cross: int,
    judged: Figure,
    hypothesis: int,
    operands: dict[str, tuple[Figure, ...]],
) -> Tie | None:
    if any(cross in line.blocked for line in lines) or not operands["opening"]:
        return None
    return Tie(RELATION, RELATION.hypotheses[hypothesis], judged, operands)
