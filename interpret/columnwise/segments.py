"""Where tables may be among cells: runs without sentences, up to headings and blank lines."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.linear.vocabulary import is_heading
from kenzan.normalize.characters import fold
from kenzan.normalize.units import find_stated_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.columnwise.entries import Entry

LEAST_FIGURES = 4
_LEAST_RUN = 3
"""Labels of columns one after the other that begin a table in the middle of others."""
_MOST_ENTRIES = 4000
_MOST_IN_CELL, _FEW = 2, 10
"""Figures that one cell may hold, and the part of the cells (1 in so many) that may hold more."""
_SENTENCE_ENDS = ("。", "．", "！", "？")


def find_segments(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Runs of cells that hold enough figures to be a table."""
    blanks_count = _blanks_tell(entries)
    cut = _cut(entries, blanks_count=blanks_count)
    parts = [part for whole in cut for part in _cut_at_headers(whole)]
    return [part for part in parts if _is_worth_reading(part)]


def _is_worth_reading(part: Sequence[Entry]) -> bool:
    return sum(e.kind == "figure" for e in part) >= LEAST_FIGURES and len(part) <= _MOST_ENTRIES


def _blanks_tell(entries: Sequence[Entry]) -> bool:
    """Whether a blank line ends something; not where every cell has blanks around it."""
    pairs = [b.after_blank for a, b in pairwise(entries) if a.is_figure or b.is_figure]
    return sum(pairs) * 2 < len(pairs)


def _cut(entries: Sequence[Entry], *, blanks_count: bool) -> Iterator[list[Entry]]:
    part: list[Entry] = []
    for entry in entries:
        ends = _ends_table(entry) or (blanks_count and entry.after_blank)
        if ends or entry.kind == "note":
            yield part
            part = []
        if not _stands_outside(entry, first=not part):
            part.append(entry)
    yield part


def _cut_at_headers(part: list[Entry]) -> Iterator[list[Entry]]:
    """Parts that each begin with a run of labels of columns, and the words that name it."""
    start = run = 0
    figures = False
    for k, entry in enumerate(part):
        run = run + 1 if entry.names_column else 0
        if run == _LEAST_RUN and figures:
            begin = k + 1 - run
            while begin > max(start, k - run - 1) and part[begin - 1].kind == "words":
                begin -= 1
            yield part[start:begin]
            start, figures = begin, False
        figures = figures or entry.is_figure
    yield part[start:]


def _ends_table(entry: Entry) -> bool:
    """Headings and unit notes open something new."""
    text = fold(entry.text.strip())
    if find_stated_unit(text) and "単位" in text.replace(" ", "") and entry.kind != "figure":
        return text.startswith(("(", "[", "〔", "単"))
    return entry.kind == "words" and entry.after_blank and is_heading(text)


def _stands_outside(entry: Entry, *, first: bool) -> bool:
    """Sentences, notes and units stated above a table are no cells of it."""
    text = fold(entry.text.strip())
    if entry.kind == "note":
        return True
    if entry.kind == "prose" and (first or text.endswith(_SENTENCE_ENDS)):
        return True
    return (
        "単位" in text
        and (text.startswith(("(", "[", "〔", "単位")) or text.endswith(")"))
        and bool(find_stated_unit(text))
    )


def mark_serials(entries: Sequence[Entry]) -> list[Entry]:
    """1, 2, 3 … each before words are the numbers of rows, not figures."""
    first = next((k for k, e in enumerate(entries) if e.kind == "figure"), len(entries))
    named = any(e.label.role == "number" for e in entries[:first])
    chain: list[int] = []
    for k, (entry, after) in enumerate(pairwise(entries)):
        number = entry.content.whole_number if entry.kind == "figure" else None
        if number is not None and number == len(chain) + 1 and not after.is_figure:
            chain.append(k)
    if len(chain) < (1 if named else 3):
        return list(entries)
    marked = set(chain)
    return [replace(e, kind="serial") if k in marked else e for k, e in enumerate(entries)]


def hold_rows(entries: Sequence[Entry]) -> bool:
    """Whether many lines are rows of several figures, not cells: 1,453 1,524 1,556 4.2％."""
    figures = [entry for entry in entries if entry.kind == "figure"]
    whole = sum(_count_amounts(entry) > _MOST_IN_CELL for entry in figures)
    return whole * _FEW > len(figures)


def _count_amounts(entry: Entry) -> int:
    return sum(not found.number.bracketed for found in entry.content.entries)
