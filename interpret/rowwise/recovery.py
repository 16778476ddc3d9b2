"""Tables set row by row in plain lines, put back into rows and columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.interpret.drafts import cut_line as cut_span
from kenzan.interpret.plausibility import is_counting
from kenzan.interpret.recovered import Recovery
from kenzan.interpret.rowwise.conflicts import are_glued, count_conflicts, names_sums
from kenzan.interpret.rowwise.grids import GridBuilder
from kenzan.interpret.rowwise.groups import (
    find_apart,
    has_groups,
    part_measures,
    take_groups_in,
    with_groups,
)
from kenzan.interpret.rowwise.heads import Header, Leaf
from kenzan.interpret.rowwise.labels import join_labels
from kenzan.interpret.rowwise.pieces import cut_line, fuse
from kenzan.interpret.rowwise.placement import (
    Places,
    find_shared_baseline,
    label_measure,
    place_figures,
)
from kenzan.interpret.rowwise.rates import place_rates
from kenzan.interpret.rowwise.readings import Reading, choose, find_readings
from kenzan.interpret.rowwise.records import (
    Record,
    give_names_back,
    group_records,
    part_sections,
)
from kenzan.interpret.rowwise.regions import find_regions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.rowwise.pieces import Piece
    from kenzan.interpret.rowwise.regions import Region
    from kenzan.schemas.document import Line

_LEAST_FULL = 40
"""Percent of the rows that must have a place for their figures, or the columns are in doubt."""
_TIED = 90
"""Percent of the rows that must have one where some figures are left open."""


def recover_tables(lines: Sequence[Line]) -> list[Recovery]:
    """All tables of figures set row by row among these lines, in order.

    A header that is printed again over other rows is read as where its rows told it best.
    """
    cut = join_labels([cut_line(line, index) for index, line in enumerate(lines)])
    regions = [(region, find_readings(region, cut)) for region in find_regions(lines, cut)]
    chosen = [choose(readings, region, cut) for region, readings in regions]
    found = [
        _recover(region, reading, lines, cut)
        for (region, _), reading in zip(regions, chosen, strict=True)
    ]
    known = {r.key for r, table in zip(chosen, found, strict=True) if r is not None and table}
    for k, (region, readings) in enumerate(regions):
        again = choose(readings, region, cut, known) if found[k] is None else None
        if again is not None and again.key in known:
            found[k] = _recover(region, again, lines, cut)
    return [recovery for recovery in found if recovery is not None]


def _recover(
    region: Region, reading: Reading | None, lines: Sequence[Line], cut: Sequence[list[Piece]]
) -> Recovery | None:
    if reading is None:
        return None
    kinds = reading.header.kinds
    records = group_records(cut[reading.body : region.end], kinds)
    if has_groups(records, kinds):
        reading = replace(reading, header=with_groups(reading.header))
        kinds = reading.header.kinds
        records = group_records(cut[reading.body : region.end], kinds)
    records = give_names_back(part_sections(records, kinds), kinds)
    while records and not records[-1].has_figures(kinds):
        records.pop()
    if count_conflicts(records, reading.header) * 20 > len(records):
        return None
    if are_glued(records, kinds) or names_sums(records, kinds):
        return None
    records, header = part_measures(*take_groups_in(records, reading.header))
    placed = place_rates(records, header.kinds, place_figures(records, header))
    if not _is_table(records, placed, header):
        return None
    return _build(replace(reading, header=header), records, placed, lines)


def _is_table(records: Sequence[Record], placed: Sequence[Places], header: Header) -> bool:
    """Whether enough rows have a place for their figures, and suit the columns."""
    rows = [record for record in records if not record.banner]
    told = sum(bool(places) for places in placed)
    if told < 2 or told * 100 < _LEAST_FULL * len(rows):
        return False
    return told * header.figures >= 4 and sum(record.score for record in rows) > 0


def _find_title(records: Sequence[Record], header: Header) -> Piece | None:
    """What stands over labels that are all measures: the indicator that they are of."""
    first = header.leaves[0]
    if [head.kind for head in first.path] != ["?"] or first.kind != "l":
        return None
    rows = [record for record in records if not record.banner]
    named = all(label_measure(record, header.kinds) for record in rows)
    return first.path[0].piece if named else None


def _find_mark(lines: Sequence[Line], first: int) -> Piece | None:
    """What an indicator is counted by, on the last line before its table: KPI①."""
    above = next((k for k in range(first - 1, -1, -1) if lines[k].text.strip()), None)
    if above is None or not is_counting(lines[above].text):
        return None
    pieces = cut_line(lines[above], above)
    return fuse(pieces, lines[above].text.strip())


def _build(
    reading: Reading, records: Sequence[Record], placed: Sequence[Places], lines: Sequence[Line]
) -> Recovery:
    header = reading.header
    kinds = header.kinds
    title = _find_title(records, header)
    if title is not None:
        header = replace(header, leaves=(Leaf((), "l"), *header.leaves[1:]))
    builder = GridBuilder(lines, header.leaves)
    if title is not None:
        builder.add_title(_find_mark(lines, reading.first), title)
    builder.add_header(header)
    top = builder.rows
    apart = find_apart(records, kinds)
    for k, (record, places) in enumerate(zip(records, placed, strict=True)):
        if record.banner:
            builder.add_banner(record)
        else:
            builder.add_record(record, places, apart=kinds.index("l") if k in apart else None)
    builder.extend_labels(top, [k for k, kind in enumerate(kinds) if kind in "nlu"])
    baseline = find_shared_baseline(records, header)
    if baseline is not None:
        builder.extend_labels(top, [baseline])
    used = sorted(builder.used | {span.line for piece in builder.left for span in piece.spans})
    ordered = range(used[0], used[-1] + 1)
    return Recovery(
        grid=builder.build([lines[k] for k in ordered]),
        unplaced=tuple(cut_span(lines[s.line], s) for piece in builder.left for s in piece.spans),
        doubtful=tuple(builder.doubtful),
        used=tuple(ordered),
        sure=_are_tied(placed),
    )


def _are_tied(placed: Sequence[Places]) -> bool:
    """Whether nearly all rows have a place although some of their figures have none."""
    rows = [places for places in placed if places != ()]
    told = sum(places is not None for places in rows)
    return any(places and None in places for places in rows) and told * 100 >= _TIED * len(rows)
