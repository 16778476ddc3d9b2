"""Grids without rules that are no tables: titles in spaced letters, page numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.tables.content import read_content

if TYPE_CHECKING:
    from kenzan.interpret.tables.content import Content
    from kenzan.schemas.document import Grid, Line

_FEW_ROWS = 3
_PLAIN_FIGURES = 100


def lines_instead(grid: Grid) -> tuple[Line, ...]:
    """The plain lines that a grid was made of, where they are the better reading; else ``()``.

    Only columns found by alignment are doubted, and only where a few rows hold mostly single
    characters and no figure that looks like one (― 2 ― over 第 １ 表 歳 入 歳 出).
    """
    if grid.origin != "aligned" or grid.rows > _FEW_ROWS or not grid.source:
        return ()
    filled = [c for cell in grid.cells if (c := read_content(cell.text)).kind != "empty"]
    single = sum(len(content.raw.strip()) == 1 for content in filled)
    if single * 2 <= len(filled) or any(_is_serious(content) for content in filled):
        return ()
    return grid.source


def _is_serious(content: Content) -> bool:
    """Whether a cell holds a figure with a unit, a decimal, groups, or three digits."""
    return any(
        e.number.value is not None
        and (
            e.number.unit
            or e.number.decimals
            or e.number.grouping != "none"
            or abs(e.number.value) >= _PLAIN_FIGURES
        )
        for e in content.entries
    )
