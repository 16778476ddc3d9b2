"""Ways to read the header over the rows of a region, and the one that suits them best."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from kenzan.interpret.rowwise.conflicts import count_conflicts, is_contradicted
from kenzan.interpret.rowwise.groups import take_groups_in
from kenzan.interpret.rowwise.headers import parse_header
from kenzan.interpret.rowwise.heads import find_head
from kenzan.interpret.rowwise.placement import find_header_ties
from kenzan.interpret.rowwise.records import group_records
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kenzan.interpret.rowwise.heads import Header
    from kenzan.interpret.rowwise.pieces import Piece
    from kenzan.interpret.rowwise.records import Record
    from kenzan.interpret.rowwise.regions import Region

_SAMPLE = 24
_MOST_HEADER_LINES = 16
_MOST_BODY_STARTS = 6
_DECIDED = 3
"""By how much a reading of a header must be ahead of one that names the figures otherwise."""
_CONTRADICTORY = -60
"""What the words of a header score, in tenths of bits, that do not go together in any way."""
_MOST_TRIED = 16
"""Readings that are held against the figures at most."""
_MOST_LOST = 2
"""Columns that no row fills."""
_MOST_COUNTS = 5
_NEARLY = 40
"""By how much a reading may be ahead of one that sums bear out."""
_CONFLICT = 15
"""What a figure costs that cannot be what its header says."""


@dataclass(frozen=True)
class Reading:
    """A header, the lines from its first one to the first of the body, and what it is worth."""

    header: Header
    first: int
    body: int
    score: int

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The columns with all words over them, to know the header again where it is repeated."""
        said = ("".join(head.piece.text for head in leaf.path) for leaf in self.header.leaves)
        return (self.header.kinds, *("".join(text.split()) for text in said))


def find_readings(region: Region, cut: Sequence[list[Piece]]) -> list[Reading]:
    """The likely readings, best first."""
    readings: list[Reading] = []
    for body in _body_starts(region, cut):
        sample = cut[body : min(region.end, body + _SAMPLE)]
        numbered = _speaks_of(cut[region.first : body], "n")
        for figures in _counts(sample, numbered=numbered):
            readings += _read_headers(region, cut, body, figures)
    likely = sorted(readings, key=lambda r: -r.score)[:_MOST_TRIED]
    return [reading for reading in likely if not _is_contradicted(reading, region, cut)]


def choose(
    readings: Sequence[Reading],
    region: Region,
    cut: Sequence[list[Piece]],
    known: Collection[tuple[str, ...]] = (),
) -> Reading | None:
    """The reading that suits the rows best, or the one of a header that is ``known``."""
    again = next((reading for reading in readings if reading.key in known), None)
    if again is not None or not readings:
        return again
    best = readings[0]
    if _is_plain(best, region, cut):
        return best
    rivals = [r for r in readings if r.score > best.score - _NEARLY]
    return max(rivals, key=lambda reading: _count_sums(reading, region, cut))


def _is_plain(reading: Reading, region: Region, cut: Sequence[list[Piece]]) -> bool:
    """Whether nothing is odd: some row is full, and the last word is not one that nobody knows."""
    last = reading.header.leaves[-1]
    if last.path and last.path[-1].kind == "?":
        return False
    kinds, width = reading.header.kinds, reading.header.figures
    records = _sample_records(reading, region, cut)
    return any(len({c for c in r.columns if kinds[c] == "f"}) == width for r in records)


def _count_sums(reading: Reading, region: Region, cut: Sequence[list[Piece]]) -> int:
    """How many names stand over rows and their sum, and how many columns are told by others."""
    records = group_records(cut[reading.body : region.end], reading.header.kinds)
    taken, header = take_groups_in(records, reading.header)
    named = 0
    if header is not reading.header:
        at = header.kinds.index("l")
        named = sum(at in record.columns and at + 1 in record.columns for record in taken)
    return named + len(find_header_ties(records, reading.header))


def _sample_records(reading: Reading, region: Region, cut: Sequence[list[Piece]]) -> list[Record]:
    sample = cut[reading.body : min(region.end, reading.body + _SAMPLE)]
    return group_records(sample, reading.header.kinds)


def _is_contradicted(reading: Reading, region: Region, cut: Sequence[list[Piece]]) -> bool:
    return is_contradicted(_sample_records(reading, region, cut), reading.header)


def _body_starts(region: Region, cut: Sequence[list[Piece]]) -> Iterator[int]:
    """Lines with which the first row may begin, whose labels may stand on lines of their own."""
    lead = _MOST_BODY_STARTS if cut[region.body][0].cls in "FCMR" else 1
    if region.body > region.first and _begins_with_number(cut[region.body - 1]):
        lead = max(lead, 2)
    sample = cut[region.body : min(region.end, region.body + _SAMPLE)]
    if region.body > region.first and _is_name(cut[region.body - 1]) and any(map(_is_name, sample)):
        lead = max(lead, 2)  # as names stand over rows further down
    among_rows = "PQ" if _speaks_of(sample, "R") else "PQR"
    starts = list(range(region.body, max(region.body - lead, region.first), -1))
    for body in dict.fromkeys((*starts, _end_of_header(region, cut))):
        if not _speaks_of(cut[body : region.body], among_rows) and not _cuts_sources(cut, body):
            yield body


def _cuts_sources(cut: Sequence[list[Piece]], body: int) -> bool:
    """Whether a line begins within a list of where money comes from, a word a line."""
    beside = [line[0] for line in cut[body - 1 : body + 1] if len(line) == 1]
    return [find_head(piece.text) for piece in beside] == ["S", "S"]


def _end_of_header(region: Region, cut: Sequence[list[Piece]]) -> int:
    """Behind the last line of several words before the figures, if lines of one piece follow it."""
    wide = (k for k in range(region.body - 1, region.first - 1, -1) if len(cut[k]) > 1)
    last = next(wide, region.body)
    return last + 1 if region.first <= last < region.body - 1 else region.body


def _is_name(line: Sequence[Piece]) -> bool:
    return [piece.cls for piece in line] == ["W"]


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
    often = max(runs.values())
    usual = {size for size, rows in runs.items() if rows == often and size}
    less = {max(size - numbered, 1) for size in usual}
    return sorted({*less, *usual, *range(most, most + _MOST_LOST + 1)})[:_MOST_COUNTS]


def _read_headers(
    region: Region, cut: Sequence[list[Piece]], body: int, figures: int
) -> Iterator[Reading]:
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
            yield Reading(header, first, body, header.score + rows)


def _speaks_of(lines: Sequence[list[Piece]], heads: str) -> bool:
    """Whether words name years (P), measures (R) or both: a header without them is not whole."""
    return any(find_head(piece.text) in heads for line in lines for piece in line)
