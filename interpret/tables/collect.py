"""All tables of a stream: parts of one table joined, headers inherited, captions found."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.interpret.tables.captions import Caption, is_note, read_caption, states_unit
from kenzan.interpret.tables.cuts import mend_cut_row, without_title_rows
from kenzan.interpret.tables.joins import (
    has_header,
    inherits_from,
    repeats_header,
    same_edges,
    with_header,
    without_rows,
)
from kenzan.interpret.tables.pairs import Said
from kenzan.interpret.tables.regions import find_bands
from kenzan.interpret.tables.view import View, view_grids
from kenzan.interpret.tables.wide_rows import split_wide_rows
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.text.stream import Item
    from kenzan.schemas.document import Grid, Line

_CAPTION_LINES = 6
# As many tables back the one is looked for whose header a sheet prints on every page.
_TITLES = 12
_PAGED = frozenset({"pdf", "text"})


@dataclass(slots=True)
class Found:
    """One logical table: its grids over the pages, its caption, its first item of the stream.

    ``head`` counts the header rows of the first grid; ``inherited`` those copied from above.
    """

    item: int
    grids: list[Grid]
    caption: Caption
    head: int
    inherited: int = 0
    page: int = 0
    lines: list[Line] = field(default_factory=list)
    first_view: View | None = None

    def view(self) -> View:
        """The grids below one another."""
        if self.first_view is not None and len(self.grids) == 1:
            return self.first_view
        return view_grids(self.grids)


def collect_tables(items: Sequence[Item], kind: str) -> list[Found]:
    """Every table of the document in reading order; tables cut by pages are joined."""
    found: list[Found] = []
    above: list[Item] = []
    for item in items:
        if item.grid is None:
            if found and not above and is_note(item.text):
                found[-1].caption.notes.append(item.text)
            elif item.text and not item.running:
                above.append(item)
            continue
        near = _lines_above(above, item.page)
        caption = read_caption(near[-_CAPTION_LINES:])
        last = found[-1] if found else None
        grid, foot = split_wide_rows(_without_title_rows(item.grid, found, kind))
        if last is None or kind not in _PAGED or not _continue(last, grid, caption, above):
            opened = _open(item, grid, caption, last, kind)
            if last is not None and opened.inherited == last.grids[0].rows:
                opened.caption = _closer(caption, last.caption)
                found.pop()
            found.append(opened)
        if foot is not None:
            found.append(_open(item, foot, Caption(), None, kind))
        above = []
    return found


def _without_title_rows(grid: Grid, found: Sequence[Found], kind: str) -> Grid:
    """The first grid of a page without the header of another table than it goes on with."""
    if kind not in _PAGED or len(found) < 2 or grid.page != found[-1].page + 1:
        return grid
    earlier = reversed(found[-_TITLES:-1])
    return without_title_rows(
        grid, found[-1].grids[-1], ((one.grids[0], one.head) for one in earlier)
    )


def _lines_above(above: Sequence[Item], page: int) -> list[Line]:
    """The lines between the last table and this one on its page, or one before the page turns.

    At the foot of the page before, only a line that names an indicator (指標①：来館者数) counts, or
    one that states the unit of what follows, with the title over it.
    """
    lines = [i.line for i in above if i.line is not None and i.page == page]
    foot = [i.line for i in above if i.line is not None and i.page == page - 1]
    if lines or not foot:
        return lines
    if Said().headed(foot[-1].text):
        return foot[-1:]
    return foot[-2:] if states_unit(foot[-1].text) else []


def _closer(own: Caption, above: Caption) -> Caption:
    """The caption of a table whose header alone stood on the page before."""
    return own if own.title and not above.title else above


def _continue(last: Found, grid: Grid, caption: Caption, above: Sequence[Item]) -> bool:
    """Join the grid to the last table if it goes on over the page; tell whether it did."""
    tail = last.grids[-1]
    headed_again = repeats_header(last.grids[0], grid, last.head) and tail.cols == grid.cols
    # Where no rules are, edges are those of what happens to stand on the page.
    alike = same_edges(tail, grid) or (headed_again and grid.origin == "aligned")
    if grid.page != last.page + 1 or not alike:
        return False
    if any(item.page == last.page for item in above):
        return False
    same_caption = caption.levels == last.caption.levels and last.caption.title.endswith(
        caption.title
    )
    if above and not same_caption:
        return False
    if headed_again:
        rest = without_rows(grid, last.head)
    elif not has_header(grid):
        rest = grid
    else:
        return False
    last.grids[-1:] = mend_cut_row(tail, rest)
    last.first_view = None
    last.page = grid.page
    return True


def _open(item: Item, grid: Grid, caption: Caption, last: Found | None, kind: str) -> Found:
    """A new table, under the header of the last one if it has none of its own."""
    near = last is not None and kind in _PAGED and inherits_from(last.grids[0], grid)
    if near and last is not None and not caption.units and grid.page - last.page <= 1:
        caption.units = last.caption.units
    if (
        near
        and last is not None
        and last.head
        and not has_header(grid)
        and grid.page - last.page <= 1
    ):
        copied = with_header(last.grids[0], last.head, grid)
        return Found(item.index, [copied], caption, last.head, last.head, grid.page)
    view = view_grids([grid])
    bands = find_bands(view)
    head = bands[0].head if bands and bands[0].top == 0 else 0
    if not bands and all(s.content.kind in {"words", "empty"} for s in view.spots):
        head = grid.rows
    return Found(item.index, [grid], caption, head, 0, grid.page, first_view=view)
