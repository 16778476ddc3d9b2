"""Figures and texts to the rows of the data contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from kenzan.interpret.directions import infer_direction
from kenzan.interpret.tables.values import year_of
from kenzan.schemas.report import Header, Origin
from kenzan.schemas.tables import Indicator, Narrative, Observation, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kenzan.interpret.tables.meaning import Meaning
    from kenzan.interpret.tables.narrative import Text
    from kenzan.interpret.tables.table import Table
    from kenzan.interpret.tables.values import Figure
    from kenzan.interpret.text.projects import Section
    from kenzan.schemas.geometry import Place

_KPI = frozenset({"target", "actual", "baseline"})


def _box(place: Place | None) -> dict[str, Any]:
    box = place.box if place is not None else None
    return {
        "page": place.page if place is not None else None,
        "x0": box.x0 if box else None,
        "top": box.top if box else None,
        "x1": box.x1 if box else None,
        "bottom": box.bottom if box else None,
        "line": place.line if place is not None else None,
    }


def to_observation(
    figure: Figure, document: str, table: int, project: tuple[str, str]
) -> Observation:
    """One row of ``observations``; every field is given, so nothing is left to defaults."""
    place = figure.value_place or figure.delta_place
    label = (
        f"{figure.wording} / {figure.qualifier}"
        if figure.qualifier and figure.wording
        else (figure.wording or figure.qualifier)
    )
    spot = figure.spot
    origin = Origin(
        table, spot.row, spot.col, figure.value_place, figure.delta_place, figure.qualifier
    )
    words: dict[str, Any] = {
        "measure": figure.measure,
        "status": figure.status,
        "bound": figure.bound,
    }
    return Observation(
        document=document,
        project=project[0],
        project_name=project[1],
        group=" / ".join(figure.names[:-1]),
        indicator=figure.names[-1] if figure.names else "",
        unit=figure.unit,
        period=figure.period,
        fiscal_year=figure.fiscal_year,
        measure_label=label,
        value=figure.value,
        delta=figure.delta,
        value_raw=_on_one_line(figure.value_raw),
        delta_raw=_on_one_line(figure.delta_raw),
        value_high=figure.high,
        origin=origin,
        **words,
        **_box(place),
    )


def _on_one_line(raw: str) -> str:
    """A figure as printed, without the breaks that the width of its cell made."""
    return "".join(raw.splitlines()) if "\n" in raw else raw


def to_narrative(text: Text, document: str, project: str) -> Narrative:
    """One row of ``narratives``."""
    return Narrative(
        document=document,
        project=project,
        indicator=text.names[-1] if text.names else "",
        period=text.period,
        kind=text.kind,  # type: ignore[arg-type]
        text=text.text,
        **_box(text.place),
    )


def to_project(part: Section, document: str, *, tabulated: bool) -> Project:
    """One row of ``projects``."""
    status: Literal["tabulated", "omitted", "none"] = "tabulated"
    if not tabulated:
        status = "none" if part.omitted is None else "omitted"
    return Project(
        document=document,
        project=part.key,
        project_name=part.name,
        overview=part.overview,
        kpi_status=status,
        omitted_reason=part.omitted or "",
    )


def to_headers(meanings: Iterable[Meaning], year: int | None) -> tuple[Header, ...]:
    """The axis as the audit sees it, in the order of positions."""
    headers = []
    for m in sorted(meanings, key=lambda m: m.index):
        fiscal = year_of(m.period, m.relative, year)
        kind = "difference" if m.measure == "change" and m.kind == "part" else m.kind
        headers.append(
            Header(
                index=m.index,
                path=m.path,
                level=m.level,
                kind=kind,  # type: ignore[arg-type]
                indicator=m.names[-1] if m.names else None,
                period=m.period_label or None,
                fiscal_year=fiscal,
                measure=m.measure,
                measure_label=m.wording or None,
                unit=m.unit or None,
                project=m.project,
                mark=m.mark,
                formula=m.formula,
                place=m.place,
            )
        )
    return tuple(headers)


def share_units(tables: Iterable[Table]) -> None:
    """Blanks and marks for missing figures get the unit of the other figures of their indicator."""
    for table in tables:
        _carry_down(table)
        units: dict[tuple[str, tuple[str, ...]], set[str]] = {}
        for figure in table.figures:
            if figure.unit:
                units.setdefault(_unit_key(figure), set()).add(figure.unit)
        for figure in table.figures:
            known = units.get(_unit_key(figure), set())
            if not figure.unit and figure.value is None and len(known) == 1:
                figure.unit = next(iter(known))


def _unit_key(figure: Figure) -> tuple[str, tuple[str, ...]]:
    """Targets and actuals of an indicator have one unit, its other measures their own."""
    return ("" if figure.measure in _KPI else figure.measure, figure.names)


def _carry_down(table: Table) -> None:
    """A unit printed with the first figure of a column alone holds for the column."""
    columns: dict[tuple[int, str], list[Figure]] = {}
    for figure in table.figures:
        columns.setdefault((figure.spot.col, figure.measure), []).append(figure)
    for figures in columns.values():
        first = figures[0].unit
        if first and len(figures) > 1 and not any(f.unit for f in figures[1:]):
            for figure in figures[1:]:
                figure.unit = first


def to_indicators(
    observations: Iterable[Observation], document: str, aims: Mapping[tuple[str, str], list[str]]
) -> list[Indicator]:
    """The KPIs of a document, each once, with the direction its targets show.

    ``aims`` are targets in words, by project and indicator.
    """
    found: dict[tuple[str, str], list[Observation]] = {}
    for row in observations:
        if row.measure in _KPI and row.indicator:
            found.setdefault((row.project, row.indicator), []).append(row)
    return [
        Indicator(
            document=document,
            project=project,
            indicator=indicator,
            unit=next((row.unit for row in rows if row.unit), ""),
            direction=infer_direction(rows, aims.get((project, indicator), ())),
        )
        for (project, indicator), rows in found.items()
    ]
