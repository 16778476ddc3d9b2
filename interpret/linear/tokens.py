"""Plain lines as the tokens that tables are made of: labels, figures, texts.

A line is read as figures only if all of it can be read so; a number inside a sentence stays text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from kenzan.interpret.linear.breaks import mend_breaks
from kenzan.interpret.linear.pieces import (
    Gap,
    Piece,
    Span,
    cut_line,
    fuse,
    is_unit,
    may_be_figure,
    period_kind,
    read_figure,
    split_figure,
    split_piece,
)
from kenzan.interpret.linear.rulers import display_width
from kenzan.interpret.linear.vocabulary import (
    is_heading,
    is_page_number,
    is_running_label,
    read_measure,
    row_beginnings,
    row_words,
)
from kenzan.normalize.labels import fold_label, label_key
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.normalize.numbers import Number
    from kenzan.schemas.document import Line

Kind = Literal["value", "delta", "period", "measure", "row", "text"]
LineKind = Literal["blank", "table", "text", "mixed", "heading", "furniture"]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text with what it can be in a table.

    ``label`` is its folded text. ``measure`` is set for measure labels and for periods that name
    one too (R2目標). ``lead`` counts the blanks before it at the beginning of its line, ``tabs``
    the tab stops before it; ``closed`` tells that a blank follows it at the end of its line;
    ``width`` is how many half-width columns it takes.
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
    width: int = 0

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


_SIGN = re.compile(r"[△▲▽▼]")
_LONGEST_LABEL, _LONGEST_SPACED_LABEL = 16, 8


class _Reader:
    """Reads one line, cut into pieces, as tokens."""

    def __init__(self, line: Line, pieces: Sequence[Piece]) -> None:
        self.raw, self.pieces = line.text, pieces
        self.tabs = [place for place, char in enumerate(self.raw) if char == "\t"]
        self.lead = len(self.raw) - len(self.raw.lstrip(" \u3000"))
        self.closed = self.raw.rstrip("\r\n").endswith((" ", "\u3000"))

    def token(self, kind: Kind, piece: Piece, number: Number | None = None) -> Token:
        start = piece.spans[0].start
        first = piece.spans[0] == self.pieces[0].spans[0]
        last = piece.spans[-1] == self.pieces[-1].spans[-1]
        return Token(
            kind=kind,
            spans=piece.spans,
            label=fold_label(piece.raw),
            gap=piece.gap,
            number=number,
            measure=read_measure(piece.text) if kind in {"measure", "period"} else "",
            lead=self.lead if first else 0,
            tabs=bisect_left(self.tabs, start),
            closed=self.closed and last,
            width=display_width(piece.raw),
        )

    def table_tokens(self) -> list[Token] | None:
        """All pieces as labels and figures; ``None`` if something else is on the line."""
        tokens: list[Token] = []
        at = 0
        while at < len(self.pieces):
            label = self._label(at)
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

    def _label(self, at: int) -> tuple[Token, int] | None:
        """The period or measure label that begins at a piece; letters may stand apart (実 績)."""
        for size in (4, 3, 2, 1):
            group = self.pieces[at : at + size]
            if len(group) < size or (size > 1 and not _is_spaced_out(group)):
                continue
            piece = fuse(group)
            if read_measure(piece.text):
                return self.token("measure", piece), at + size
            if period_kind(piece.text) and not _is_bracketed_word(piece.text):
                return self.token("period", piece, read_figure(piece.text)), at + size
        return None

    def figures(self, at: int) -> tuple[list[Token], int] | None:
        """The value or change that begins at a piece, and the index behind it."""
        for size in (3, 2, 1):
            group = self.pieces[at : at + size]
            if len(group) < size or not _makes_one_figure(group):
                continue
            found = self._read(fuse(group))
            if found:
                return found, at + size
        return None

    def _read(self, piece: Piece) -> list[Token] | None:
        number = read_figure(piece.text)
        if number is not None:
            bracketed = piece.text.startswith("(") and piece.text.endswith(")")
            return [self.token("delta" if bracketed else "value", piece, number)]
        both = split_figure(piece.text)
        if both is None:
            return None
        first, second = split_piece(piece)
        return [self.token("value", first, both[0]), self.token("delta", second, both[1])]

    def mixed_tokens(self) -> list[Token] | None:
        """A label in words, then figures to the end of the line: 観光客数 人 1,200 1,350."""
        for at in range(1, len(self.pieces)):
            tail: list[Token] = []
            k = at
            while k < len(self.pieces):
                found = self.figures(k)
                if found is None:
                    break
                tail += found[0]
                k = found[1]
            if k == len(self.pieces):
                return [self.token("text", piece) for piece in self.pieces[:at]] + tail
        return None

    def text_tokens(self) -> list[Token]:
        """The line as pieces of text."""
        return [self.token("text", piece) for piece in self.pieces]


def _is_spaced_out(group: Sequence[Piece]) -> bool:
    """Whether one word may stand in pieces: 実 績, R2 年; never where digits meet (R2 0)."""
    if any(a.text[-1].isdigit() and b.text[0].isdigit() for a, b in pairwise(group)):
        return False
    if any(piece.gap > Gap.SPACE for piece in group[1:]):
        return False
    single = all(len(piece.text) == 1 for piece in group)
    weak = all(piece.gap == Gap.WEAK for piece in group[1:])
    return single or (weak and sum(len(p.text) for p in group) <= _LONGEST_SPACED_LABEL)


def _is_bracketed_word(text: str) -> bool:
    """(累計) goes with a name; (R3) may be a label."""
    return text.startswith("(") and not any(char.isdigit() or char == "元" for char in text)


def _makes_one_figure(group: Sequence[Piece]) -> bool:
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
    return len(body) == 1 or (len(body) == 2 and body[0][-1:].isdigit() and is_unit(body[1]))


def _read_line(line: Line, pieces: Sequence[Piece]) -> TokenLine:
    if not pieces:
        return TokenLine("blank")
    reader = _Reader(line, pieces)
    whole = " ".join(piece.text for piece in pieces)
    if is_page_number(whole) or is_running_label(whole):
        return TokenLine("furniture", tuple(reader.text_tokens()))
    if len(pieces[0].text) <= _LONGEST_LABEL or may_be_figure(pieces[0].text):
        tokens = reader.table_tokens()
        if tokens is not None:
            return TokenLine("table", tuple(tokens))
    mixed = reader.mixed_tokens() if len(pieces) > 1 else None
    if mixed is not None:
        return TokenLine("mixed", tuple(mixed))
    return TokenLine("heading" if is_heading(whole) else "text", tuple(reader.text_tokens()))


def read_lines(lines: Sequence[Line]) -> list[TokenLine]:
    """Every line as tokens; figures and row labels that are broken over lines put together."""
    cut = [cut_line(line, index) for index, line in enumerate(lines)]
    mend_breaks(cut, lines)
    read = [_read_line(line, pieces) for line, pieces in zip(lines, cut, strict=True)]
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
            gap = max(gap, Gap.LINE if line.text.strip() else Gap.BLANK)
            marked.append(entry)
            continue
        first = replace(entry.tokens[0], gap=gap)
        marked.append(replace(entry, tokens=(first, *entry.tokens[1:])))
        if entry.kind != "furniture":
            gap = Gap.LINE
    return marked


def _next_text(read: list[TokenLine], index: int) -> int | None:
    for k in range(index + 1, min(index + 4, len(read))):
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
    bare = {id(t) for t in tokens if t.kind == "period" and t.number is not None}
    named = any(t.kind == "period" and t.number is None for t in tokens)
    for k, token in enumerate(tokens):
        before = tokens[k - 1] if k else None
        after = tokens[k + 1] if k + 1 < len(tokens) else None
        if token.kind == "measure" and _is_baseline_row(token, before, after):
            _change_kind(read, token, "period")
        elif id(token) in bare and named:
            _change_kind(read, token, "value")
    return read


def _is_baseline_row(token: Token, before: Token | None, after: Token | None) -> bool:
    if period_kind(token.label) != "baseline":
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
