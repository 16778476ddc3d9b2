"""Where flattened tables may be in a run of lines, and what belongs to each.

Nothing is decided here about cells: a region names the header labels, the row labels, the stream
of figures and the texts around them, in the order in which the text gives them.
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.interpret.linear.pieces import Gap, period_kind
from kenzan.interpret.words.lexicon import find_role
from kenzan.normalize.labels import label_key
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.linear.frame import Order
    from kenzan.interpret.linear.tokens import Token, TokenLine

_SENTENCE_ENDS = ("。", "．", "！", "？")
_BULLETS = ("・", "･", "⇒", "→", "※", "○", "●", "-", "*")
_MOST_NAME_LINES = 16
_MOST_STRAY_LINES = 3
_LEAST_FIGURES = 4
_CORNERS = frozenset({"group", "period", "indicator"})
_LONGEST_CORNER = 3
_UNIT_NOTE = re.compile(r"[(（〔\[]?\s*単\s*位\s*[:：]")
_BROKEN_FIGURE = re.compile(
    r"[^\d]{0,3}\d[\d,.]*[^\d]{0,3}|[^\w\s]{1,2}\d?|[\d,.]+\D{0,3}[(（][^)）]*"
)
"""What may be a part of a figure that could not be put together."""


def is_broken_figure(token: Token) -> bool:
    """Whether a piece of text by itself on its line may be a part of a figure."""
    return token.gap >= Gap.LINE and _BROKEN_FIGURE.fullmatch(token.label) is not None


@dataclass(slots=True)
class TextRow:
    """A row of texts under the figures: its label and the pieces that follow it."""

    label: Token
    texts: list[Token] = field(default_factory=list)


@dataclass(slots=True)
class Region:
    """What may be one table.

    ``names`` are pieces of text before (in columns order: among) the figures; ``header`` the
    measure labels; ``periods`` the row labels in order; ``stream`` everything that the search
    reads, in order; ``rows`` the rows of texts.
    """

    order: Order
    names: list[Token] = field(default_factory=list)
    header: list[Token] = field(default_factory=list)
    periods: list[Token] = field(default_factory=list)
    stream: list[Token] = field(default_factory=list)
    rows: list[TextRow] = field(default_factory=list)

    def tokens(self) -> Iterator[Token]:
        """All tokens of the region, each once."""
        yield from self.names
        yield from self.header
        yield from (token for token in self.stream if token not in self.header)
        for row in self.rows:
            yield row.label
            yield from row.texts


def find_regions(lines: Sequence[TokenLine]) -> list[Region]:
    """All regions of a run of lines, in order."""
    regions: list[Region] = []
    for tokens in _join_torn(_sections(lines)):
        if sum(token.is_figure for token in tokens) < _LEAST_FIGURES:
            continue
        if _reads_by_rows(tokens):
            regions += _find_row_tables(tokens, lines)
        else:
            regions += _find_column_table(tokens, lines)
    return regions


def _sections(lines: Sequence[TokenLine]) -> Iterator[list[Token]]:
    """The tokens between headings."""
    start = 0
    for index, line in enumerate(lines):
        if line.kind == "heading":
            yield _flatten(lines, start, index)
            start = index + 1
    yield _flatten(lines, start, len(lines))


def _join_torn(sections: Iterator[list[Token]]) -> Iterator[list[Token]]:
    """Sections, those put together again that the next heading has slipped into.

    Where text goes column by column, the labels of the rows and the heading below the table are
    one column: the figures come after that heading.
    """
    held: list[Token] = []
    for tokens in sections:
        if held and tokens and not _goes_on_with_figures(held, tokens):
            yield held
            held = []
        held = [*held, *tokens]
    if held:
        yield held


def _goes_on_with_figures(held: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether labels of rows wait for figures, and figures without such labels follow."""
    periods = [token for token in held if token.kind == "period"]
    if len(periods) < 2 or any(token.kind == "period" for token in tokens):
        return False
    if _reads_by_rows(held) or sum(token.is_figure for token in tokens) < _LEAST_FIGURES:
        return False
    start = next(k for k, token in enumerate(tokens) if token.is_figure)
    names = {token.line for token in tokens[:start] if token.kind == "text"}
    return len(names) <= _MOST_NAME_LINES and not any(
        token.label.endswith(_SENTENCE_ENDS) for token in tokens[:start]
    )


def _flatten(lines: Sequence[TokenLine], start: int, end: int) -> list[Token]:
    return [
        token
        for line in lines[start:end]
        if line.kind in {"table", "mixed", "text"}
        for token in line.tokens
    ]


def _reads_by_rows(tokens: Sequence[Token]) -> bool:
    """Whether period labels stand before their figures, or in runs of their own."""
    votes = 0
    for token, following in pairwise(tokens):
        if token.kind == "period":
            votes += 1 if following.is_figure else -1
    return votes > 0


# rows order


def _find_row_tables(tokens: list[Token], lines: Sequence[TokenLine]) -> list[Region]:
    regions: list[Region] = []
    at = 0
    while at < len(tokens):
        found = _next_row_table(tokens, at, lines)
        if found is None:
            break
        region, at = found
        regions.append(region)
    return regions


def _next_row_table(
    tokens: list[Token], start: int, lines: Sequence[TokenLine]
) -> tuple[Region, int] | None:
    head = next((k for k in range(start, len(tokens)) if _begins_table(tokens, k)), None)
    if head is None:
        return None
    body = head
    while body < len(tokens) and tokens[body].kind == "measure":
        body += 1
    region = Region("rows", header=tokens[head:body])
    region.names = _without_corner(_names_before(tokens, start, head, lines))
    while further := _find_header_beside(tokens, region.header, body):
        region.names += further[0]
        region.header += further[1]
        body += len(further[0]) + len(further[1])
    end = _read_body(region, tokens, body)
    return region, max(end, head + 1)


def _find_header_beside(
    tokens: Sequence[Token], header: Sequence[Token], start: int
) -> tuple[list[Token], list[Token]] | None:
    """Names and labels further right whose lines stand below the labels so far, out of step.

    Cells of one header that are broken into other numbers of lines are printed at other heights.
    """
    head = start
    while head < len(tokens) and tokens[head].kind == "text":
        head += 1
    end = head
    while end < len(tokens) and tokens[end].kind == "measure":
        end += 1
    names, labels = list(tokens[start:head]), list(tokens[head:end])
    if not names or not labels or not header:
        return None
    right = header[-1].spans[-1].end
    beside = all(run[0].gap >= Gap.LINE and run[0].lead >= right for run in (names, labels))
    return (names, labels) if beside else None


def _begins_table(tokens: Sequence[Token], k: int) -> bool:
    """A run of measure labels, or a row of figures that no header precedes."""
    token = tokens[k]
    following = tokens[k + 1] if k + 1 < len(tokens) else None
    if following is None:
        return False
    if token.kind == "measure":
        return not following.is_figure
    return token.kind == "period" and following.is_figure


def _names_before(
    tokens: Sequence[Token], start: int, head: int, lines: Sequence[TokenLine]
) -> list[Token]:
    """The pieces of text right before the header, back to where a sentence or a list ends."""
    first = head
    seen: set[int] = set()
    while first > start and tokens[first - 1].kind == "text":
        line = tokens[first - 1].line
        if line not in seen:
            seen.add(line)
            if len(seen) > _MOST_NAME_LINES or _is_prose(lines[line]):
                break
        first -= 1
    return list(tokens[first:head])


def _without_corner(names: list[Token]) -> list[Token]:
    """The pieces without the label over the labels of the rows: 区分, 項 目, 年度.

    It stands before all names. What comes on lines before it is the heading of the table; where
    names come there the text has lost their order, and those that are left are too few.
    """
    names = [token for token in names if not _UNIT_NOTE.match(token.label)]
    for at, token in enumerate(names):
        if at and names[at - 1].line == token.line:
            continue
        for size in range(1, min(len(names) - at, _LONGEST_CORNER + 1)):
            word = "".join(token.label for token in names[at : at + size])
            if find_role(label_key(word)) in _CORNERS and names[at + size - 1].line == token.line:
                return names[at + size :]
    return names


def _is_prose(line: TokenLine) -> bool:
    """Whether a line of text belongs to a sentence or a list rather than to a header."""
    first, last = line.tokens[0].label, line.tokens[-1].label
    return last.endswith(_SENTENCE_ENDS) or first.startswith(_BULLETS) or "。" in last


def _read_body(region: Region, tokens: Sequence[Token], start: int) -> int:
    """Take rows of figures, then rows of texts; the index where the table ends."""
    k = start
    stray: set[int] = set()
    while k < len(tokens):
        token = tokens[k]
        if token.kind == "row":
            return _read_text_rows(region, tokens, k)
        if token.kind == "measure" and _begins_table(tokens, k):
            return k
        if token.kind == "text":
            stray.add(token.line)
            if len(stray) > _MOST_STRAY_LINES:
                return k
            if is_broken_figure(token) and not _numbers_line(tokens, k):
                region.stream.append(token)
        else:
            stray.clear()
            region.stream.append(token)
            if token.kind == "period":
                region.periods.append(token)
        k += 1
    return k


def _numbers_line(tokens: Sequence[Token], k: int) -> bool:
    """Whether a piece that may be broken off a figure numbers the words behind it: ３ 達成状況."""
    following = tokens[k + 1] if k + 1 < len(tokens) else None
    return following is not None and following.line == tokens[k].line and not following.is_figure


def _read_text_rows(region: Region, tokens: Sequence[Token], start: int) -> int:
    k = start
    while k < len(tokens) and tokens[k].kind in {"row", "text"}:
        token = tokens[k]
        if token.kind == "row":
            region.rows.append(TextRow(token))
        else:
            region.rows[-1].texts.append(token)
        k += 1
    return k


# columns order


def _find_column_table(tokens: list[Token], lines: Sequence[TokenLine]) -> list[Region]:
    if any(token.kind == "period" for token in tokens):
        tokens = [_as_row(token) for token in tokens]
    core = [k for k, token in enumerate(tokens) if token.kind != "text"]
    header = [token for token in tokens if token.kind == "measure"]
    periods = _distinct([token for token in tokens if token.kind == "period"])
    if not header or len(periods) < 2:
        return []
    region = Region("columns", header=header, periods=periods)
    names = _names_before(tokens, 0, core[0], lines)
    region.names = [t for t in names if find_role(label_key(t.label)) not in _CORNERS]
    region.stream = [t for t in tokens[core[0] :] if t.kind != "row"]
    region.rows = [TextRow(t) for t in tokens if t.kind == "row"]
    return [region]


def _as_row(token: Token) -> Token:
    """基準値 among the labels of years is the label of a row."""
    if token.kind == "measure" and period_kind(token.label) == "baseline":
        return replace(token, kind="period")
    return token


def _distinct(periods: list[Token]) -> list[Token]:
    return list({period.label: period for period in reversed(periods)}.values())[::-1]
