"""Pages without pictures: lines of a text and tables as they stand in the file, figures marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kenzan.schemas.document import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.export.figure_marks import Mark
    from kenzan.schemas.document import Cell, Line
    from kenzan.schemas.report import Report, TableReading
    from kenzan.schemas.view import PageView

Position = tuple[int, int]
# Tables were read in the order of the file: the one of a grid is among the next few.
_LOOK_AHEAD = 12
_ENOUGH = 0.6


class TextMarks:
    """Finds which table was read out of which grid; each is given away once."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._waiting = [table for table in report.tables if table.cells]

    def table_of(self, grid: Grid) -> TableReading | None:
        """The table whose figures stand in the grid where it says they do."""
        matrix = grid.matrix()
        for table in self._waiting[:_LOOK_AHEAD]:
            if table.page == grid.page and self._agreement(table, matrix) >= _ENOUGH:
                self._waiting.remove(table)
                return table
        return None

    def _agreement(self, table: TableReading, matrix: list[list[Cell | None]]) -> float:
        held = total = 0
        for (row, col), found in table.cells.items():
            inside = row < len(matrix) and col < len(matrix[row])
            cell = matrix[row][col] if inside else None
            for index in found:
                total += 1
                held += cell is not None and self._report.observations[index].value_raw in cell.text
        return held / total

    def by_cell(self, table: TableReading | None, marks: Sequence[Mark]) -> dict[Position, Any]:
        """The marks of one table by the position of their cell."""
        found: dict[Position, list[Mark]] = {}
        for mark in marks if table is not None else ():
            origin = self._report.observations[mark.observation].origin
            same = table is not None and origin.table == table.number
            if same and origin.row is not None and origin.col is not None:
                found.setdefault((origin.row, origin.col), []).append(mark)
        return found


def describe_blocks(
    view: PageView, marks: Sequence[Mark], texts: TextMarks
) -> list[dict[str, Any]]:
    """What the template needs of a page's lines and tables, in their order."""
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.place.line is not None:
            by_line.setdefault(mark.place.line, []).append(mark)
    blocks: list[dict[str, Any]] = []
    for block in view.blocks:
        if isinstance(block, Grid):
            cells = texts.by_cell(texts.table_of(block), marks)
            blocks.append(_describe_grid(block, cells))
            continue
        if not blocks or "lines" not in blocks[-1]:
            blocks.append({"lines": [], "anchors": set()})
        line = _describe_line(block, by_line.get(block.number or 0, []))
        blocks[-1]["lines"].append(line)
        blocks[-1]["anchors"].update(_anchors(line["parts"]))
    return blocks


def _describe_line(line: Line, marks: Sequence[Mark]) -> dict[str, Any]:
    return {"number": line.number, "parts": _parts(line.text, list(marks))}


def _anchors(parts: Sequence[dict[str, Any]]) -> Iterator[str]:
    return (part["anchor"] for part in parts if part["state"])


def _describe_grid(grid: Grid, marks: dict[Position, list[Mark]]) -> dict[str, Any]:
    rows: list[list[dict[str, Any]]] = [[] for _ in range(grid.rows)]
    for cell in sorted(grid.cells, key=lambda item: (item.row, item.col)):
        rows[cell.row].append(_describe_cell(cell, marks.get((cell.row, cell.col), [])))
    anchors = {
        anchor
        for row in rows
        for cell in row
        for parts in cell["lines"]
        for anchor in _anchors(parts)
    }
    return {"rows": rows, "sheet": grid.sheet or "", "anchors": anchors}


def _describe_cell(cell: Cell, marks: list[Mark]) -> dict[str, Any]:
    waiting = list(marks)
    lines = [_parts(line.text, waiting) for line in cell.lines]
    return {
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
        "figure": bool(marks),
        "lines": lines,
    }


def _parts(text: str, waiting: list[Mark]) -> list[dict[str, Any]]:
    """A line cut at its figures; the marks found in it are taken from those waiting."""
    spans: list[tuple[int, int, Mark]] = []
    for mark in sorted(waiting, key=lambda item: -len(item.printed)):
        start = _free(text, mark.printed, spans)
        if start >= 0:
            spans.append((start, start + len(mark.printed), mark))
            waiting.remove(mark)
    parts: list[dict[str, Any]] = []
    done = 0
    for start, end, mark in sorted(spans, key=lambda span: span[0]):
        parts.append({"text": text[done:start], "state": ""})
        anchor = f"{mark.observation}-{mark.field}"
        parts.append({"text": text[start:end], "state": mark.state, "anchor": anchor})
        done = end
    return [*parts, {"text": text[done:], "state": ""}]


def _free(text: str, wanted: str, spans: Sequence[tuple[int, int, Mark]]) -> int:
    """Where a figure stands that no longer one has taken; -1 if nowhere."""
    start = text.find(wanted) if wanted else -1
    while start >= 0 and any(
        start < end and begin < start + len(wanted) for begin, end, _ in spans
    ):
        start = text.find(wanted, start + 1)
    return start
