"""Tables that plain text spells out: CSV and TSV files, tab-separated runs, pipe tables."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.extract.columns import find_edges
from kenzan.extract.sheet import SheetCell, SheetFrame, split_sheet
from kenzan.schemas.document import Cell, Grid, Line
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kenzan.extract.options import Budget
    from kenzan.schemas.document import Block

_SUFFIXES = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
_SNIFFED_RECORDS = 200
_BARS = "|│┃｜"
_RULE = re.compile(r"[\s|│┃｜+\-=:_─━═┄┅┈┉┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┠┣┤┥┨┫┬┯┰┳┴┷┸┻┼┿╂╋╔╗╚╝╠╣╦╩╬║]+")
_BAR = re.compile(rf"(?<!\\)[{_BARS}║]")


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a delimited file; ``numbers`` is the line each begins on, from 1."""

    fields: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]


def find_records(text: str, name: str) -> Records | None:
    """The records, if the text is a CSV or TSV file; ``None`` if it is any other text.

    The suffix of ``name`` is trusted to say which it is, unless there is but one column. Without
    it, nearly all lines must have the same number of fields: text with grouped figures has commas
    too.
    """
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)
    hinted = next((mark for suffix, mark in _SUFFIXES.items() if name.lower().endswith(suffix)), "")
    for delimiter in (hinted,) if hinted else ("\t", ","):
        if not _is_delimited(lines, delimiter, hinted=bool(hinted)):
            continue
        records = _parse_records(lines, delimiter)
        if records is not None:
            return records
    return None


def _is_delimited(lines: Sequence[str], delimiter: str, *, hinted: bool) -> bool:
    sample = _parse_records(lines[:_SNIFFED_RECORDS], delimiter)
    counts = Counter(len(fields) for fields in sample.fields if fields) if sample else Counter()
    if not counts:
        return False
    if hinted:
        return max(counts) >= 2
    if sample and delimiter == "," and any(map(_cuts_figure, sample.fields)):
        return False
    width, hits = counts.most_common(1)[0]
    return width >= 3 and hits >= 3 and hits >= 0.95 * counts.total()


def _cuts_figure(fields: Sequence[str]) -> bool:
    """Whether a comma between these fields groups the digits of a figure (``Ｒ２ 12,672人``)."""
    return any(
        re.search(r"\d$", left)
        and re.match(r"\d{3}(?!\d)", right)
        and not (left.strip().isdigit() and right.strip().isdigit())
        for left, right in pairwise(fields)
    )


def _parse_records(lines: Sequence[str], delimiter: str) -> Records | None:
    reader = csv.reader(lines, delimiter=delimiter)
    fields: list[tuple[str, ...]] = []
    numbers: list[int] = []
    begun = 1
    try:
        for record in reader:
            fields.append(tuple(record))
            numbers.append(begun)
            begun = reader.line_num + 1
    except csv.Error:  # a field without end, or a line that is no record
        return None
    return Records(tuple(fields), tuple(numbers))


def split_records(records: Records, page: int, budget: Budget) -> tuple[Block, ...]:
    """The tables of a delimited file, and the lines above and below them."""
    cells = (
        SheetCell(row, col, trimmed_lines(text))
        for row, fields in enumerate(records.fields)
        for col, text in enumerate(fields)
        if text.strip()
    )
    return split_sheet(cells, SheetFrame(page, budget, numbers=records.numbers))


def trimmed_lines(text: str) -> tuple[str, ...]:
    """The lines of a cell's text, without blank ones before and after; () if all are blank."""
    lines = re.split(r"\r\n|[\r\n\v\u2028]", text)
    told = [i for i, line in enumerate(lines) if line.strip()]
    return tuple(lines[told[0] : told[-1] + 1]) if told else ()


def find_marked_tables(lines: Sequence[Line], budget: Budget) -> list[Block]:
    """The lines of a page, with every run that marks its columns by bars or tabs made a grid.

    Each grid keeps the lines it was made of as its ``source``.
    """
    blocks: list[Block] = []
    start = 0
    for end, make in _runs(lines):
        run = lines[start:end]
        grid = make(run) if make is not None else None
        if grid is None:
            blocks.extend(run)
        else:
            budget.spend(grid.rows * grid.cols)
            blocks.append(grid)
        start = end
    return blocks


def _runs(
    lines: Sequence[Line],
) -> Iterator[tuple[int, Callable[[Sequence[Line]], Grid | None] | None]]:
    """Ends of runs of lines of the same make, each with what may turn it into a grid."""
    makers = [_maker(line.text) for line in lines]
    for i, (maker, following) in enumerate(pairwise([*makers, None])):
        last = i == len(lines) - 1
        if last or following is not maker:
            yield i + 1, maker


def _maker(text: str) -> Callable[[Sequence[Line]], Grid | None] | None:
    if len(_BAR.findall(text)) >= 2 or (_RULE.fullmatch(text) and len(text.strip()) >= 3):
        return _to_bar_grid
    return _to_tab_grid if "\t" in text.strip() else None


def _to_tab_grid(run: Sequence[Line]) -> Grid | None:
    """A run of lines with tabs; a tab after a list number alone makes no table."""
    rows = [[field.strip(" ") for field in line.text.rstrip().split("\t")] for line in run]
    width = max(map(len, rows))
    if len(rows) < 2 or (width == 2 and not _all_figures([row[-1] for row in rows])):
        return None
    cells = tuple(
        Cell(i, j, lines=_part_line(run[i], row[j] if j < len(row) else ""))
        for i, row in enumerate(rows)
        for j in range(width)
    )
    return Grid(run[0].page, len(rows), width, cells, origin="aligned", source=tuple(run))


def _all_figures(texts: Sequence[str]) -> bool:
    return len(texts) >= 3 and sum(SheetCell(0, 0, (t,)).is_figure for t in texts) >= len(texts) / 2


def _part_line(line: Line, text: str) -> tuple[Line, ...]:
    return (Line(text, line.page, number=line.number),) if text.strip() else ()


def _to_bar_grid(run: Sequence[Line]) -> Grid | None:
    """A run of lines with bars: Markdown, or a table drawn with rules."""
    groups = _row_groups(run)
    if len(groups) < 2:
        return None
    parsed = [[_bar_cells(line) for line in group] for group in groups]
    stops = _stops(parsed)
    cells = tuple(cell for row, group in enumerate(parsed) for cell in _bar_row(row, group, stops))
    return Grid(run[0].page, len(groups), len(stops), cells, origin="aligned", source=tuple(run))


def _row_groups(run: Sequence[Line]) -> list[list[Line]]:
    """The lines of each row. Where rules part most rows, a row may have several lines."""
    groups: list[list[Line]] = [[]]
    for line in run:
        if not _RULE.fullmatch(line.text) or not re.search(r"[-=_─━═]", line.text):
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    return groups if len(groups) > 2 else [[line] for group in groups for line in group]


@dataclass(frozen=True, slots=True)
class _BarCell:
    """One cell between two bars: where the left bar stands, and the text."""

    x: int
    line: Line
    text: str


def _bar_cells(line: Line) -> list[_BarCell]:
    text = line.text
    x0s, _ = find_edges(text, "width")
    bars = [match.start() for match in _BAR.finditer(text)]
    if text[: bars[0]].strip() if bars else True:
        bars.insert(0, -1)
    if text[bars[-1] + 1 :].strip():
        bars.append(len(text))
    return [
        _BarCell(x0s[a] if a >= 0 else -1, line, text[a + 1 : b].strip()) for a, b in pairwise(bars)
    ]


def _stops(parsed: list[list[list[_BarCell]]]) -> list[int]:
    """Where the columns begin, in half-width columns: the bars of the row that has most."""
    fullest = max((row for group in parsed for row in group), key=len)
    return [cell.x for cell in fullest]


def _bar_row(row: int, group: list[list[_BarCell]], stops: list[int]) -> Iterator[Cell]:
    """The cells of one row: by order if it has a cell for each column, else by where bars stand."""
    shape = max(group, key=len)
    starts = sorted({_nearest(cell.x, stops) for cell in shape})
    if len(shape) == len(stops) or len(starts) < len(shape):
        starts = list(range(len(shape)))
    ends = [*starts[1:], len(stops)]
    for i, (col, end) in enumerate(zip(starts, ends, strict=True)):
        told = [
            line
            for cells in group
            if i < len(cells)
            for line in _part_line(cells[i].line, cells[i].text)
        ]
        yield Cell(row, col, colspan=end - col, lines=tuple(told))


def _nearest(x: int, stops: Sequence[int]) -> int:
    distances = [abs(stop - x) for stop in stops]
    return distances.index(min(distances))
