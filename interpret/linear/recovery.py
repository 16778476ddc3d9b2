"""Tables that were flattened to plain lines, put back into rows and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.drafts import cut_line
from kenzan.interpret.linear.grids import GridBuilder
from kenzan.interpret.linear.matching import Matcher
from kenzan.interpret.linear.names import (
    Name,
    are_whole,
    find_name_pieces,
    group_by_position,
    split_names,
)
from kenzan.interpret.linear.positions import Positions
from kenzan.interpret.linear.regions import Region, find_regions
from kenzan.interpret.linear.search import Search
from kenzan.interpret.linear.settle import Settled, settle
from kenzan.interpret.linear.statements import find_statements
from kenzan.interpret.linear.streams import infer_axes, measure_order, positions_of, to_steps
from kenzan.interpret.linear.texts import PlacedTexts, TextColumns, place_texts
from kenzan.interpret.linear.tokens import Token, read_lines
from kenzan.interpret.recovered import Recovery
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kenzan.interpret.linear.frame import Axes
    from kenzan.interpret.linear.state import State
    from kenzan.interpret.linear.tokens import TokenLine
    from kenzan.schemas.document import Line

_LEAST_ROWS = 2
_LEAST_VALUES = 4
_FEWEST_CHANGES = 4


def recover_tables(lines: Sequence[Line]) -> list[Recovery]:
    """All flattened tables of figures among these lines, in order."""
    read = read_lines(lines)
    found = (_recover(region, lines, read) for region in find_regions(read))
    return [recovery for recovery in found if recovery is not None]


def _recover(region: Region, lines: Sequence[Line], read: Sequence[TokenLine]) -> Recovery | None:
    axes = infer_axes(region)
    if axes is None:
        return None
    by_columns = region.order == "columns"
    pieces = find_name_pieces([*region.names, *region.stream]) if by_columns else region.names
    region.names = list(pieces)
    steps = to_steps(region)
    search = Search(axes, steps, positions_of(region, axes, steps, lines))
    states = search.run()
    names = _names(region, search, states) if states else None
    if names is None and (axes.indicators > 1 or not region.header):
        return None
    matcher = None
    if by_columns and names is not None:
        matcher = Matcher(names, [figure.token.line for figure in search.figures])
    settled = settle(search, states, matcher)
    if settled is None or not _is_table(settled, axes):
        return None
    texts = find_statements(region) if by_columns else region.rows
    columns = _text_columns(search, names)
    placed = place_texts(texts, missed_targets(settled, search), columns)
    return _build(region, axes, _Parts(search, settled, names, placed), lines, read)


def _names(region: Region, search: Search, states: Sequence[State]) -> list[Name] | None:
    """The names in the order of the columns (rows order) or of the text (columns order)."""
    count = search.axes.indicators
    if region.order == "columns":
        names = split_names(region.names, count)
        # Changes in brackets bear the table out, also where names are broken over blank lines.
        told = len(states[0].changes) >= _FEWEST_CHANGES
        return names if names is not None and (told or are_whole(names)) else None
    if isinstance(search.positions, Positions):
        spans = search.positions.group(len(search.axes.measures))
        groups = group_by_position(region.names, [[s] for s in spans], search.positions.ruler)
        if groups is not None and all(groups):
            return [Name(tuple(group)) for group in groups]
    return split_names(region.names, count, states[0].units)


def _text_columns(search: Search, names: Sequence[Name] | None) -> TextColumns | None:
    """Where the texts of each indicator stand, if the text keeps positions."""
    positions = search.positions
    if not isinstance(positions, Positions):
        return None
    spans = [[span] for span in positions.group(len(search.axes.measures))]
    for known, name in zip(spans, names or (), strict=False):
        known.append(positions.ruler.extent(name.pieces[0]))
    return TextColumns(spans, positions.ruler)


def _is_table(settled: Settled, axes: Axes) -> bool:
    rows = {axes.place(slot)[1] for slot in settled.values}
    return len(rows) >= _LEAST_ROWS and len(settled.values) >= _LEAST_VALUES


def missed_targets(settled: Settled, search: Search) -> list[bool | None]:
    """For each indicator whether its last reported actual misses its target."""
    axes = search.axes
    if not {"target", "actual"} <= set(axes.measures):
        return [None] * axes.indicators
    target, actual = axes.measures.index("target"), axes.measures.index("actual")
    missed: list[bool | None] = []
    for indicator in range(axes.indicators):
        verdict: bool | None = None
        first = _amount(settled, search, axes.slot(indicator, 0, target))
        for period in range(axes.periods):
            aim = _amount(settled, search, axes.slot(indicator, period, target))
            done = _amount(settled, search, axes.slot(indicator, period, actual))
            if aim is not None and done is not None and (period or not axes.baseline):
                falling = first is not None and aim < first
                verdict = done > aim if falling else done < aim
        missed.append(verdict)
    return missed


def _amount(settled: Settled, search: Search, slot: int) -> Decimal | None:
    figure = settled.values.get(slot)
    return None if figure is None else search.figures[figure].amount


@dataclass(frozen=True, slots=True)
class _Parts:
    search: Search
    settled: Settled
    names: list[Name] | None
    texts: list[PlacedTexts]


def _build(
    region: Region,
    axes: Axes,
    parts: _Parts,
    lines: Sequence[Line],
    read: Sequence[TokenLine],
) -> Recovery:
    builder = GridBuilder(lines, axes)
    builder.add_header(parts.names, _column_labels(region, axes))
    top = builder.rows
    figures, settled = parts.search.figures, parts.settled
    for period, label in enumerate(region.periods):
        slots = [
            axes.slot(i, period, m)
            for i in range(axes.indicators)
            for m in range(len(axes.measures))
        ]
        cells = [
            [
                figures[places[slot]].token
                for places in (settled.values, settled.changes)
                if slot in places
            ]
            for slot in slots
        ]
        builder.add_figures(label, cells)
    for placed in parts.texts:
        builder.add_texts(placed)
    return _finish(
        region,
        builder,
        lines,
        read,
        [
            (top + period, 1 + i * len(axes.measures) + m)
            for i, period, m in map(axes.place, sorted(settled.doubtful))
        ],
        settled.margin,
    )


def _column_labels(region: Region, axes: Axes) -> list[Token]:
    """One label for each column, also where the text gives the labels in another order."""
    if region.order == "rows":
        return region.header
    kinds = measure_order(region)
    by_kind = {kind: [t for t in region.header if t.label == kind] for kind in kinds}
    return [by_kind[kind][i] for i in range(axes.indicators) for kind in kinds]


def _finish(
    region: Region,
    builder: GridBuilder,
    lines: Sequence[Line],
    read: Sequence[TokenLine],
    doubtful: list[tuple[int, int]],
    margin: int,
) -> Recovery:
    tokens = list(region.tokens())
    used = {span.line for t in tokens if id(t) in builder.used for span in t.spans}
    first, last = min(used), max(used)
    used |= {k for k in range(first, last) if read[k].kind == "blank"}
    left = [
        cut_line(lines[span.line], span)
        for t in sorted(tokens, key=lambda t: (t.line, t.spans[0].start))
        if id(t) not in builder.used
        for span in t.spans
        if span.line in used
    ]
    ordered = tuple(sorted(used))
    return Recovery(
        grid=builder.build([lines[k] for k in ordered]),
        unplaced=tuple(left),
        doubtful=tuple(doubtful),
        confidence=margin // 10,
        used=ordered,
    )
