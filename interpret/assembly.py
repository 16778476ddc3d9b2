"""A document to its report: tables joined and read, projects found, rows written."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.interpret.contract import (
    share_units,
    to_headers,
    to_indicators,
    to_narrative,
    to_observation,
    to_project,
)
from kenzan.interpret.coverage import count_coverage
from kenzan.interpret.shown import with_places_as_shown
from kenzan.interpret.tables.collect import collect_tables
from kenzan.interpret.tables.doubtful import lines_instead
from kenzan.interpret.tables.forms import read_plain_form
from kenzan.interpret.tables.reading import read_table
from kenzan.interpret.text.headings import Heading, find_headings
from kenzan.interpret.text.plans import name_of_no_interest, read_plan, read_plan_lines
from kenzan.interpret.text.projects import Section, find_projects, read_section
from kenzan.interpret.text.stream import Item, find_label, find_title, read_stream
from kenzan.interpret.words.lexicon import label_key
from kenzan.normalize.periods import find_periods
from kenzan.schemas.document import Grid
from kenzan.schemas.records import dataclass
from kenzan.schemas.report import Report, TableReading
from kenzan.schemas.tables import DocumentRow

if TYPE_CHECKING:
    from decimal import Decimal

    from kenzan.interpret.tables.table import Table
    from kenzan.schemas.document import Block, Document
    from kenzan.schemas.tables import Narrative, Observation, Project

_MAYBE_YEAR = re.compile(r"令和|平成|昭和|[RH][\d元]|[12]\d{3}年")


@dataclass(slots=True)
class _Placed:
    """A table with its place in the stream and the project it belongs to."""

    table: Table
    item: int
    project: tuple[str, str] = ("", "")


@dataclass(slots=True)
class _Work:
    """What is known of a document while its report is made."""

    document: Document
    items: list[Item]
    title: str = ""
    label: str = ""
    year: int | None = None
    tables: list[_Placed] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    parts: list[Section] = field(default_factory=list)


def interpret(document: Document, *, seconds: Decimal | None, version: str) -> Report:
    """Read a document as a whole."""
    work = _Work(document, read_stream(document, _blocks(document)))
    work.title = find_title(work.items)
    work.label = find_label(work.items)
    work.year = _document_year(work)
    _read_tables(work)
    work.headings = _with_named_tables(find_headings(work.items), work.tables)
    kpi_items = {placed.item for placed in work.tables if placed.table.kpi}
    named = {p.item for p in work.tables if p.table.said.project and p.table.figures}
    work.parts = find_projects(work.items, work.headings, kpi_items | named)
    _assign_projects(work, kpi_items)
    return _report(work, seconds, version)


def _with_named_tables(headings: list[Heading], tables: list[_Placed]) -> list[Heading]:
    """事業名 | ○○ in a table opens a project as 事業名：○○ in a line does."""
    found = list(headings)
    for placed in tables:
        name = placed.table.said.project
        before = [h for h in found if h.item < placed.item and h.style == "named"]
        if name and not (before and label_key(before[-1].name) == label_key(name)):
            found.append(Heading(placed.item, "named", 0, "", name, None))
            found.sort(key=lambda h: h.item)
    return found


def _blocks(document: Document) -> list[tuple[int, Block]]:
    """All blocks with their pages, flattened tables in linear text made grids again."""
    blocks: list[tuple[int, Block]] = []
    for page in document.pages:
        for block in page.blocks:
            plain = lines_instead(block) if isinstance(block, Grid) else ()
            blocks.extend((page.number, part) for part in (plain or (block,)))
    if document.kind != "text":
        return blocks
    from kenzan.interpret.flattened import restore_tables

    return [(block.page, block) for block in restore_tables([block for _, block in blocks])]


def _document_year(work: _Work) -> int | None:
    """The fiscal year of the paper, as its title or first lines say."""
    lines = [item.text for item in work.items[:40] if item.text]
    for text in (work.title, *lines):
        if not _MAYBE_YEAR.search(text):
            continue
        for period in find_periods(text):
            if period.kind == "fiscal_year" and period.fiscal_year is not None:
                return period.fiscal_year
    return None


def _read_tables(work: _Work) -> None:
    above: Table | None = None
    for found in collect_tables(work.items, work.document.kind):
        near = above if not found.caption.lines else None
        above = table = read_table(found.view(), found.caption, work.year, near)
        if table.family == "none":
            _read_without_figures(table)
        work.tables.append(_Placed(table, found.item))
    share_units(placed.table for placed in work.tables)


def _read_without_figures(table: Table) -> None:
    table.texts = read_plan(table.view)
    if table.texts:
        table.family = "plan"
        return
    table.texts = read_plain_form(table.view, table.said)
    if table.texts or table.said.project or table.said.overview:
        table.family = "form"
    else:
        table.uncertain.append(name_of_no_interest(table.view))


def _assign_projects(work: _Work, kpi_items: set[int]) -> None:
    for part in work.parts:
        inside = [p for p in work.tables if part.start <= p.item < part.end]
        for placed in inside:
            placed.project = (part.key, part.name)
        part.overview = next((p.table.said.overview for p in inside if p.table.said.overview), "")
        read_section(part, work.items, tabulated=any(p.item in kpi_items for p in inside))


def _report(work: _Work, seconds: Decimal | None, version: str) -> Report:
    observations: list[Observation] = []
    readings: list[TableReading] = []
    narratives: list[tuple[int, Narrative]] = []
    aims: dict[tuple[str, str], list[str]] = {}
    name = work.document.name
    for number, placed in enumerate(work.tables):
        first = len(observations)
        observations.extend(
            to_observation(f, name, number, placed.project) for f in placed.table.figures
        )
        readings.append(_reading(work, placed, number, observations, first))
        narratives.extend(
            (placed.item, to_narrative(text, name, placed.project[0]))
            for text in placed.table.texts
        )
        for text in placed.table.texts:
            if text.aims and text.names:
                aims.setdefault((placed.project[0], text.names[-1]), []).append(text.text)
    narratives.extend(_plan_lines(work))
    left = [cell for reading in readings for cell in reading.left]
    report = Report(
        document=_document_row(work, seconds, version),
        projects=tuple(_projects(work)),
        indicators=tuple(to_indicators(observations, name, aims)),
        observations=tuple(observations),
        narratives=tuple(row for _, row in sorted(narratives, key=lambda pair: pair[0])),
        tables=tuple(readings),
        coverage=count_coverage(work.document, observations, left),
        notices=work.document.notices,
        prose=tuple(
            (i.line.text, i.line.place_of())
            for i in work.items
            if i.line is not None and i.text and not i.running
        ),
    )
    return with_places_as_shown(report, work.document)


def _reading(
    work: _Work, placed: _Placed, number: int, observations: list[Observation], first: int
) -> TableReading:
    table = placed.table
    cells: dict[tuple[int, int], list[int]] = {}
    for index in range(first, len(observations)):
        origin = observations[index].origin
        if origin.row is not None and origin.col is not None:
            cells.setdefault((origin.row, origin.col), []).append(index)
    return TableReading(
        number=number,
        page=table.view.page,
        title=table.caption.title,
        unit="、".join(table.caption.units),
        family=table.family,
        rows=to_headers(table.rows.values(), work.year),
        columns=to_headers(table.cols.values(), work.year),
        cells={key: tuple(found) for key, found in cells.items()},
        box=table.view.box,
        project=placed.project[0],
        origin=table.view.origin,
        notes=(*table.caption.notes, *table.notes),
        uncertain=tuple(table.uncertain),
        left=tuple(table.left),
    )


def _plan_lines(work: _Work) -> list[tuple[int, Narrative]]:
    """Plans and activities told in lines, per project, between its headings."""
    found: list[tuple[int, Narrative]] = []
    for part in work.parts:
        stops = [h.item for h in part.headings if h.says == "kpi"]
        end = stops[0] if stops else part.end
        texts = read_plan_lines(work.items[part.start + 1 : end])
        found.extend(
            (part.start, to_narrative(text, work.document.name, part.key)) for text in texts
        )
    return found


def _projects(work: _Work) -> list[Project]:
    return [
        to_project(
            part,
            work.document.name,
            tabulated=any(p.table.kpi and part.start <= p.item < part.end for p in work.tables),
        )
        for part in work.parts
    ]


def _document_row(work: _Work, seconds: Decimal | None, version: str) -> DocumentRow:
    document = work.document
    failed = [n for n in document.notices if n.code == "page-failed"]
    return DocumentRow(
        document=document.name,
        sha256=document.sha256,
        bytes=document.size,
        kind=document.kind,
        pages=len(document.pages),
        title=work.title,
        label=work.label,
        status="partial" if failed else "done",
        error=failed[0].detail if failed else "",
        seconds=seconds,
        kenzan_version=version,
    )
