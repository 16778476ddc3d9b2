"""Lines as the cells that they were, where a line may hold several and a cell several lines.

Programs that print a page block by block leave a blank line after each block. Where nearly every
block of figures holds one figure, a block is a cell, and the lines of a label in it are one label.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from kenzan.interpret.blockwise.roles import is_anchor, is_title, states_unit
from kenzan.interpret.columnwise.entries import Entry, join, to_entries
from kenzan.interpret.drafts import cut_line
from kenzan.interpret.linear.pieces import Span
from kenzan.interpret.linear.vocabulary import is_page_number
from kenzan.interpret.tables.content import read_content
from kenzan.interpret.words.label import read_label
from kenzan.interpret.words.lexicon import funding_words, label_key
from kenzan.normalize.characters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.schemas.document import Line

_WORD = re.compile(r"\S+")
_SIGN = re.compile(r"[△▲▽▼+＋\-－−‐–—]")
_LONGEST = 200
"""Longer lines are prose; to cut them would be of no use."""
_CELLS_OF_TEN = 8
_MOST_LINES = 6


def read_cells(lines: Sequence[Line]) -> list[Entry]:
    """The cells of the lines, in order; ``after_blank`` tells where a block begins."""
    cells = _without_page_ends(to_entries(_pieces(lines)))
    return _join_blocks(cells) if _blocks_are_cells(cells) else cells


def _pieces(lines: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    for index, line in enumerate(lines):
        yield from ((index, piece) for piece in cut_cells(line))


def cut_cells(line: Line) -> list[Line]:
    """A line cut between its figures, or between labels that each name a column."""
    text = line.text
    folded = fold(text.strip())
    if len(text) > _LONGEST or " " not in folded or is_page_number(folded):
        return [line]
    words = _words(text)
    cut = _cut_figures(text, words) or _cut_labels(text, words)
    return [cut_line(line, Span(0, start, end)) for start, end in cut] if len(cut) > 1 else [line]


def _words(text: str) -> list[tuple[int, int]]:
    """Words with their places; a sign belongs to what follows, brackets to what is before."""
    words: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        before = text[words[-1][0] : words[-1][1]] if words else ""
        if _SIGN.fullmatch(before) or (words and text[start] in "(（"):
            start = words.pop()[0]
        words.append((start, end))
    return words


def _cut_figures(text: str, words: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The figures that a line begins with, and what follows them as one piece."""
    whole = read_content(text)
    if whole.kind in {"figure", "missing"} and len(whole.entries) < 2:
        return []
    count = 0
    while count < len(words) and read_content(_of(text, words[count])).kind in {
        "figure",
        "missing",
    }:
        count += 1
    figures = list(words[:count])
    if not figures or count == len(words):
        return figures
    if count == 1 and _may_number(_of(text, words[0])):
        return []
    return [*figures, (words[count][0], words[-1][1])]


def _may_number(text: str) -> bool:
    """Whether a figure before words may be the number of what they name: 1 市税."""
    number = read_content(text).whole_number
    return number is not None and number < 100


def _cut_labels(text: str, words: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    label = read_label(text)
    if label.only_period or (label.measure is not None and len(words) == 1):
        return []
    named = sum(_names_column(_of(text, word)) for word in words)
    return list(words) if named == len(words) > 1 else []


def _names_column(text: str) -> bool:
    label = read_label(text)
    measure = label.measure is not None and label.measure.whole
    return len(text) > 1 and (measure or label.only_period or label_key(text) in funding_words())


def _of(text: str, word: tuple[int, int]) -> str:
    return text[word[0] : word[1]]


def _without_page_ends(cells: Sequence[Entry]) -> list[Entry]:
    """The cells without a bare number in a block of its own at the end of a page."""
    kept: list[Entry] = []
    for k, cell in enumerate(cells):
        after = cells[k + 1] if k + 1 < len(cells) else None
        ends = after is None or after.lines[0].page != cell.lines[0].page
        if not (ends and cell.after_blank and cell.content.whole_number is not None):
            kept.append(cell)
    return kept


def blocks_of(cells: Sequence[Entry]) -> list[list[Entry]]:
    """The cells between blank lines."""
    blocks: list[list[Entry]] = []
    for cell in cells:
        if cell.after_blank or not blocks:
            blocks.append([])
        blocks[-1].append(cell)
    return blocks


def _blocks_are_cells(cells: Sequence[Entry]) -> bool:
    figures = [block for block in blocks_of(cells) if any(c.is_figure for c in block)]
    single = sum(len({c.first for c in block}) == 1 for block in figures)
    return len(figures) > 1 and single * 10 >= len(figures) * _CELLS_OF_TEN


def _join_blocks(cells: Sequence[Entry]) -> list[Entry]:
    """Labels of one block as one label, but for pieces of one line."""
    joined: list[Entry] = []
    for block in blocks_of(cells):
        for alone, group in groupby(block, key=_stands_alone):
            part = list(group)
            lines = len({c.first for c in part})
            if alone or not 1 < lines <= _MOST_LINES or lines < len(part):
                joined += part
            else:
                joined.append(_join_all(part))
    return joined


def _stands_alone(cell: Entry) -> bool:
    """Whether a cell is no part of a label: a figure, a sentence, the label over those of rows."""
    return (
        cell.is_figure
        or cell.kind in {"prose", "note"}
        or states_unit(cell)
        or is_anchor(cell)
        or is_title(cell)
    )


def _join_all(part: Sequence[Entry]) -> Entry:
    whole = part[0]
    for cell in part[1:]:
        whole = join(whole, cell)
    return replace(whole, last=part[-1].last)
