"""Stretches of lines that may hold one table: lines of words, then lines with figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kenzan.interpret.linear.vocabulary import is_page_number, is_running_label
from kenzan.interpret.plausibility import is_counting
from kenzan.interpret.rowwise.heads import find_head
from kenzan.interpret.tables.captions import is_note
from kenzan.normalize.characters import fold
from kenzan.normalize.units import find_stated_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.rowwise.pieces import Piece
    from kenzan.schemas.document import Line

_UNIT_NOTE = re.compile(r"[(（〔\[【]\s*単\s*位|単\s*位\s*[:：]")
_UNIT_BEHIND = re.compile(r"\S[(（]\s*単\s*位\s*[:：][^()（）]*[)）]$")
_SENTENCE = re.compile(r"[。．]\s*$")
_LONG = 36
_LEAST_ROWS = 2


@dataclass(frozen=True, slots=True)
class Region:
    """Lines ``first`` to ``end`` (excluded); the first figures stand in line ``body``."""

    first: int
    body: int
    end: int


def find_regions(lines: Sequence[Line], cut: Sequence[Sequence[Piece]]) -> list[Region]:
    """All stretches that may be a table, in order."""
    regions: list[Region] = []
    for first, end in _stretches(lines, cut):
        regions += _split_at_headers(cut, first, end)
    return regions


def _stretches(lines: Sequence[Line], cut: Sequence[Sequence[Piece]]) -> Iterator[tuple[int, int]]:
    """Runs of lines between blank lines, captions, notes and sentences."""
    start = 0
    for index, line in enumerate(lines):
        if _is_border(line, cut[index]):
            if index > start:
                yield start, index
            start = index + 1
    if len(lines) > start:
        yield start, len(lines)


def _is_border(line: Line, pieces: Sequence[Piece]) -> bool:
    if not line.text.strip():
        return True
    text = fold(line.text).strip()
    if _states_unit(text) or is_note(text) or is_page_number(text) or is_running_label(text):
        return True
    if is_counting(text):
        return True
    return not has_figure(pieces) and (
        bool(_SENTENCE.search(text)) or (len(text) > _LONG and len(pieces) == 1)
    )


def _states_unit(text: str) -> bool:
    """Whether a line states the unit of a table; a bare 単位 is the label of a column."""
    loose = text.startswith("単位") and len(text.split()) == 2 and bool(find_stated_unit(text))
    return loose or _UNIT_NOTE.match(text) is not None or _UNIT_BEHIND.search(text) is not None


def has_figure(pieces: Sequence[Piece]) -> bool:
    """Whether a line holds a figure that is no row number."""
    return any(piece.cls == "F" for piece in pieces) or (
        len(pieces) > 1 and any(piece.cls in "CM" for piece in pieces[1:])
    )


def _split_at_headers(cut: Sequence[Sequence[Piece]], first: int, end: int) -> Iterator[Region]:
    """Cut a stretch before each run of lines of words that reads like a header."""
    runs = _word_runs(cut, first, end)
    starts = [first] + [a for a, b in runs if a > first and _is_header(cut, a, b)]
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        body = next((k for k in range(start, stop) if has_figure(cut[k])), None)
        rows = sum(has_figure(cut[k]) for k in range(start, stop))
        if body is not None and rows >= _LEAST_ROWS:
            yield Region(start, body, stop)


def _word_runs(cut: Sequence[Sequence[Piece]], first: int, end: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start = None
    for index in range(first, end + 1):
        words = index < end and not has_figure(cut[index])
        if words and start is None:
            start = index
        elif not words and start is not None:
            runs.append((start, index))
            start = None
    return runs


def _is_header(cut: Sequence[Sequence[Piece]], first: int, end: int) -> bool:
    """Whether words speak of columns: two or more years and measures, most of them known."""
    heads = [find_head(piece.text) for line in cut[first:end] for piece in line]
    if cut[first] and cut[first][0].cls == "C":
        return False  # the number of a row, whose name may speak of a measure
    return sum(head in "PRQ" for head in heads) >= 2 or (
        heads[:1] != [] and heads[0] in "nlL" and len(cut[first]) > 1 and "?" not in heads[:1]
    )
