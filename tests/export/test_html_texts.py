"""Tables of files without pictures: shown as they stand, with the figures marked in their cells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kenzan.export.figure_marks import find_marks
from kenzan.export.html_pages import anchors_shown, describe_pages
from kenzan.schemas.audit import AuditResult
from kenzan.schemas.document import Cell, Grid, Line
from kenzan.schemas.geometry import Place
from kenzan.schemas.report import Origin, Report, TableReading
from kenzan.schemas.tables import DocumentRow, Observation
from kenzan.schemas.view import PageView

DOCUMENT = DocumentRow(
    document="a.docx", sha256="", bytes=1, kind="docx", pages=1, status="done", kenzan_version="1"
)


def grid(texts: list[list[str]]) -> Grid:
    cells = tuple(
        Cell(row, col, lines=tuple(Line(part, 1) for part in text.split("\n")))
        for row, line in enumerate(texts)
        for col, text in enumerate(line)
    )
    return Grid(1, len(texts), len(texts[0]), cells, origin="native")


def figure(table: int, row: int, col: int, raw: str, delta: str = "") -> Observation:
    place = Place(1)
    origin = Origin(table, row, col, place, place if delta else None)
    return Observation(
        document="a.docx",
        value=Decimal(1),
        status="reported",
        value_raw=raw,
        delta_raw=delta,
        origin=origin,
    )


def describe(observations, tables, blocks):
    report = Report(DOCUMENT, observations=tuple(observations), tables=tuple(tables))
    marks = find_marks(report, AuditResult())
    return describe_pages([PageView(1, blocks=tuple(blocks))], marks, report)


def marked(block) -> list[tuple[int, int, str, str]]:
    return [
        (row, col, part["text"], part["anchor"])
        for row, line in enumerate(block["rows"])
        for col, cell in enumerate(line)
        for parts in cell["lines"]
        for part in parts
        if part["state"]
    ]


def test_figures_are_marked_in_their_cells():
    observations = [figure(0, 1, 1, "0人", "(+5)"), figure(0, 1, 2, "15")]
    table = TableReading(0, 1, cells={(1, 1): (0,), (1, 2): (1,)})
    (page,) = describe(
        observations, [table], [Line("題", 1), grid([["", "甲", "乙"], ["R3", "0人\n(+5)", "15"]])]
    )
    lines, shown = page["blocks"]
    assert lines["lines"][0]["parts"] == [{"text": "題", "state": ""}]
    assert marked(shown) == [
        (1, 1, "0人", "0-value"),
        (1, 1, "(+5)", "0-delta"),
        (1, 2, "15", "1-value"),
    ]
    assert anchors_shown([page]) == {"0-value", "0-delta", "1-value"}


def test_a_table_that_was_not_read_is_passed_over():
    observations = [figure(1, 1, 0, "15")]
    table = TableReading(1, 1, cells={(1, 0): (0,)})
    (page,) = describe(observations, [table], [grid([["甲"], ["8"]]), grid([["甲"], ["15"]])])
    assert [marked(block) for block in page["blocks"]] == [[], [(1, 0, "15", "0-value")]]


@pytest.mark.parametrize("position", [(5, 0), (1, 7)])
def test_a_figure_outside_of_its_grid_is_not_shown(position):
    table = TableReading(0, 1, cells={position: (0,)})
    (page,) = describe([figure(0, *position, "15")], [table], [grid([["甲"], ["15"]])])
    assert anchors_shown([page]) == set()
