"""Lines of a body grouped into rows, as the columns of the table ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kenzan.interpret.rowwise.align import BREAK, align_shape
from kenzan.interpret.rowwise.weights import load_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.rowwise.pieces import Piece

_MOST_LINES = 32
_LINES_A_COLUMN = 2
BANNER = load_weights()["rows"]["banner"]


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its pieces, and the column of each; a banner has none."""

    first: int
    last: int
    pieces: tuple[Piece, ...]
    columns: tuple[int, ...]
    score: int

    @property
    def banner(self) -> bool:
        """Whether it is a line that only names what follows."""
        return not self.columns

    def has_figures(self, kinds: str) -> bool:
        """Whether anything of it stands in a column of figures."""
        return any(kinds[col] == "f" for col in self.columns)


def find_shape(lines: Sequence[Sequence[Piece]]) -> str:
    """The classes of the pieces, with a mark where a line begins."""
    return BREAK.join("".join(piece.cls for piece in line) for line in lines)


def group_records(lines: Sequence[Sequence[Piece]], kinds: str) -> list[Record]:
    """The lines as rows, so that all together fit best."""
    reach = min(_MOST_LINES, _LINES_A_COLUMN * (len(kinds) + 1))
    best: list[tuple[int, Record | None]] = [(0, None)]
    for end in range(1, len(lines) + 1):
        options: list[tuple[int, Record | None]] = []
        if not lines[end - 1]:
            options.append((best[end - 1][0], None))
        for start in range(end - 1, max(end - 1 - reach, -1), -1):
            options += (
                (best[start][0] + record.score, record)
                for record in _make_records(lines, start, end, kinds)
            )
            if start < end - 1 and _is_full(lines[start], kinds):
                break
        best.append(max(options, key=lambda option: option[0]))
    return _trace(best, len(lines))


def part_sections(records: Sequence[Record], kinds: str) -> list[Record]:
    """The rows with numbered lines of words apart that name what follows: 1 災害に強いまち.

    Such a line looks like the beginning of the name below it, but no other name is numbered.
    """
    rows = [record for record in records if not record.banner]
    apart = [record for record in rows if _has_section(record, kinds)]
    plain = [record for record in rows if not _is_numbered(record)]
    if "n" in kinds or not plain or any(_is_numbered(r) and r not in apart for r in rows):
        return list(records)
    parted: list[Record] = []
    for record in records:
        parted += _part(record) if record in apart else [record]
    return parted


def give_names_back(records: Sequence[Record], kinds: str) -> list[Record]:
    """The rows with the first lines of names that look like texts of rows before, or like banners.

    A name on a line of its own, where names else stand beside their figures, was too long for one
    line: it has another line above.
    """
    rows = [record for record in records if record.has_figures(kinds)]
    apart = [record for record in rows if _has_name_apart(record, kinds)]
    if 2 * len(apart) >= len(rows):
        return list(records)
    given: list[Record] = []
    for record in records:
        before = given.pop() if given and record in apart else None
        if before is None:
            given.append(record)
        elif before.banner:
            given.append(_take_line(record, before.pieces))
        elif _ends_with_line_of_text(before, kinds):
            pieces, columns = before.pieces[:-1], before.columns[:-1]
            given.append(replace(before, last=before.last - 1, pieces=pieces, columns=columns))
            given.append(_take_line(record, before.pieces[-1:]))
        else:
            given += before, record
    return given


def _take_line(record: Record, line: tuple[Piece, ...]) -> Record:
    """A row with the pieces of the line before it as the beginning of its name."""
    columns = (record.columns[0],) * len(line) + record.columns
    return replace(record, first=record.first - 1, pieces=(*line, *record.pieces), columns=columns)


def _has_name_apart(record: Record, kinds: str) -> bool:
    """Whether the name of a row is one word alone on the line before its figures."""
    if len(record.pieces) < 2 or record.banner:
        return False
    first, second = record.pieces[:2]
    label, figure = (kinds[col] for col in record.columns[:2])
    return first.cls == "W" and label == "l" and figure in "uf" and first.line != second.line


def _ends_with_line_of_text(record: Record, kinds: str) -> bool:
    """Whether the last line of a row is a word in a column of texts."""
    if len(record.pieces) < 2:
        return False
    before, last = record.pieces[-2:]
    return last.cls == "W" and kinds[record.columns[-1]] == "t" and last.line != before.line


def _is_numbered(record: Record) -> bool:
    return record.pieces[0].cls == "C" and len(record.pieces) > 1


def _has_section(record: Record, kinds: str) -> bool:
    """Whether the first line of a row is a number and words, with a name and figures below it."""
    first = [piece for piece in record.pieces if piece.line == record.pieces[0].line]
    below = record.pieces[len(first) :]
    words = [piece.cls for piece in first] == ["C", "W"]
    named = len(below) > 1 and below[0].cls == "W" and kinds[record.columns[len(first)]] == "l"
    return words and named


def _part(record: Record) -> list[Record]:
    """The section and the row that a record holds."""
    end = record.first + 1
    head, rest = record.pieces[:2], record.pieces[2:]
    return [
        Record(record.first, end, head, (), BANNER),
        Record(end, record.last, rest, record.columns[2:], record.score),
    ]


def _trace(best: list[tuple[int, Record | None]], end: int) -> list[Record]:
    found: list[Record] = []
    while end:
        record = best[end][1]
        if record is None:
            end -= 1
            continue
        found.append(record)
        end = record.first
    return found[::-1]


def _is_full(line: Sequence[Piece], kinds: str) -> bool:
    """Whether a line is a whole row by itself, so that no row reaches over it."""
    figures = sum(piece.cls in "FCM" for piece in line)
    words = sum(piece.cls not in "FCMB" for piece in line)
    return (
        words >= max(kinds.count("l"), 1)
        and figures >= kinds.count("f") > 0
        and line[0].cls not in "FM"
    )


def _make_records(
    lines: Sequence[Sequence[Piece]], start: int, end: int, kinds: str
) -> list[Record]:
    chosen = [line for line in lines[start:end] if line]
    if not chosen or not lines[start]:
        return []
    pieces = tuple(piece for line in chosen for piece in line)
    shape = find_shape(chosen)
    made = []
    if any(piece.cls in "FCMB" for piece in pieces):
        score, columns = align_shape(shape, kinds)
        if columns:
            made.append(Record(start, end, pieces, columns, score))
    if end == start + 1 and not any(piece.cls in "FCM" for piece in pieces[1:]):
        made.append(Record(start, end, pieces, (), BANNER))
    return made
