"""An author at work: the choices, the notation, and the ledger of what was printed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bench.corpus.model import Cell, CellKind, Fact, Figure, Part, Relation, Rules, Table, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from bench.corpus.draw import Draw
    from bench.corpus.notation import Notation

Parts = tuple[Part, ...]


@dataclass(slots=True)
class Author:
    """Builds one document: draws, prints figures and keeps the truth of each.

    ``year`` is the newest fiscal year the document speaks of; ``rules`` how tables are ruled.
    """

    draw: Draw
    notation: Notation
    year: int
    city: str
    rules: Rules = "full"
    facts: list[Fact] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    traits: dict[str, str] = field(default_factory=dict)

    def figure(self, fact: Fact, *, unit: str = "", signed: bool = False) -> tuple[int, Figure]:
        """Note the fact and print its value, with ``unit`` behind it if that is given."""
        if fact.value is None:
            return self.missing(fact)
        text = self.notation.number(fact.value, signed=signed) + self.notation.unit(unit)
        self.facts.append(replace(fact, value_raw=text))
        number = len(self.facts) - 1
        return number, Figure(text, number)

    def missing(self, fact: Fact) -> tuple[int, Figure]:
        """Note a place without a figure and print the author's mark for it."""
        applies = fact.status == "not_reported"
        text = self.notation.pending_mark if applies else self.notation.none_mark
        self.facts.append(replace(fact, value=None, value_raw=text))
        number = len(self.facts) - 1
        return number, Figure(text, number)

    def change(self, number: int, delta: Decimal) -> Parts:
        """Print the change behind the value of fact ``number``, in brackets."""
        text = self.notation.delta(delta)
        self.facts[number] = replace(self.facts[number], delta=delta, delta_raw=text)
        return ("\n" if self.notation.delta_break else " ", Figure(text, number, "delta"))

    def relate(self, kind: Any, result: Term | int, terms: Iterable[Any], **how: Any) -> None:
        """Note a sum that holds. Facts may be given by number; (number, factor) subtracts."""
        self.relations.append(Relation(kind, _term(result), tuple(map(_term, terms)), **how))


def _term(given: Any) -> Term:
    if isinstance(given, Term):
        return given
    return Term(given) if isinstance(given, int) else Term(given[0], "value", given[1])


@dataclass(slots=True)
class Grid:
    """Collects the cells of one table."""

    cells: list[Cell] = field(default_factory=list)

    def put(
        self,
        place: tuple[int, int],
        content: str | Parts,
        kind: CellKind = "text",
        span: tuple[int, int] = (1, 1),
        *,
        vertical: bool = False,
    ) -> None:
        """Set a cell at (row, column), ``span`` rows and columns large."""
        parts = (content,) if isinstance(content, str) else content
        self.cells.append(Cell(*place, parts, *span, kind, vertical))

    def put_headers(
        self, paths: Sequence[tuple[str, ...]], col: int = 0, *, merged: bool = True
    ) -> int:
        """Set headings of one or more levels; short paths reach down to the last level.

        Equal neighbours on the upper levels become one cell, or are repeated if not ``merged``.
        A column with an empty path shares the heading of the column before it. Returns the
        number of header rows.
        """
        depth = max(len(path) for path in paths)
        for level in range(depth):
            start = 0
            while start < len(paths):
                stop = _run_end(paths, start, level)
                self._put_header(paths, (level, start, stop), (depth, col), merged=merged)
                start = stop
        return depth

    def _put_header(
        self,
        paths: Sequence[tuple[str, ...]],
        run: tuple[int, int, int],
        frame: tuple[int, int],
        *,
        merged: bool,
    ) -> None:
        level, start, stop = run
        depth, col = frame
        if level >= len(paths[start]):
            return
        last = level == len(paths[start]) - 1
        rowspan = depth - level if last else 1
        if merged or last:
            place, span = (level, col + start), (rowspan, stop - start)
            self.put(place, paths[start][level], "head", span)
            return
        for index in range(start, stop):
            self.put((level, col + index), paths[start][level], "head", (rowspan, 1))

    def table(self, **style: Any) -> Table:
        """The finished table; ``style`` as the fields of ``Table``."""
        return Table(tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.col))), **style)


def _run_end(paths: Sequence[tuple[str, ...]], start: int, level: int) -> int:
    """End of the columns that share the path down to this level.

    A lowest label stands alone, or over the columns without a path behind it.
    """
    stop = start + 1
    if level >= len(paths[start]) - 1:
        while stop < len(paths) and not paths[stop]:
            stop += 1
        return stop
    prefix = paths[start][: level + 1]
    while stop < len(paths) and paths[stop][: level + 1] == prefix and len(paths[stop]) > level + 1:
        stop += 1
    return stop
