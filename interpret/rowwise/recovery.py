"""Tables set row by row in plain lines, put back into rows and columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.interpret.drafts import cut_line as cut_span
from kenzan.interpret.plausibility import is_counting
from kenzan.interpret.recovered import Recovery
from kenzan.interpret.rowwise.conflicts import count_conflicts, is_contradicted
from kenzan.interpret.rowwise.grids import GridBuilder
from kenzan.interpret.rowwise.headers import parse_header
from kenzan.interpret.rowwise.heads import Header, Leaf, find_head
from kenzan.interpret.rowwise.labels import join_labels
from kenzan.interpret.rowwise.pieces import cut_line, fuse
from kenzan.interpret.rowwise.placement import find_shared_baseline, place_figures
from kenzan.interpret.rowwise.rates import label_measure, place_rates
from kenzan.interpret.rowwise.records import Record, group_records, part_sections
from kenzan.interpret.rowwise.regions import find_regions
from kenzan.interpret.words.lexicon import funding_parents, label_key
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.rowwise.pieces import Piece
    from kenzan.interpret.rowwise.regions import Region
    from kenzan.schemas.document import Line

_SAMPLE = 24
_MOST_HEADER_LINES = 16
_MOST_BODY_STARTS = 6
_LEAST_FULL = 40
"""Percent of the rows that must fill every column of figures, or the columns are in doubt."""
_DECIDED = 3
"""By how much a reading of a header must be ahead of one that names the figures otherwise."""
_CONTRADICTORY = -60
"""What the words of a header score, in tenths of bits, that do not go together in any way."""
_MOST_TRIED = 16
"""Readings that are held against the figures at most."""
_CONFLICT = 15
"""What a figure costs that cannot be what its header says."""
_MOST_GROUPED = 60
"""Percent of the rows that may begin with a label of their own over several rows."""


@dataclass(frozen=True, slots=True)
class _Reading:
    header: Header
    first: int
    body: int
    score: int


def recover_tables(lines: Sequence[Line]) -> list[Recovery]:
    """All tables of figures set row by row among these lines, in order."""
    cut = join_labels([cut_line(line, index) for index, line in enumerate(lines)])
    found = (_recover(region, lines, cut) for region in find_regions(lines, cut))
    return [recovery for recovery in found if recovery is not None]


def _recover(region: Region, lines: Sequence[Line], cut: Sequence[list[Piece]]) -> Recovery | None:
    reading = _choose(region, cut)
    if reading is None:
        return None
    kinds = reading.header.kinds
    records = group_records(cut[reading.body : region.end], kinds)
    if _has_groups(records, kinds):
        reading = replace(reading, header=_with_groups(reading.header))
        kinds = reading.header.kinds
        records = group_records(cut[reading.body : region.end], kinds)
    records = part_sections(records, kinds)
    while records and records[-1].banner:
        records.pop()
    conflicts = count_conflicts(records, reading.header)
    if not _is_table(records, kinds) or conflicts * 20 > len(records):
        return None
    return _build(reading, records, lines)


def _choose(region: Region, cut: Sequence[list[Piece]]) -> _Reading | None:
    """The reading of the header that suits the rows best."""
    readings: list[_Reading] = []
    for body in _body_starts(region, cut):
        sample = cut[body : min(region.end, body + _SAMPLE)]
        numbered = _speaks_of(cut[region.first : body], "n")
        for figures in _counts(sample, numbered=numbered):
            readings += _read_headers(region, cut, body, figures)
    likely = sorted(readings, key=lambda r: -r.score)[:_MOST_TRIED]
    return next((r for r in likely if not _is_contradicted(r, region, cut)), None)


def _is_contradicted(reading: _Reading, region: Region, cut: Sequence[list[Piece]]) -> bool:
    sample = cut[reading.body : min(region.end, reading.body + _SAMPLE)]
    records = group_records(sample, reading.header.kinds)
    return is_contradicted(records, reading.header)


def _body_starts(region: Region, cut: Sequence[list[Piece]]) -> Iterator[int]:
    """Lines with which the first row may begin, whose labels may stand on lines of their own."""
    lead = _MOST_BODY_STARTS if cut[region.body][0].cls in "FCMR" else 1
    if region.body > region.first and _begins_with_number(cut[region.body - 1]):
        lead = max(lead, 2)
    sample = cut[region.body : min(region.end, region.body + _SAMPLE)]
    among_rows = "PQ" if _speaks_of(sample, "R") else "PQR"
    for body in range(region.body, max(region.body - lead, region.first), -1):
        if _speaks_of(cut[body : region.body], among_rows):
            return
        yield body


def _begins_with_number(line: Sequence[Piece]) -> bool:
    return bool(line) and line[0].cls in "CO"


def _counts(lines: Sequence[list[Piece]], *, numbered: bool) -> list[int]:
    """How many columns of figures the rows may have: the most in a row, or a few more.

    Where rows are numbered, the number of the next row may seem to be one of the figures.
    """
    runs: Counter[int] = Counter()
    held = 0
    for line in lines:
        for k, piece in enumerate(line):
            numbers = k == 0 and piece.cls == "C" and (not held or len(line) > 1)
            if piece.cls in "FCM" and not numbers:
                held += 1
            elif piece.cls != "B":
                runs[held] += held > 0
                held = 0
    if held:
        runs[held] += 1
    most = max((size for size, rows in runs.items() if rows), default=0)
    if not most:
        return []
    usual = max(runs, key=lambda size: (runs[size], size))
    return sorted({max(usual - numbered, 1), usual, most, most + 1})


def _read_headers(
    region: Region, cut: Sequence[list[Piece]], body: int, figures: int
) -> Iterator[_Reading]:
    sample = cut[body : min(region.end, body + _SAMPLE)]
    for first in range(max(region.first, body - _MOST_HEADER_LINES), body):
        if _speaks_of(cut[region.first : first], "PQR"):
            continue
        pieces: list[Piece] = []
        starts: list[int] = []
        for line in cut[first:body]:
            starts.append(len(pieces))
            pieces += line
        headers = parse_header(pieces, starts, figures)
        rivals = [h for h in headers[1:] if h.score > headers[0].score - _DECIDED]
        known = bool(headers) and headers[0].score > _CONTRADICTORY
        if known and all(rival.paths == headers[0].paths for rival in rivals):
            header = headers[0].with_labels()
            records = group_records(sample, header.kinds)
            rows = sum(record.score for record in records)
            rows -= _CONFLICT * count_conflicts(records, header)
            yield _Reading(header, first, body, header.score + rows)


def _speaks_of(lines: Sequence[list[Piece]], heads: str) -> bool:
    """Whether words name years (P), measures (R) or both: a header without them is not whole."""
    return any(find_head(piece.text) in heads for line in lines for piece in line)


def _has_groups(records: Sequence[Record], kinds: str) -> bool:
    """Whether some rows, not most, begin with a second label that may hold for several rows."""
    if kinds.count("l") != 1:
        return False
    at = kinds.index("l")
    rows = [record for record in records if not record.banner]
    doubled = sum(_label_count(record, at) == 2 for record in rows)
    return 0 < doubled * 100 < _MOST_GROUPED * len(rows)


def _label_count(record: Record, at: int) -> int:
    """The words in the column of labels, one with the number before it."""
    labels = [p for p, col in zip(record.pieces, record.columns, strict=True) if col == at]
    parent = bool(labels) and label_key(labels[0].text) in funding_parents()
    same_line = parent or len({piece.line for piece in labels}) == 1
    return sum(piece.cls not in "CO" for piece in labels) if same_line else 1


def _with_groups(header: Header) -> Header:
    """The header with its only column of labels over two."""
    at = header.kinds.index("l")
    return replace(header, leaves=(*header.leaves[: at + 1], *header.leaves[at:]))


def _is_table(records: Sequence[Record], kinds: str) -> bool:
    rows = [record for record in records if not record.banner]
    width = kinds.count("f")
    full = sum(len({c for c in r.columns if kinds[c] == "f"}) == width for r in rows)
    if full < 2 or full * 100 < _LEAST_FULL * len(rows):
        return False
    return full * width >= 4 and sum(record.score for record in rows) > 0


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


def _build(reading: _Reading, records: Sequence[Record], lines: Sequence[Line]) -> Recovery:
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
    left: list[Piece] = []
    placed = place_rates(records, kinds, place_figures(records, header))
    for record, row in zip(records, placed, strict=True):
        if record.banner:
            builder.add_banner(record)
            continue
        if row is None:
            left += record.pieces
            continue
        cells: list[list[Piece]] = [[] for _ in kinds]
        for piece, col in zip(record.pieces, row, strict=True):
            cells[col].append(piece)
        builder.add_row(cells)
    builder.extend_labels(top, [k for k, kind in enumerate(kinds) if kind in "nlu"])
    baseline = find_shared_baseline(records, header)
    if baseline is not None:
        builder.extend_labels(top, [baseline])
    used = sorted(builder.used | {span.line for piece in left for span in piece.spans})
    ordered = range(used[0], used[-1] + 1)
    return Recovery(
        grid=builder.build([lines[k] for k in ordered]),
        unplaced=tuple(cut_span(lines[s.line], s) for piece in left for s in piece.spans),
        confidence=0,
        used=tuple(ordered),
    )
