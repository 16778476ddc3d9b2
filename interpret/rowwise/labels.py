"""What a narrow cell has broken over lines, labels and units, put together before rows are."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kenzan.interpret.rowwise.pieces import Piece, fuse
from kenzan.interpret.tables.content import read_content
from kenzan.interpret.words.lexicon import funding_parents, label_key
from kenzan.normalize.characters import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_PERCENT = frozenset("%％")
_OPEN, _CLOSE = "(（", ")）"
_MOST_LETTERS = 8


def join_labels(cut: Sequence[list[Piece]]) -> list[list[Piece]]:
    """The lines with such labels whole; lines that gave all they had are empty."""
    joined = [list(line) for line in cut]
    for index in range(1, len(joined)):
        if _is_tail(joined[index]) and _takes_tail(joined[index - 1]):
            label, tail = joined[index - 1].pop(), joined[index].pop()
            joined[index - 1].append(fuse((label, tail), f"{label.text}\n{tail.text}"))
    _join_units(joined)
    _join_upright(joined)
    return joined


def _join_units(cut: list[list[Piece]]) -> None:
    """Put the end of a unit on the next line to its figure: 100.0 over %, 268経営 over 体.

    That words are the end of a unit is told by the figures beside them, which have it whole.
    """
    for k, line in enumerate(cut[:-1]):
        below = cut[k + 1]
        if line and below and line[-1].cls in "FC" and below[0].cls in "WTU":
            whole = fuse((line[-1], below[0]), f"{line[-1].text}\n{below[0].text}")
            beside = below[1:] or list(chain(*cut[k + 2 : k + 3]))
            told = below[0].text in _PERCENT or _unit(whole) in {*map(_unit, beside)} - {""}
            if whole.cls == "F" and told:
                line[-1] = whole
                del below[0]


def _unit(piece: Piece) -> str:
    """The unit of a figure, or nothing."""
    entries = read_content(piece.text).entries if piece.cls == "F" else ()
    return fold(entries[0].number.unit) if len(entries) == 1 else ""


def _is_tail(line: Sequence[Piece]) -> bool:
    """Whether a line holds words in brackets alone: （千円）, no year and no figure."""
    if len(line) != 1 or line[0].cls not in "WTU":
        return False
    return line[0].text[0] in _OPEN and line[0].text[-1] in _CLOSE


def _takes_tail(line: Sequence[Piece]) -> bool:
    return len(line) == 1 and line[0].cls in "WTX" and line[0].text[0] not in _OPEN


def _join_upright(cut: list[list[Piece]]) -> None:
    """Put what stands upright beside several rows (財 源 内 訳) before the first of these rows.

    It may be whole on a line of its own.
    """
    start = 0
    while start < len(cut):
        end = start
        while end < len(cut) and _is_letter(cut[end]) and end - start < _MOST_LETTERS:
            end += 1
        end = start + 1 if end == start and len(cut[start]) == 1 else end
        letters = [piece for line in cut[start:end] for piece in line]
        text = "".join(piece.text for piece in letters)
        if label_key(text) in funding_parents() and _is_row(cut[end : end + 1]):
            cut[end].insert(0, fuse(letters, text))
            cut[start:end] = [[] for _ in letters]
        start = max(end, start + 1)


def _is_row(lines: Sequence[Sequence[Piece]]) -> bool:
    """Whether a line names a figure and gives it."""
    return any(line[0].cls == "W" and line[-1].cls in "FCM" for line in lines if line)


def _is_letter(line: Sequence[Piece]) -> bool:
    return len(line) == 1 and len(line[0].text) == 1 and line[0].text.isalpha()
