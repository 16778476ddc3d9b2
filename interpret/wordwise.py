"""Tables of plain lines in which every row has as many words as the header has: nothing is lost.

    年度     世帯数(世帯) 前年比(%) 被保険者数(人)
    令和４年度 8,420       96.8     12,940
    令和５年度 8,166       97.0     12,301

Where the counts agree in all rows the words of a row stand under those of the header one by one,
whatever the blanks between them are. A header may have two lines: groups over words that come
again and again (Ｒ４ Ｒ５ over 目標 実績 目標 実績), or words with what is in brackets below some
of them (現状 Ｒ５ 目標 over （Ｒ２） （Ｒ８）).

A table with an empty cell that left no mark, or with a name of several words among names of one,
is not read here.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from kenzan.interpret.drafts import Draft
from kenzan.interpret.linear.pieces import Span
from kenzan.interpret.recovered import Recovery
from kenzan.interpret.tables.content import read_content
from kenzan.interpret.tables.regions import is_understood
from kenzan.interpret.words.label import read_label
from kenzan.normalize.characters import fold
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.words.label import Label
    from kenzan.schemas.document import Line

_WORD = re.compile(r"\S+")
_FEWEST_FIGURES = 2
_FEWEST_ROWS = 2
_SURE_ROWS = 3
"""From so many rows on the equal counts are no chance."""
_MOST_WORDS = 40
_MOST_LABELS = 3
_BRACKETED = re.compile(r"[(（].+[)）]")
_PROSE = ("。", "、", "．")
_LETTER_SPACED = 1


@dataclass(frozen=True, slots=True)
class _Column:
    """The words over one column; ``group`` are those over it and its neighbours."""

    words: tuple[Span, ...]
    group: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class _Header:
    """The columns of a header, the first line that it stands on, and how many lines it has."""

    columns: tuple[_Column, ...]
    first: int
    lines: int = 1


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of words: ``labels`` before the first figures, then ``cells``.

    ``figures`` says of each cell whether it is a figure (or a mark for none) or words.
    """

    line: int
    labels: tuple[Span, ...]
    cells: tuple[Span, ...]
    figures: tuple[bool, ...]

    def is_total_under(self, row: _Row) -> bool:
        """Whether it has the figures of a row and nothing under its words: 合計 12,300 98.1%."""
        return all(self.figures) and len(self.cells) == sum(row.figures) < len(row.figures)


def recover_tables(lines: Sequence[Line]) -> list[Recovery]:
    """All tables among the lines whose header and rows have the same number of words."""
    rows = [_read_row(line, index) for index, line in enumerate(lines)]
    found = (_recover(run, lines) for run in _find_runs(rows, lines))
    return [recovery for recovery in found if recovery is not None]


def _read_row(line: Line, index: int) -> _Row | None:
    if "\t" in line.text:
        return None  # tabs tell empty cells apart, which counting words does not
    words = [Span(index, *match.span()) for match in _WORD.finditer(line.text)]
    if not _FEWEST_FIGURES < len(words) <= _MOST_WORDS:
        return None
    kinds = [_kind(line.text[span.start : span.end]) for span in words]
    first = next((k for k in range(1, len(words)) if kinds[k] and all(kinds[k : k + 2])), None)
    if first is None or sum(kinds[first:]) < _FEWEST_FIGURES or first > _MOST_LABELS:
        return None
    return _Row(index, tuple(words[:first]), tuple(words[first:]), tuple(kinds[first:]))


def _kind(word: str) -> bool:
    """Whether a word is one figure with all that belongs to it, or a mark for none."""
    content = read_content(word)
    return content.kind == "missing" or (content.figures and len(content.entries) == 1)


def _find_runs(rows: Sequence[_Row | None], lines: Sequence[Line]) -> Iterator[list[_Row]]:
    """Rows on lines one after the other that have figures and words in the same order.

    A total may have no words behind or between its figures.
    """
    run: list[_Row] = []
    for row in (*rows, None):
        same = row is not None and bool(run) and row.figures == run[0].figures
        if row is not None and run and not same:
            same = row.is_total_under(run[0]) and _is_total(row, lines)
        if not same:
            if len(run) >= _FEWEST_ROWS:
                yield run
            run = []
        if row is not None:
            run.append(row)


def _recover(run: Sequence[_Row], lines: Sequence[Line]) -> Recovery | None:
    figures = run[0].figures
    for header in _read_headers(lines, run[0].line, len(figures)):
        labels = len(header.columns) - len(figures)
        if labels < 1 or not all(_fits(row, labels, lines) for row in run):
            continue
        if any(_heads_figures(column, lines) for column in header.columns[:labels]):
            continue  # one of the header's own columns: what stood before it is lost
        over = [c for c, figure in zip(header.columns[labels:], figures, strict=True) if figure]
        if _names_figures(over, run, lines):
            return _build(header, labels, run, lines)
    return None


def _heads_figures(column: _Column, lines: Sequence[Line]) -> bool:
    label = read_label(_text(column.words, lines))
    return label.only_period or (label.measure is not None and label.measure.whole)


def _text(spans: Sequence[Span], lines: Sequence[Line]) -> str:
    return "".join(lines[span.line].text[span.start : span.end] for span in spans)


def _fits(row: _Row, labels: int, lines: Sequence[Line]) -> bool:
    """Whether a row has a word for each column of labels; a total needs but one.

    Where there is one column of labels its names may have several words.
    """
    return labels == 1 or len(row.labels) == labels or _is_total(row, lines)


def _is_total(row: _Row, lines: Sequence[Line]) -> bool:
    label = read_label(_text(row.labels, lines))
    return len(row.labels) == 1 and label.kind in {"total", "subtotal"}


def _read_headers(lines: Sequence[Line], end: int, figures: int) -> Iterator[_Header]:
    """The headers that may stand right above a line: of one line, then of two."""
    lower = _read_words(lines, end - 1)
    if len(lower) > figures:
        yield _Header(tuple(_Column((word,)) for word in lower), end - 1)
    upper = _read_words(lines, end - 2)
    if upper and all(_unit(word, lines) for word in lower):
        yield from _with_units(upper, lower, figures, lines)
    if len(lower) == figures and upper:
        yield from _with_brackets(upper, lower, lines)
        yield from _with_groups(upper, lower, lines)
        yield from _below_a_corner(upper, lower, lines)


def _read_words(lines: Sequence[Line], at: int) -> list[Span]:
    """The words of a header, a label with blanks between its letters (区 分) as one; or nothing."""
    words = [Span(at, *match.span()) for match in _WORD.finditer(lines[at].text)] if at >= 0 else []
    texts = [_text([span], lines) for span in words]
    if not 1 < len(words) <= _MOST_WORDS or any(t.endswith(_PROSE) for t in texts):
        return []
    letters = 0
    while letters < len(texts) and len(texts[letters]) == _LETTER_SPACED:
        letters += 1
    if letters > 1:
        words = [Span(at, words[0].start, words[letters - 1].end), *words[letters:]]
        texts = texts[letters - 1 :]
    plain = all(not read_content(t).figures or read_content(t).bare_year for t in texts[1:])
    return words if plain else []


def _unit(word: Span, lines: Sequence[Line]) -> bool:
    return find_known_unit(fold(_text([word], lines)).strip("()[]")) is not None


def _with_units(
    upper: Sequence[Span], lower: Sequence[Span], cells: int, lines: Sequence[Line]
) -> Iterator[_Header]:
    """人件費 利用者数 単価（円） over 千円 人: a unit for each column that states none itself."""
    labels = len(upper) - cells
    bare = [word for word in upper[labels:] if not read_label(_text([word], lines)).unit]
    if labels < 1 or len(bare) != len(lower):
        return
    units = dict(zip(bare, lower, strict=True))
    columns = [_Column((units[w],), (w,)) if w in units else _Column((w,)) for w in upper]
    yield _Header(tuple(columns), upper[0].line, 2)


def _with_brackets(
    upper: Sequence[Span], lower: Sequence[Span], lines: Sequence[Line]
) -> Iterator[_Header]:
    """現状 目標 over （Ｒ２） Ｒ３ Ｒ４ （Ｒ８）: as many words in brackets as stand above them."""
    bracketed = [bool(_BRACKETED.fullmatch(_text([span], lines))) for span in lower]
    labels = len(upper) - sum(bracketed)
    if not 0 < sum(bracketed) < len(lower) or labels < 1:
        return
    above = iter(upper[labels:])
    columns = [_Column((word,)) for word in upper[:labels]]
    for word, held in zip(lower, bracketed, strict=True):
        columns.append(_Column((next(above), word) if held else (word,)))
    yield _Header(tuple(columns), upper[0].line, 1)


def _with_groups(
    upper: Sequence[Span], lower: Sequence[Span], lines: Sequence[Line]
) -> Iterator[_Header]:
    """Ｒ４ Ｒ５ over 目標 実績 目標 実績: the words below begin again under each word above."""
    texts = [_text([span], lines) for span in lower]
    again = next((k for k in range(1, len(texts)) if texts[k] == texts[0]), 0)
    if again < _FEWEST_FIGURES or len(texts) % again:
        return
    groups = len(texts) // again
    labels = len(upper) - groups
    if labels < 1 or texts != texts[:again] * groups:
        return
    columns = [_Column((word,)) for word in upper[:labels]]
    for k, word in enumerate(lower):
        columns.append(_Column((word,), (upper[labels + k // again],)))
    yield _Header(tuple(columns), upper[0].line, 2)


def _below_a_corner(
    upper: Sequence[Span], lower: Sequence[Span], lines: Sequence[Line]
) -> Iterator[_Header]:
    """年 内訳 over 火災件数 建物 林野: a corner, and words that say no year and no measure.

    How many names stand under such a word is not told; names that are all different and no
    measures (目標 実績, whose indicators would be lost) are what they are without it.
    """
    corner, *over = [read_label(_text([word], lines)) for word in upper]
    names = [read_label(_text([word], lines)) for word in lower]
    telling = any(
        label.period or label.relative is not None or label.measure for label in (*over, *names)
    )
    if corner.role is None or telling or len({label.text for label in names}) < len(names):
        return
    columns = [_Column((upper[0],)), *(_Column((word,)) for word in lower)]
    yield _Header(tuple(columns), upper[0].line, 1)


def _names_figures(columns: Sequence[_Column], run: Sequence[_Row], lines: Sequence[Line]) -> bool:
    """Whether headers use half of the words over the figures, or the rows are years."""
    labels = [read_label(_text(column.words, lines)) for column in columns]
    groups = [read_label(_text(column.group, lines)) for column in columns]
    known = sum(
        is_understood(label) or bool(label.unit) or group.only_period
        for label, group in zip(labels, groups, strict=True)
    )
    names = [read_label(_text(row.labels, lines)) for row in run]
    dated = sum(name.only_period for name in names)
    # 増減 and 増減率 below the years compare them.
    years = dated > 1 and all(n.only_period or _compares(n) for n in names)
    return known * 2 >= len(labels) or years


def _compares(label: Label) -> bool:
    return label.measure is not None and label.measure.measure in {"change", "change_rate"}


def _build(header: _Header, labels: int, run: Sequence[_Row], lines: Sequence[Line]) -> Recovery:
    draft = Draft(lines, len(header.columns))
    _add_header(draft, header)
    figures = run[0].figures
    for place, row in enumerate(run, header.lines):
        names = [[span] for span in row.labels] if labels > 1 else [list(row.labels)]
        cells = iter(row.cells)
        short = len(row.cells) < len(figures)
        rest = [[next(cells)] if figure or not short else [] for figure in figures]
        for col, spans in enumerate((*names, *([] for _ in range(labels - len(names))), *rest)):
            draft.add(place, col, draft.cut(spans), (1, 1))
    draft.rows = len(run) + header.lines
    used = (*range(header.first, run[0].line), *(row.line for row in run))
    return Recovery(
        grid=draft.build([lines[k] for k in used]),
        used=used,
        sure=len(run) >= _SURE_ROWS,
        whole=True,
    )


def _add_header(draft: Draft, header: _Header) -> None:
    for group, columns in groupby(enumerate(header.columns), key=lambda one: one[1].group):
        members = list(columns)
        if group:
            draft.add(0, members[0][0], draft.cut(group), (1, len(members)))
        top, height = (1, 1) if group else (0, header.lines)
        for col, column in members:
            draft.add(top, col, draft.cut(column.words), (height, 1))
