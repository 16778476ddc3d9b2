"""Columns under one heading, or figures of one cell, that add up to another column: 財源内訳."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from kenzan.arithmetic.relation import AMOUNTS, RoleName
from kenzan.arithmetic.relations.breakdown import RELATION
from kenzan.audit.precision import is_within_rounding
from kenzan.audit.ties import Pool, Question, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Key, Line, Sheet

NAMED_PRIOR = 2
_NAMED = re.compile(r"財源|内訳")


def find_pools(sheets: Sequence[Sheet]) -> Iterator[Pool]:
    """One pool for each group of columns: which other column is its whole?"""
    for sheet in sheets:
        amounts = [line for line in sheet.columns if line.measure in AMOUNTS or not line.measure]
        for group in (*_find_groups(amounts), *_find_crowded(amounts)):
            others = [line for line in amounts if line not in group]
            pool = _find_pool(sheet, group, others)
            if pool is not None:
                yield pool


def _find_groups(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Neighbouring columns, at least two, that share their headings."""
    headed = [line for line in lines if len(line.header.path) > 1]
    for _, members in groupby(headed, key=lambda line: line.header.path[:-1]):
        group = tuple(members)
        years = {line.header.fiscal_year for line in group}
        if len(group) >= 2 and len(years) == 1 and not any(_is_total(line) for line in group):
            yield group


def _find_crowded(lines: Sequence[Line]) -> Iterator[tuple[Line]]:
    """Columns that are called a breakdown and print its parts in one cell: 国) 18 県) 36."""
    for line in lines:
        several = sum(len(cell) > 1 for cell in line.cells.values())
        if several >= 2 and 2 * several >= len(line.cells) and _NAMED.search(line.text):
            yield (line,)


def _is_total(line: Line) -> bool:
    return line.header.kind in {"total", "subtotal"}


def _find_pool(sheet: Sheet, group: tuple[Line, ...], others: Sequence[Line]) -> Pool | None:
    """The candidates for the whole; the figures judged are those of the best of them."""
    best: tuple[int, list[Question]] = (0, [])
    for line in others:
        questions = list(_ask(sheet, group, line))
        held = sum(
            tie is not None and is_within_rounding(tie) for one in questions for tie in one.ties
        )
        if held > best[0] and 2 * held >= len(questions):
            best = (held, questions)
    if not best[1]:
        return None
    heading = group[0].header.path[:-1] if len(group) > 1 else group[0].header.path
    named = _NAMED.search(" ".join(heading)) is not None
    return Pool(
        RELATION,
        f"table:{sheet.number}",
        RELATION.hypotheses,
        tuple(best[1]),
        (NAMED_PRIOR if named else 0,),
    )


def _ask(sheet: Sheet, group: tuple[Line, ...], whole: Line) -> Iterator[Question]:
    added = {line.index for line in sheet.rows if line.adds}
    for key, figure in whole.keyed.items():
        if key[0] not in added:
            continue
        tie = _to_tie(group, figure, key)
        if tie is not None:
            yield Question(figure, (tie,))


def _to_tie(group: tuple[Line, ...], judged: Figure, key: Key) -> Tie | None:
    if any(key[0] in line.blocked for line in group):
        return None
    figures: list[Figure] = []
    names: list[RoleName] = []
    for line in group:
        here = line.at((key[0], ""))
        figures.extend(here)
        names += [_name(one, line) for one in here]
    units = {one.unit for one in (*figures, judged)} - {""}
    if not figures or len(units) > 1:
        return None
    operands, labels = {"part": tuple(figures)}, {"part": tuple(names)}
    return Tie(RELATION, RELATION.hypotheses[0], judged, operands, names=labels)


def _name(figure: Figure, line: Line) -> RoleName:
    """What a part is called: by its mark in the cell if it has one, else as its column."""
    mark = figure.tag.strip("'）) ")
    return RoleName(mark, mark) if mark else line.name
