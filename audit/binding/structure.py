"""Which lines does a total add up? Groups, subtotals, heading rows, or a run that comes out.

Lines are read twice: upwards, so that heading rows claim the lines below them, and downwards, so
that totals claim what is open above them. Whatever a line has claimed is no longer open; the line
itself stands for it. That gives any number of levels without naming them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.audit.binding.outline import find_numbered, find_outline, read_number
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.arithmetic.evidence import Tally
    from kenzan.audit.binding.ledger import Ledger
    from kenzan.audit.sheet import Line

    PartSets = dict[str, tuple[Line, ...]]

NAMED_PRIOR = 2
OUTLINE_PRIOR = 1

_TOTALS = {"total", "subtotal"}


@dataclass(slots=True)
class Total:
    """A line and the part sets that it may be the sum of, by hypothesis, best guess first."""

    line: Line
    candidates: PartSets
    prior: int
    chosen: tuple[Line, ...] = ()
    tally: Tally | None = None

    @property
    def holds(self) -> bool:
        """Whether the chosen parts add up wherever the total is printed."""
        return self.tally is not None and 0 < self.tally.tested == self.tally.held


class Structure:
    """The totals of one axis, and what each of them was found to be made of."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.totals: list[Total] = []
        self.parts: dict[int, tuple[Line, ...]] = {}
        self.numbers_tell = self._do_numbers_tell()
        self._find_totals(self._find_headings())

    def _do_numbers_tell(self) -> bool:
        """Whether numbers that begin again show what stands under what: most such sums hold."""
        lines = self.ledger.lines
        found = []
        for place, (line, following) in enumerate(pairwise(lines)):
            if read_number(following.label) == 1:
                under = find_numbered(line, lines[place + 1 :])
                found.append(bool(under) and self.ledger.find_run(line, under, named=True) > 0)
        return sum(found) >= 2 and 2 * sum(found) > len(found)

    def settle(self, total: Total, parts: tuple[Line, ...]) -> None:
        """Take note of a total and of the parts that it is probably made of."""
        total.chosen, total.tally = parts, self.ledger.tally(total.line, parts)
        self.totals.append(total)
        self.parts[total.line.index] = parts

    def _find_headings(self) -> list[Line]:
        """Upwards: heading rows claim the lines below. Returns what is left, in order."""
        below: list[Line] = []
        for line in reversed(self.ledger.lines):
            outline = find_outline(line, below)
            numbered = [] if outline else find_numbered(line, below)
            count = 0
            heads = line.header.kind == "part" or self.ledger.starts_group(line)
            if heads and len(below) >= 2:
                count = self.ledger.find_run(line, below, named=bool(outline or numbered))
            if numbered and (count or self.numbers_tell):
                outline = numbered
            if count or outline:
                parts = tuple(below[: count or len(outline)])
                total = Total(line, {"below": parts}, OUTLINE_PRIOR if outline else 0)
                self.settle(total, parts)
                below = below[len(parts) :]
            below.insert(0, line)
        return below

    def _find_totals(self, lines: Sequence[Line]) -> None:
        """Downwards: totals claim what is open above them."""
        open_lines: list[Line] = []
        for line in lines:
            chosen: tuple[Line, ...] = ()
            if line.index not in self.parts and open_lines:
                chosen = self._find_parts(line, open_lines)
            if chosen:
                claimed = {one.index for one in chosen}
                open_lines = [one for one in open_lines if one.index not in claimed]
            open_lines.append(line)

    def _find_parts(self, line: Line, open_lines: list[Line]) -> tuple[Line, ...]:
        """What a line adds up, of the open lines above it; nothing if it is no total."""
        if line.header.kind not in _TOTALS:
            count = self.ledger.find_run(line, open_lines[::-1], named=False)
            chosen = tuple(open_lines[-count:]) if count else ()
            if chosen:
                self.settle(Total(line, {"run": chosen}, 0), chosen)
            return chosen
        suggested = self._suggest(line, open_lines)
        for name, parts in suggested.items():
            if self.ledger.roughly_holds(line, parts):
                self.settle(Total(line, {name: parts}, NAMED_PRIOR), parts)
                return parts
        return self._search(line, open_lines, suggested)

    def _search(self, line: Line, open_lines: list[Line], suggested: PartSets) -> tuple[Line, ...]:
        """What a named total adds up if nothing that its place suggests comes out everywhere."""
        candidates = dict(suggested)
        count = self.ledger.find_run(line, open_lines[::-1], named=True)
        if count == 1 and self.ledger.tally(line, open_lines[-1:]).held < 2:
            count = 0  # the total of the one line above it, or a copy of it
        run = tuple(open_lines[-count:]) if count else ()
        found = {"run": run}
        if not count and not any(
            self.ledger.tally(line, one).telling for one in suggested.values()
        ):
            found["some"] = self.ledger.find_some(line, open_lines)
        for name, parts in found.items():
            if parts and parts not in candidates.values():
                candidates[name] = parts
        if not candidates:
            return ()
        chosen = run or self._first(line, candidates)
        without = () if count else self.ledger.leave_one_out(line, candidates.values())
        if without:
            candidates["without-one"] = without
        self.settle(Total(line, candidates, NAMED_PRIOR), chosen)
        return chosen

    def _first(self, line: Line, candidates: PartSets) -> tuple[Line, ...]:
        """The part set that comes out most often, the first one on a tie."""
        return max(candidates.values(), key=lambda parts: self.ledger.tally(line, parts).held)

    def _suggest(self, line: Line, open_lines: list[Line]) -> PartSets:
        """The part sets that the layout suggests for a named total, the likeliest first."""
        group = line.header.path[:-1]
        within = tuple(
            one for one in open_lines if group and one.header.path[: len(group)] == group
        )
        suggested: PartSets = {
            "group": within,
            "since-total": _since_total(open_lines),
            "open": tuple(open_lines),
        }
        if line.header.kind == "total" and not within:
            suggested = {name: suggested[name] for name in ("open", "since-total")}
        sets: PartSets = {}
        for name, parts in suggested.items():
            if len(parts) >= self.ledger.least and parts not in sets.values():
                sets[name] = parts
        return sets


def _since_total(open_lines: Sequence[Line]) -> tuple[Line, ...]:
    """The open lines after the last total."""
    since: list[Line] = []
    for one in reversed(open_lines):
        if one.header.kind in _TOTALS:
            break
        since.append(one)
    return tuple(reversed(since))
