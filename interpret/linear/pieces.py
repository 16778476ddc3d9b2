"""Lines cut at their blanks into pieces, and what a piece by itself can be."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.errors import NumberSyntaxError
from kenzan.normalize.characters import fold_with_map
from kenzan.normalize.numbers import Number, parse_number
from kenzan.normalize.periods import parse_period
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Line


class Gap(IntEnum):
    """What stands before a piece, from nothing to the end of a page."""

    NONE = 0
    WEAK = 1
    SPACE = 2
    WIDE = 3
    TAB = 4
    LINE = 5
    BLANK = 6
    PAGE = 7


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one line: ``lines[line].text[start:end]``."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters between blanks. ``text`` is folded, ``raw`` as printed."""

    spans: tuple[Span, ...]
    text: str
    raw: str
    gap: Gap


_PIECE = re.compile(r"\S+")
_LONGEST_FIGURE, _LONGEST_PERIOD = 24, 16
_FIGURE_START = re.compile(
    r"[\d(+\-‐‑‒–—―−─━－ー△▲▽▼±¥*…‥・約延累全増減皆未集調公該対非終中廃x秘確算精不なし無]"
)


def may_be_figure(text: str) -> bool:
    """Whether a folded text begins and is as long as figures are."""
    return len(text) <= _LONGEST_FIGURE and _FIGURE_START.match(text) is not None


@lru_cache(maxsize=16384)
def read_figure(text: str) -> Number | None:
    """The one figure (or missing mark) that fills a folded text; ``None`` if it is none."""
    if not may_be_figure(text):
        return None
    try:
        return parse_number(text)
    except NumberSyntaxError:
        return None


@lru_cache(maxsize=8192)
def period_kind(text: str) -> str:
    """What kind of period a folded text names; empty if none that a row may be of."""
    period = parse_period(text) if len(text) <= _LONGEST_PERIOD else None
    return period.kind if period is not None and period.kind != "range" else ""


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    """Whether a folded text is a known unit and nothing else."""
    return len(text) <= 8 and find_known_unit(text) is not None


def cut_line(line: Line, index: int) -> list[Piece]:
    """The pieces of a line."""
    raw = line.text
    if raw.isascii() and not raw.strip():
        return []
    folded = fold_with_map(raw)
    pieces: list[Piece] = []
    before: Span | None = None
    for match in _PIECE.finditer(folded.text):
        start, end = folded.raw_span(match.start(), match.end())
        gap = Gap.LINE if before is None else _gap(raw, before.end, start)
        before = Span(index, start, end)
        pieces.append(Piece((before,), match[0], raw[start:end], gap))
        if gap <= Gap.SPACE and _is_unit_of(pieces[-2].text, match[0]):
            pieces[-2:] = [fuse(pieces[-2:])]
    return pieces


def _is_unit_of(figure: str, text: str) -> bool:
    """Whether a unit stands a blank behind its figure: 1,200 人, also 1,200 人(+50)."""
    unit = text.partition("(")[0]
    return (
        figure[-1:].isdigit() and bool(unit) and is_unit(unit) and read_figure(figure) is not None
    )


def _gap(raw: str, end: int, start: int) -> Gap:
    between = raw[end:start]
    if "\t" in between:
        return Gap.TAB
    if len(between) > 1:
        return Gap.WIDE
    return Gap.WEAK if raw[end - 1].isascii() != raw[start].isascii() else Gap.SPACE


def fuse(group: Sequence[Piece]) -> Piece:
    """Pieces as one, blanks between them gone."""
    if len(group) == 1:
        return group[0]
    return Piece(
        tuple(span for piece in group for span in piece.spans),
        "".join(piece.text for piece in group),
        "".join(piece.raw for piece in group),
        group[0].gap,
    )


_FIGURE_AND_CHANGE = re.compile(r"(?P<value>[^()]+)(?P<change>\([^()]*\))")


def split_figure(text: str) -> tuple[Number, Number] | None:
    """A value and the bracketed change glued to it; ``None`` if the text is something else."""
    match = _FIGURE_AND_CHANGE.fullmatch(text)
    if match is None:
        return None
    value, change = read_figure(match["value"]), read_figure(match["change"])
    return None if value is None or change is None else (value, change)


def split_piece(piece: Piece) -> tuple[Piece, Piece]:
    """A piece cut before its bracket; what follows may be on another line."""
    cut = min(k for k in (piece.raw.find("("), piece.raw.find("（")) if k >= 0)
    first: list[Span] = []
    second: list[Span] = []
    left = cut
    for span in piece.spans:
        size = span.end - span.start
        middle = span.start + max(0, min(left, size))
        if middle > span.start:
            first.append(Span(span.line, span.start, middle))
        if middle < span.end:
            second.append(Span(span.line, middle, span.end))
        left -= size
    return (
        Piece(tuple(first), "", piece.raw[:cut], piece.gap),
        Piece(tuple(second), "", piece.raw[cut:], Gap.NONE),
    )


def is_figure_text(text: str) -> bool:
    """Whether a folded text is one figure, with or without its change."""
    return read_figure(text) is not None or split_figure(text) is not None
