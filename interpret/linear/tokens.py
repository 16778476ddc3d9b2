"""Plain lines cut into the pieces that tables are made of: labels, figures, texts.

A line is read as figures only if all of it can be read so; a number inside a sentence stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kenzan.errors import NumberSyntaxError
from kenzan.interpret.linear.vocabulary import (
    is_heading,
    is_page_number,
    is_running_label,
    read_measure,
    row_beginnings,
    row_words,
)
from kenzan.normalize.characters import fold_with_map
from kenzan.normalize.labels import fold_label, label_key
from kenzan.normalize.numbers import Number, parse_number
from kenzan.normalize.periods import parse_period
from kenzan.normalize.units import KNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Line

Kind = Literal["value", "delta", "period", "measure", "row", "text"]
LineKind = Literal["blank", "table", "text", "mixed", "heading", "furniture"]


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
class Token:
    """A piece of text with what it can be in a table.

    ``label`` is its folded text. ``measure`` is set for measure labels and for periods that name
    one too (R2目標). ``lead`` counts the blanks before it at the beginning of its line, ``tabs``
    the tab stops before it; ``closed`` tells that a blank follows it at the end of its line.
    """

    kind: Kind
    spans: tuple[Span, ...]
    label: str
    gap: Gap
    number: Number | None = None
    measure: str = ""
    lead: int = 0
    tabs: int = 0
    closed: bool = False
    left: float = 0.0
    right: float = 0.0

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.spans[0].line

    @property
    def is_figure(self) -> bool:
        """Whether it is a value or a bracketed change."""
        return self.kind in {"value", "delta"}


@dataclass(frozen=True, slots=True)
class TokenLine:
    """One line as tokens. A line of kind ``text`` holds text tokens only (and row labels)."""

    kind: LineKind
    tokens: tuple[Token, ...] = ()
    width: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    text: str
    gap: Gap


_PIECE = re.compile(r"\S+")
_FIGURE_START = re.compile(
    r"[\d(+\-‐‑‒–—―−─━－ー△▲▽▼±¥*…‥・約延累全増減皆未集調公該対非終中廃該x秘確算精不なし無]"
)
_VALUE_AND_DELTA = re.compile(r"(?P<value>[^()]+)(?P<delta>\([^()]*\))")
_SIGN = re.compile(r"[+\-‐‑‒–—―−－ー△▲▽▼±]")
_LOOSE_YEAR = frozenset({"年度", "年", "度", "年度末"})
_LONGEST_FIGURE = 24


@lru_cache(maxsize=16384)
def read_figure(text: str) -> Number | None:
    """The one figure (or missing mark) that fills a folded text; ``None`` if it is none."""
    if len(text) > _LONGEST_FIGURE or not _FIGURE_START.match(text):
        return None
    try:
        return parse_number(text)
    except NumberSyntaxError:
        return None


@lru_cache(maxsize=8192)
def _period_kind(text: str) -> str:
    period = parse_period(text) if len(text) <= 16 else None
    return period.kind if period is not None else ""


def _gap_before(line: str, previous: _Piece | None, start: int) -> Gap:
    if previous is None:
        return Gap.LINE
    between = line[previous.end : start]
    if "\t" in between:
        return Gap.TAB
    if len(between) > 1 or between == "\u3000\u3000":
        return Gap.WIDE
    ascii_edges = line[previous.end - 1].isascii() != line[start].isascii()
    return Gap.WEAK if ascii_edges else Gap.SPACE


def _cut(line: Line) -> list[_Piece]:
    folded = fold_with_map(line.text)
    pieces: list[_Piece] = []
    for match in _PIECE.finditer(folded.text):
        start, end = folded.raw_span(match.start(), match.end())
        gap = _gap_before(line.text, pieces[-1] if pieces else None, start)
        pieces.append(_Piece(start, end, match[0], gap))
    return pieces


def _join(line: str, first: _Piece, last: _Piece) -> _Piece:
    text = fold_with_map(line[first.start : last.end]).text
    return _Piece(first.start, last.end, "".join(text.split()), first.gap)


class _Cutter:
    """Cuts one line into tokens."""

    def __init__(self, line: Line, index: int) -> None:
        self.line, self.index = line, index
        self.pieces = _cut(line)
        raw = line.text
        self.lead = len(raw) - len(raw.lstrip(" \u3000"))
        self.closed = raw.rstrip("\r\n").endswith((" ", "\u3000"))

    def token(self, kind: Kind, piece: _Piece, number: Number | None = None) -> Token:
        first, last = piece is self.pieces[0] or piece.start == self.pieces[0].start, False
        last = piece.end == self.pieces[-1].end
        x0s, x1s = self.line.x0s, self.line.x1s
        placed = bool(x0s) and piece.end <= len(x0s)
        return Token(
            kind=kind,
            spans=(Span(self.index, piece.start, piece.end),),
            label=fold_label(self.line.text[piece.start : piece.end]),
            gap=piece.gap,
            number=number,
            measure=read_measure(piece.text) if kind in {"measure", "period"} else "",
            lead=self.lead if first else 0,
            tabs=self.line.text.count("\t", 0, piece.start),
            closed=self.closed and last,
            left=x0s[piece.start] if placed else 0.0,
            right=x1s[piece.end - 1] if placed else 0.0,
        )

    def figures(self, at: int) -> tuple[list[Token], int] | None:
        """The value or change that begins at a piece, and the index behind it."""
        for size in (3, 2, 1):
            group = self.pieces[at : at + size]
            if len(group) < size or not self._joins(group):
                continue
            piece = _join(self.line.text, group[0], group[-1])
            found = self._read(piece)
            if found:
                return found, at + size
        return None

    @staticmethod
    def _joins(group: list[_Piece]) -> bool:
        """Whether pieces may belong to one figure: a sign apart, a unit apart, open brackets."""
        if len(group) == 1:
            return True
        if any(piece.gap > Gap.SPACE for piece in group[1:]):
            return False
        opened = group[0].text.startswith("(") and ")" not in "".join(p.text for p in group[:-1])
        if opened and group[-1].text.endswith(")"):
            return True
        body = [piece.text for piece in group]
        if _SIGN.fullmatch(body[0]):
            body = body[1:]
            if not body[0][:1].isdigit():
                return False
        return len(body) == 1 or (len(body) == 2 and body[0][-1:].isdigit() and body[1] in KNOWN)

    def _read(self, piece: _Piece) -> list[Token] | None:
        number = read_figure(piece.text)
        if number is not None:
            bracketed = piece.text.startswith("(") and piece.text.endswith(")")
            return [self.token("delta" if bracketed else "value", piece, number)]
        match = _VALUE_AND_DELTA.fullmatch(piece.text)
        if match is None:
            return None
        value, delta = read_figure(match["value"]), read_figure(match["delta"])
        if value is None or delta is None:
            return None
        return self._split(piece, value, delta)

    def _split(self, piece: _Piece, value: Number, delta: Number) -> list[Token]:
        raw = self.line.text[piece.start : piece.end]
        at = piece.start + min(k for k in (raw.find("("), raw.find("（")) if k >= 0)
        end = at - (
            len(self.line.text[piece.start : at]) - len(self.line.text[piece.start : at].rstrip())
        )
        first = self.token("value", _Piece(piece.start, end, "", piece.gap), value)
        return [first, self.token("delta", _Piece(at, piece.end, "", Gap.NONE), delta)]

    def labels(self, at: int) -> tuple[Token, int] | None:
        """The period or measure label that begins at a piece; letters may stand apart (実 績)."""
        for size in (1, 2, 3):
            group = self.pieces[at : at + size]
            if len(group) < size or any(len(piece.text) > 4 for piece in group[:-1]):
                break
            piece = _join(self.line.text, group[0], group[-1])
            if size > 1 and any(p.gap > Gap.WIDE for p in group[1:]):
                break
            if read_measure(piece.text):
                return self.token("measure", piece), at + size
            if _period_kind(piece.text):
                return self.token("period", piece, read_figure(piece.text)), at + size
        return None

    def table_tokens(self) -> list[Token] | None:
        """All pieces as labels and figures; ``None`` if something else is on the line."""
        tokens: list[Token] = []
        at = 0
        while at < len(self.pieces):
            label = self.labels(at)
            if label is not None and not self._is_value_like(at, label[1]):
                tokens.append(label[0])
                at = label[1]
                continue
            found = self.figures(at)
            if found is None:
                return None
            tokens += found[0]
            at = found[1]
        return tokens

    def _is_value_like(self, at: int, end: int) -> bool:
        """A bare 2020 between figures is a figure, as the first word of a line a year."""
        return at > 0 and end == at + 1 and self.pieces[at].text.isdigit()

    def text_tokens(self, first: int = 0) -> list[Token]:
        """The rest of the line as pieces of text."""
        return [self.token("text", piece) for piece in self.pieces[first:]]


def _read_line(line: Line, index: int) -> TokenLine:
    cutter = _Cutter(line, index)
    pieces = cutter.pieces
    if not pieces:
        return TokenLine("blank")
    whole = " ".join(piece.text for piece in pieces)
    width = sum(1 if c.isascii() else 2 for c in whole)
    if is_page_number(whole) or is_running_label(whole):
        return TokenLine("furniture", tuple(cutter.text_tokens()), width)
    tokens = cutter.table_tokens()
    if tokens is not None:
        return TokenLine("table", tuple(tokens), width)
    mixed = _read_mixed(cutter)
    if mixed is not None:
        return TokenLine("mixed", mixed, width)
    kind: LineKind = "heading" if is_heading(whole) else "text"
    return TokenLine(kind, tuple(cutter.text_tokens()), width)


def _read_mixed(cutter: _Cutter) -> tuple[Token, ...] | None:
    """A label in words, then figures to the end of the line: 観光客数 人 1,200 1,350."""
    tail: list[Token] = []
    for at in range(1, len(cutter.pieces)):
        rest: list[Token] = []
        k = at
        while k < len(cutter.pieces):
            found = cutter.figures(k)
            if found is None:
                break
            rest += found[0]
            k = found[1]
        if k == len(cutter.pieces) and rest:
            tail = rest
            break
    if not tail:
        return None
    head = [cutter.token("text", piece) for piece in cutter.pieces[:at]]
    return (*head, *tail)


def read_lines(lines: Sequence[Line]) -> list[TokenLine]:
    """Every line as tokens, row labels that are broken over lines put together."""
    read = [_read_line(line, index) for index, line in enumerate(lines)]
    read = _mark_gaps(read, lines)
    for index in range(len(read)):
        _join_row_label(read, index)
    return _settle_periods(read)


def _mark_gaps(read: list[TokenLine], lines: Sequence[Line]) -> list[TokenLine]:
    """Tell the first token of a line whether blank lines or a page end stand before it."""
    marked: list[TokenLine] = []
    gap = Gap.PAGE
    page = None
    for line, entry in zip(lines, read, strict=True):
        if page is not None and line.page != page:
            gap = Gap.PAGE
        page = line.page
        if entry.kind == "blank":
            gap = max(gap, Gap.BLANK)
            marked.append(entry)
            continue
        first = replace(entry.tokens[0], gap=gap)
        marked.append(replace(entry, tokens=(first, *entry.tokens[1:])))
        if entry.kind != "furniture":
            gap = Gap.LINE
    return marked


def _next_text(read: list[TokenLine], index: int) -> int | None:
    for k in range(index + 1, min(index + 3, len(read))):
        if read[k].kind != "blank":
            return k if read[k].kind in {"text", "table"} else None
    return None


def _join_row_label(read: list[TokenLine], index: int) -> None:
    """Make a row label of the first piece of a line, with the pieces it goes on in below."""
    entry = read[index]
    if entry.kind not in {"text", "heading"} or not entry.tokens or entry.tokens[0].kind != "text":
        return
    parts = [index]
    key = label_key(entry.tokens[0].label)
    while key not in row_words() and key in row_beginnings() and len(parts) < 4:
        below = _next_text(read, parts[-1])
        if below is None or read[below].tokens[0].kind != "text":
            return
        parts.append(below)
        key += label_key(read[below].tokens[0].label)
    if key in row_words():
        _replace_parts(read, parts, "row")


def _replace_parts(read: list[TokenLine], parts: list[int], kind: Kind) -> None:
    pieces = [read[k].tokens[0] for k in parts]
    spans = tuple(span for piece in pieces for span in piece.spans)
    joined = replace(
        pieces[0],
        kind=kind,
        spans=spans,
        label="".join(piece.label for piece in pieces),
        closed=pieces[-1].closed,
    )
    first = read[parts[0]]
    read[parts[0]] = replace(first, kind="text", tokens=(joined, *first.tokens[1:]))
    for k in parts[1:]:
        rest = read[k].tokens[1:]
        read[k] = replace(read[k], kind="text" if rest else "blank", tokens=rest)


def _settle_periods(read: list[TokenLine]) -> list[TokenLine]:
    """Decide what only the neighbours tell: 基準値 as a row or a column, 2020 as year or figure."""
    tokens = [token for entry in read for token in entry.tokens]
    bare = [t for t in tokens if t.kind == "period" and t.number is not None]
    named = sum(t.kind == "period" and t.number is None for t in tokens)
    for k, token in enumerate(tokens):
        before = tokens[k - 1] if k else None
        after = tokens[k + 1] if k + 1 < len(tokens) else None
        if token.kind == "measure" and _is_baseline_row(token, before, after):
            _change_kind(read, token, "period")
        elif token in bare and named:
            _change_kind(read, token, "value")
    return read


def _is_baseline_row(token: Token, before: Token | None, after: Token | None) -> bool:
    if _period_kind(token.label) != "baseline":
        return False
    beside = [t for t in (before, after) if t is not None and t.line == token.line]
    if any(t.kind == "measure" for t in beside):
        return False
    near = [t for t in (before, after) if t is not None]
    return any(t.kind == "period" for t in near) or (after is not None and after.is_figure)


def _change_kind(read: list[TokenLine], token: Token, kind: Kind) -> None:
    entry = read[token.line]
    tokens = tuple(replace(t, kind=kind) if t is token else t for t in entry.tokens)
    read[token.line] = replace(entry, tokens=tokens)
