"""Places on pages that were read on their side, brought back to the page as it is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from kenzan.schemas.geometry import Box, Place
from kenzan.schemas.tables import Narrative, Observation

if TYPE_CHECKING:
    from kenzan.schemas.document import Document, Page
    from kenzan.schemas.report import Header, LeftCell, Report, TableReading

Row = TypeVar("Row", Observation, Narrative)


def with_places_as_shown(report: Report, document: Document) -> Report:
    """The report with every box on the page as shown; itself where no page was turned to read."""
    turned = {page.number: page for page in document.pages if page.turn}
    if not turned:
        return report
    back = _Back(turned)
    return replace(
        report,
        observations=tuple(map(back.observation, report.observations)),
        narratives=tuple(map(back.row, report.narratives)),
        tables=tuple(map(back.table, report.tables)),
        prose=tuple((text, back.place(place)) for text, place in report.prose),
    )


class _Back:
    """Turns back what stands on the given pages, by their numbers."""

    def __init__(self, turned: dict[int, Page]) -> None:
        self._turned = turned

    def box(self, box: Box, number: int) -> Box:
        page = self._turned.get(number)
        return box if page is None else box.turned(page.turn, page.width, page.height)

    def place(self, place: Place) -> Place:
        return place if place.box is None else replace(place, box=self.box(place.box, place.page))

    def maybe(self, place: Place | None) -> Place | None:
        return None if place is None else self.place(place)

    def row(self, row: Row) -> Row:
        if row.page not in self._turned:
            return row
        x0, top, x1, bottom = row.x0, row.top, row.x1, row.bottom
        if x0 is None or top is None or x1 is None or bottom is None:
            return row
        box = self.box(Box(x0, top, x1, bottom), row.page)
        return replace(row, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)

    def observation(self, row: Observation) -> Observation:
        origin = replace(
            row.origin,
            value_place=self.maybe(row.origin.value_place),
            delta_place=self.maybe(row.origin.delta_place),
        )
        return replace(self.row(row), origin=origin)

    def header(self, header: Header) -> Header:
        return replace(header, place=self.maybe(header.place))

    def left(self, cell: LeftCell) -> LeftCell:
        return replace(cell, place=self.place(cell.place))

    def table(self, table: TableReading) -> TableReading:
        return replace(
            table,
            rows=tuple(map(self.header, table.rows)),
            columns=tuple(map(self.header, table.columns)),
            box=table.box and self.box(table.box, table.page),
            left=tuple(map(self.left, table.left)),
        )
