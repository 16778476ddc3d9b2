"""What a tree of HTML elements shows: lines of text, and tables with their spans."""

from __future__ import annotations

import re
from dataclasses import field
from itertools import product
from typing import TYPE_CHECKING, Any

from kenzan.extract.native import fit_grid, trim_lines
from kenzan.extract.sheet import SheetCell, SheetFrame, split_sheet
from kenzan.schemas.data_files import read_toml
from kenzan.schemas.document import Cell, Grid, Line, Notice
from kenzan.schemas.geometry import Place
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.extract.options import Budget, Deadline
    from kenzan.schemas.document import Block

_TAGS = read_toml("kenzan.extract", "html_tags.toml")
_NOT_SHOWN = frozenset(_TAGS["not_shown"])
_INLINE = frozenset(_TAGS["inline"])
_PREFORMATTED = frozenset(_TAGS["preformatted"])
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_GROUPS = ("thead", "tbody", "tfoot")
_DIGIT = re.compile(r"\d")
_MAX_COLSPAN = 1_000
_MAX_NESTING = 20
_CHECK_EVERY = 256


@dataclass(frozen=True, slots=True)
class PageLimits:
    """What may be spent on one document: grid positions, characters, time."""

    cells: Budget
    chars: Budget
    deadline: Deadline


@dataclass(slots=True)
class Flow:
    """What a part of the page shows, in order, and what was deleted or hidden in it."""

    blocks: list[Block] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)


def read_flow(root: Any, limits: PageLimits, nesting: int = 0) -> Flow:
    """The lines and grids under an element, its own tail not included."""
    from lxml import etree

    flow = Flow()
    writer = _LineWriter(flow, limits)
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped = None
    for count, (event, element) in enumerate(walk):
        if count % _CHECK_EVERY == 0:
            limits.deadline.check()
        if event == "end":
            writer.leave(element, shown=element is not skipped, is_root=element is root)
            continue
        is_table = element.tag == "table" and element is not root and nesting < _MAX_NESTING
        if element is not root and _is_left_out(element, flow):
            skipped = element
        elif is_table:
            writer.end_line()
            _read_table(element, flow, limits, nesting + 1)
            skipped = element
        else:
            writer.enter(element)
        if skipped is element:
            walk.skip_subtree()
    writer.end_line()
    return flow


def _is_left_out(element: Any, flow: Flow) -> bool:
    """Whether an element does not show; the text of a deletion is noted."""
    if element.tag == "del":
        flow.deleted.append(" ".join("".join(element.itertext()).split()))
        return True
    return element.tag in _NOT_SHOWN or _is_hidden(element)


def _is_hidden(element: Any) -> bool:
    if element.get("hidden") is not None:
        return True
    return _HIDING.search(element.get("style", "").lower()) is not None


class _LineWriter:
    """Collects text, white space collapsed as a browser does, into lines."""

    def __init__(self, flow: Flow, limits: PageLimits) -> None:
        self._flow = flow
        self._limits = limits
        self._parts: list[str] = []
        self._preformatted = 0

    def enter(self, element: Any) -> None:
        if element.tag == "br" or element.tag not in _INLINE:
            self.end_line()
        self._preformatted += element.tag in _PREFORMATTED
        self._write(element.text)

    def leave(self, element: Any, *, shown: bool, is_root: bool) -> None:
        if shown and element.tag not in _INLINE and element.tag != "br":
            self.end_line()
        if shown and element.tag in _PREFORMATTED:
            self._preformatted -= 1
        if not is_root:
            self._write(element.tail)

    def end_line(self) -> None:
        text = "".join(self._parts)
        self._parts.clear()
        self._add(text if self._preformatted else _SPACE.sub(" ", text).strip(" "))

    def _write(self, text: str | None) -> None:
        if not text:
            return
        self._limits.chars.spend(len(text))
        if not self._preformatted:
            self._parts.append(text)
            return
        *ended, rest = text.split("\n")
        for line in ended:
            self._add("".join(self._parts) + line.rstrip("\r"))
            self._parts.clear()
        self._parts.append(rest)

    def _add(self, text: str) -> None:
        if text.strip():
            self._flow.blocks.append(Line(text, 1))


def _read_table(table: Any, flow: Flow, limits: PageLimits, nesting: int) -> None:
    """Add the caption, the grid, then the tables nested in its cells."""
    for caption in table.iterchildren("caption"):
        _extend(flow, read_flow(caption, limits, nesting))
    placer = _CellPlacer(limits)
    inner: list[Flow] = []
    for group in _row_groups(table, flow):
        placer.begin_group(len(group))
        for row in group:
            placer.begin_row()
            for cell in row.iterchildren("td", "th"):
                if not _is_hidden(cell):
                    inner.append(read_flow(cell, limits, nesting))
                    placer.add(inner[-1], _span(cell, "rowspan"), _span(cell, "colspan"))
    nested = [block for content in inner for block in content.blocks if isinstance(block, Grid)]
    if nested and placer.is_frame:  # it only sets other tables
        for content in inner:
            _extend(flow, content)
        return
    if placer.shows_something:
        flow.blocks.extend(_to_blocks(placer.cells, limits.cells))
    flow.blocks.extend(nested)
    for content in inner:
        flow.notices.extend(content.notices)
    flow.notices.extend(placer.notices)


def _to_blocks(cells: list[Cell], budget: Budget) -> list[Block]:
    """The grid of a table, or the blocks of a whole sheet that was saved as one table."""
    if _looks_like_sheet(cells):
        shown = [
            SheetCell(c.row, c.col, tuple(x.text for x in c.lines), c.rowspan, c.colspan)
            for c in cells
            if c.lines
        ]
        return list(split_sheet(shown, SheetFrame(1, budget, numbered=False)))
    grid = fit_grid(cells, 1, budget)
    return [grid] if grid is not None else [line for cell in cells for line in cell.lines]


def _looks_like_sheet(cells: list[Cell]) -> bool:
    """Whether the first row is a title alone among blank cells: no table has such a header."""
    first = [cell for cell in cells if cell.row == 0]
    told = sum(bool(cell.lines) for cell in first)
    return len(first) >= 3 and told <= 1 and all(c.colspan == c.rowspan == 1 for c in first)


def _extend(flow: Flow, other: Flow) -> None:
    flow.blocks.extend(other.blocks)
    flow.notices.extend(other.notices)
    flow.deleted.extend(other.deleted)


def _row_groups(table: Any, flow: Flow) -> Iterator[list[Any]]:
    """The rows that show, in display order: a ``tfoot`` comes last wherever it is written."""
    groups: dict[str, list[list[Any]]] = {name: [[]] for name in _GROUPS}
    hidden = 0
    for child in table.iterchildren("tr", *_GROUPS):
        is_group = child.tag in _GROUPS
        if is_group:
            groups[child.tag].append([])
        kept = groups[child.tag if is_group else "tbody"][-1]
        for row in child.iterchildren("tr") if is_group else (child,):
            if not _is_hidden(child) and not _is_hidden(row):
                kept.append(row)
            else:
                hidden += any(text.strip() for text in row.itertext())
    if hidden:
        flow.notices.append(Notice("hidden-content", f"{hidden} table rows", Place(1)))
    yield from (rows for name in _GROUPS for rows in groups[name] if rows)


def _span(cell: Any, attribute: str) -> int:
    match = re.match(r"\s*\+?(\d{1,6})", cell.get(attribute, ""))
    return int(match[1]) if match else 1


class _CellPlacer:
    """Places cells by the table model of HTML: each in the first free column of its row.

    Source: HTML Living Standard, section 4.9.12 (forming a table).
    """

    def __init__(self, limits: PageLimits) -> None:
        self._limits = limits
        self._taken: set[tuple[int, int]] = set()
        self._row = -1
        self._col = 0
        self._group_end = 0
        self.cells: list[Cell] = []
        self.notices: list[Notice] = []

    @property
    def is_frame(self) -> bool:
        """Whether all cells stand in one row or one column."""
        return len({c.row for c in self.cells}) == 1 or len({c.col for c in self.cells}) == 1

    @property
    def shows_something(self) -> bool:
        return any(cell.lines or cell.deleted for cell in self.cells)

    def begin_group(self, rows: int) -> None:
        self._group_end = self._row + 1 + rows

    def begin_row(self) -> None:
        self._row += 1
        self._col = 0

    def add(self, content: Flow, rowspan: int, colspan: int) -> None:
        """Place one cell; ``rowspan`` 0 reaches to the end of its row group."""
        while (self._row, self._col) in self._taken:
            self._col += 1
        left = self._group_end - self._row
        rowspan = min(rowspan or left, left)
        colspan = self._free_run(min(max(colspan, 1), _MAX_COLSPAN))
        self._limits.cells.spend(rowspan * colspan)
        self._taken.update(
            product(range(self._row, self._row + rowspan), range(self._col, self._col + colspan))
        )
        lines = trim_lines([block for block in content.blocks if isinstance(block, Line)])
        deleted = tuple(filter(None, content.deleted))
        self.cells.append(
            Cell(self._row, self._col, rowspan, colspan, lines=lines, deleted=deleted)
        )
        if any(_DIGIT.search(text) for text in deleted):
            detail = f"{' '.join(deleted)} → {' '.join(line.text for line in lines)}"
            self.notices.append(Notice("tracked-change", detail, Place(1)))
        self._col += colspan

    def _free_run(self, wanted: int) -> int:
        """How many columns are free from here, at most ``wanted``: cells may not overlap."""
        columns = range(self._col, self._col + wanted)
        taken = (col for col in columns if (self._row, col) in self._taken)
        return next(taken, columns.stop) - self._col
