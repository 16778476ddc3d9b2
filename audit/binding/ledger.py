"""Sums over the lines of one axis of a table: which runs of lines add up to another line?"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Axis, Key, Line, Sheet

RATES = {"rate", "change_rate"}
UNNAMED_BITS = 20
"""What a sum must say before lines that no header calls a total are taken for one."""

MOST_OPEN = 14
"""With more open lines than this no search for some of them is made."""

FARTHEST = 60
"""How many lines an unnamed total may reach over."""

_ZERO = Decimal(0)


class Ledger:
    """The lines of one axis that can be added up, with their amounts by key.

    ``least`` is how many parts a named total must have: a row may be the total of a single row, a
    column may not.
    """

    def __init__(self, sheet: Sheet, axis: Axis) -> None:
        self.number = sheet.number
        self.lines = [line for line in sheet.lines(axis) if _counts(line, axis)]
        self.least = 1 if axis == "rows" else 2
        across = sheet.lines("columns" if axis == "rows" else "rows")
        added = {line.index for line in across if line.adds}
        self.figures = {line.index: _pick(line, added) for line in self.lines}
        self.amounts = {index: _amounts(keyed) for index, keyed in self.figures.items()}
        self._ranked: dict[int, list[Key]] = {}
        self._before = {two.index: one for one, two in pairwise(self.lines)}
        self._signed = {
            key for amounts in self.amounts.values() for key, value in amounts.items() if value < 0
        }

    def starts_group(self, line: Line) -> bool:
        """Whether nothing that a total could add up stands above it in its group."""
        group = line.header.path[:-1]
        above = self._before.get(line.index)
        return above is None or above.header.path[: len(group)] != group

    def telling_keys(self, line: Line) -> list[Key]:
        """The keys of a line, the most telling first; shares say nothing, as all make 100."""
        found = self._ranked.get(line.index)
        if found is None:
            keyed = self.figures[line.index]
            sized = [key for key, one in keyed.items() if one.measure != "share"]
            found = sorted(sized, key=lambda key: -keyed[key].bits)
            self._ranked[line.index] = found
        return found

    def tally(self, line: Line, parts: Iterable[Line]) -> Tally:
        """How often the parts add up to the line, to the last digit, wherever both are printed."""
        columns = [self.amounts[one.index] for one in parts]
        printed = self.figures[line.index]
        held = tested = telling = bits = 0
        for key in self.telling_keys(line):
            figure = printed[key]
            known = [column[key] for column in columns if key in column]
            if known:
                tested += 1
                if sum(known, _ZERO) == figure.value:
                    held += 1
                    telling += figure.bits >= 3
                    bits += figure.bits
                else:
                    bits -= 6
        return Tally(held, tested, telling, bits)

    def roughly_holds(self, line: Line, parts: Sequence[Line]) -> bool:
        """Whether the parts add up to the line everywhere, give or take what rounding explains."""
        columns = [self.amounts[one.index] for one in parts]
        tested = 0
        for key in self.telling_keys(line):
            figure = self.figures[line.index][key]
            known = [column[key] for column in columns if key in column]
            if known:
                tested += 1
                if 2 * abs(sum(known, _ZERO) - figure.value) > figure.step * (len(known) + 1):
                    return False
        return tested > 0

    def find_run(self, line: Line, near: Sequence[Line], *, named: bool) -> int:
        """How many of the nearest lines add up to this one; 0 if no number of them does.

        Tried at the keys that say most, then tested at all of them.
        """
        reach = [self.amounts[one.index] for one in (near if named else near[:FARTHEST])]
        least = self.least if named else 2
        votes: Counter[int] = Counter()
        for place, key in enumerate(self.telling_keys(line)[:4]):
            votes.update(self._find_counts(line, reach, key, least))
            if place == 1 and not votes and not named:
                return 0
        best, most = 0, 0
        for count in votes:
            tally = self.tally(line, near[:count])
            enough = tally.bits > 0 if named else _is_a_total(tally)
            if enough and tally.bits > most and 2 * tally.held > tally.tested:
                best, most = count, tally.bits
        return best

    def _find_counts(
        self, line: Line, reach: Sequence[Mapping[Key, Decimal]], key: Key, least: int
    ) -> list[int]:
        """The numbers of nearest lines, given by their amounts, that make the figure at one key."""
        goal = self.figures[line.index][key].value
        if not goal:
            return []
        growing = key not in self._signed
        found, total, steps = [], _ZERO, 0
        for count, one in enumerate(reach, 1):
            amount = one.get(key)
            if amount is None:
                continue
            total += amount
            steps += 1
            if total == goal and steps >= least:
                found.append(count)
            elif growing and total > goal:
                break
        return found

    def find_some(self, line: Line, open_lines: Sequence[Line]) -> tuple[Line, ...]:
        """Two or three open lines that add up to the line wherever it is printed; else nothing.

        For totals of a layout that their place does not show (総計 of some of the rows above).
        """
        keys = self.telling_keys(line)[:2]
        if len(keys) < 2 or len(open_lines) > MOST_OPEN:
            return ()
        goals = [self.figures[line.index][key].value for key in keys]
        rows = [[self.amounts[one.index].get(key, _ZERO) for key in keys] for one in open_lines]
        for count in (2, 3):
            for chosen in combinations(range(len(open_lines)), count):
                if all(sum(rows[i][k] for i in chosen) == goal for k, goal in enumerate(goals)):
                    parts = tuple(open_lines[i] for i in chosen)
                    tally = self.tally(line, parts)
                    if tally.telling >= 2 and 2 * tally.held > tally.tested:
                        return parts
        return ()

    def leave_one_out(self, line: Line, part_sets: Iterable[tuple[Line, ...]]) -> tuple[Line, ...]:
        """A part set less the one line that is exactly the excess at the most telling key."""
        for key in self.telling_keys(line)[:1]:
            goal = self.figures[line.index][key].value
            for parts in part_sets:
                found = [self.amounts[one.index].get(key) for one in parts]
                excess = sum((value for value in found if value is not None), _ZERO) - goal
                spare = [one for one, value in zip(parts, found, strict=True) if value == excess]
                if excess and len(spare) == 1 and len(parts) > 2:
                    return tuple(one for one in parts if one is not spare[0])
        return ()


def _is_a_total(tally: Tally) -> bool:
    """Whether a sum that no header names comes out so well that it must be meant."""
    exceptions = max(1, tally.tested // 5)
    return tally.bits >= UNNAMED_BITS and tally.telling >= 2 and tally.broken <= exceptions


def _pick(line: Line, added: set[int]) -> dict[Key, Figure]:
    """The figures of a line that are of a kind that adds up: amounts, counts, shares; no rates."""
    return {
        key: one
        for key, one in line.keyed.items()
        if one.measure == "share"
        or (one.measure not in RATES and one.unit != "%" and key[0] in added)
    }


def _amounts(keyed: dict[Key, Figure]) -> dict[Key, Decimal]:
    """By key, and under an empty tag the sum of all tagged figures of a cell."""
    found: dict[Key, Decimal] = {}
    for key, figure in keyed.items():
        found[key] = figure.value
        if key[1]:
            whole = (key[0], "")
            found[whole] = found.get(whole, _ZERO) + figure.value
    return found


def _counts(line: Line, axis: Axis) -> bool:
    """Whether a line can be a part or a total at all."""
    if line.header.kind in {"of_which", "text", "difference"} and axis == "rows":
        return False
    if axis == "columns":
        return line.measure not in RATES | {"share", "change"} and line.unit != "%"
    return line.adds or line.measure == "share"
