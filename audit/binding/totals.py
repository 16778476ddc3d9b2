"""Which lines does a total add up? Groups, subtotals, heading rows, or a run that comes out.

Lines are read twice: upwards, so that heading rows claim the lines below them, and downwards, so
that totals claim what is open above them. Whatever a line has claimed is no longer open; the line
itself stands for it. That gives any number of levels without naming them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import Tally, count_bits
from kenzan.arithmetic.relations.total import RELATION
from kenzan.audit.ties import Pool, Question, Tie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from kenzan.arithmetic.relation import Hypothesis
    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Axis, Key, Line, Sheet

RATES = {"rate", "change_rate"}
UNNAMED_BITS = 20
"""What a sum must say before lines that no header calls a total are taken for one."""

NAMED_PRIOR = 2
OUTLINE_PRIOR = 1
MOST_PRIOR = 5
MOST_OPEN = 14
"""With more open lines than this no search for some of them is made."""

FARTHEST = 60
"""How many lines an unnamed total may reach over."""

_FOUND = {"run", "some", "without-one"}
"""Hypotheses that were found by trying sums, so that holding says less for them."""

_HYPOTHESES = {one.name: one for one in RELATION.hypotheses}


@dataclass(slots=True)
class _Total:
    """A line and the part sets that it may be the sum of, by hypothesis, best guess first."""

    line: Line
    candidates: dict[str, tuple[Line, ...]]
    prior: int
    chosen: tuple[Line, ...] = ()
    holds: bool = False


@dataclass(slots=True)
class _Ledger:
    """The lines of one axis, their amounts by key, and the totals found so far."""

    sheet: Sheet
    lines: list[Line]
    least: int
    amounts: dict[int, dict[Key, Decimal]] = field(default_factory=dict)
    figures: dict[int, dict[Key, Figure]] = field(default_factory=dict)
    totals: list[_Total] = field(default_factory=list)
    parts: dict[int, tuple[Line, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet, axis: Axis) -> _Ledger:
        """The lines along an axis. A row may be the total of a single row, a column may not."""
        lines = [line for line in sheet.lines(axis) if _counts(line, axis)]
        ledger = cls(sheet, lines, 1 if axis == "rows" else 2)
        added = {
            line.index for line in sheet.lines("columns" if axis == "rows" else "rows") if line.adds
        }
        for line in lines:
            keyed = {
                key: figure
                for key, figure in sheet.keys(line)
                if _is_added(sheet, key, figure, added)
            }
            ledger.figures[line.index] = keyed
            ledger.amounts[line.index] = _amounts(keyed)
        return ledger

    def starts_group(self, line: Line) -> bool:
        """Whether nothing that a total could add up stands above it in its group."""
        place = next(i for i, one in enumerate(self.lines) if one is line)
        group = line.header.path[:-1]
        above = self.lines[place - 1] if place else None
        return above is None or above.header.path[: len(group)] != group

    def agrees(self, line: Line, part_sets: Iterable[tuple[Line, ...]]) -> bool:
        """Whether one of the part sets comes out at some telling key."""
        return any(_tally(self, line, parts).telling for parts in part_sets)

    def amount(self, line: Line, key: Key) -> Decimal | None:
        return self.amounts[line.index].get(key)


def _amounts(keyed: dict[Key, Figure]) -> dict[Key, Decimal]:
    """By key, and under an empty tag the sum of all tagged figures of a cell."""
    found: dict[Key, Decimal] = {}
    for (cross, tag), figure in keyed.items():
        found[cross, tag] = figure.value
        if tag:
            found[cross, ""] = found.get((cross, ""), figure.value * 0) + figure.value
    return found


def find_pools(sheets: Sequence[Sheet], flowing: AbstractSet[int] = frozenset()) -> Iterator[Pool]:
    """One pool for each total line of each table.

    ``flowing`` holds the indexes of figures that are known to come about otherwise along their row:
    an amount after a change, the whole of a breakdown.
    """
    for sheet in sheets:
        yield from _find_along(sheet, "rows", frozenset())
        yield from _find_along(sheet, "columns", flowing)


def _find_along(sheet: Sheet, axis: Axis, flowing: AbstractSet[int]) -> Iterator[Pool]:
    ledger = _Ledger.of(sheet, axis)
    if len(ledger.lines) < 2:
        return
    left = _find_headings(ledger)
    _find_totals(ledger, left)
    holding = sum(total.holds for total in ledger.totals)
    for total in ledger.totals:
        judged = ledger.figures[total.line.index].values()
        if not any(figure.index in flowing for figure in judged):
            yield from _to_pools(ledger, total, holding - total.holds)


def _is_added(sheet: Sheet, key: Key, figure: Figure, added: set[int]) -> bool:
    """Whether a figure is of a kind that adds up: amounts, counts and shares, not rates."""
    measure, unit = sheet.measures[figure.index], sheet.units[figure.index]
    if measure == "share":
        return True
    return measure not in RATES and unit != "%" and key[0] in added


def _counts(line: Line, axis: Axis) -> bool:
    """Whether a line can be a part or a total at all."""
    if line.header.kind in {"of_which", "text", "difference"} and axis == "rows":
        return False
    if axis == "columns":
        return line.measure not in RATES | {"share", "change"} and line.unit != "%"
    return line.adds or line.measure == "share"


def _find_headings(ledger: _Ledger) -> list[Line]:
    """Upwards: heading rows claim the lines below. Returns what is left, in order."""
    below: list[Line] = []
    for line in reversed(ledger.lines):
        outline = _find_outline(line, below)
        count = 0
        heads = line.header.kind == "part" or ledger.starts_group(line)
        if heads and len(below) >= 2:
            count = _find_run(ledger, line, below, named=bool(outline))
        if count or outline:
            candidates = {"below": tuple(below[: count or len(outline)])}
            total = _Total(line, candidates, OUTLINE_PRIOR if outline else 0)
            _settle(ledger, total, candidates["below"], holds=bool(count))
            below = below[len(candidates["below"]) :]
        below.insert(0, line)
    return below


def _find_outline(line: Line, below: Sequence[Line]) -> list[Line]:
    """The lines below that the labels put under this one, one level down."""
    path = line.header.path
    if not path or line.header.kind != "part":
        return []
    under: list[Line] = []
    for one in below:
        if one.header.path[: len(path)] != path or len(one.header.path) <= len(path):
            break
        under.append(one)
    return [] if any(one.header.kind != "part" for one in under) else under


def _settle(ledger: _Ledger, total: _Total, parts: tuple[Line, ...], *, holds: bool) -> None:
    total.chosen, total.holds = parts, holds
    ledger.totals.append(total)
    ledger.parts[total.line.index] = parts


def _find_totals(ledger: _Ledger, lines: Sequence[Line]) -> None:
    """Downwards: totals claim what is open above them."""
    open_lines: list[Line] = []
    for line in lines:
        named = line.header.kind in {"total", "subtotal"}
        if line.index in ledger.parts:
            open_lines.append(line)
            continue
        above = open_lines[::-1]
        count = _find_run(ledger, line, above, named=named) if above else 0
        if named and above:
            candidates = _name_candidates(ledger, line, open_lines, count)
            if not candidates:
                open_lines.append(line)
                continue
            total = _Total(line, candidates, NAMED_PRIOR)
            chosen = tuple(open_lines[-count:]) if count else _first(ledger, line, candidates)
            _settle(ledger, total, chosen, holds=bool(count))
            open_lines = [one for one in open_lines if one not in chosen]
        elif count:
            chosen = tuple(open_lines[-count:])
            _settle(ledger, _Total(line, {"run": chosen}, 0), chosen, holds=True)
            open_lines = open_lines[:-count]
        open_lines.append(line)


def _first(
    ledger: _Ledger, line: Line, candidates: dict[str, tuple[Line, ...]]
) -> tuple[Line, ...]:
    """The part set that comes out most often, the first one on a tie."""
    return max(candidates.values(), key=lambda parts: _tally(ledger, line, parts).held)


def _name_candidates(
    ledger: _Ledger, line: Line, open_lines: Sequence[Line], count: int
) -> dict[str, tuple[Line, ...]]:
    """The part sets that the layout suggests for a named total, and the run that comes out."""
    sets: dict[str, tuple[Line, ...]] = {}
    group = line.header.path[:-1]
    within = tuple(one for one in open_lines if group and one.header.path[: len(group)] == group)
    since: list[Line] = []
    for one in reversed(open_lines):
        if one.header.kind in {"total", "subtotal"}:
            break
        since.insert(0, one)
    suggested = {"group": within, "since-total": tuple(since), "open": tuple(open_lines)}
    if line.header.kind == "total" and not within:
        suggested = {"open": tuple(open_lines), "since-total": tuple(since)}
    if count:
        suggested["run"] = tuple(open_lines[-count:])
    elif not ledger.agrees(line, suggested.values()):
        suggested["some"] = _find_some(ledger, line, open_lines)
    for name, parts in suggested.items():
        if len(parts) >= ledger.least and parts not in sets.values():
            sets[name] = parts
    without = _leave_one_out(ledger, line, sets)
    if without:
        sets["without-one"] = without
    return sets


def _find_some(ledger: _Ledger, line: Line, open_lines: Sequence[Line]) -> tuple[Line, ...]:
    """Two or three open lines that add up to the total wherever it is printed; else nothing.

    For totals of a layout that their place does not show (総計 of some of the rows above).
    """
    keys = _telling_keys(ledger, line, 2)
    if len(keys) < 2 or len(open_lines) > MOST_OPEN:
        return ()
    goals = [ledger.figures[line.index][key].value for key in keys]
    rows = [[ledger.amount(one, key) or 0 for key in keys] for one in open_lines]
    for count in (2, 3):
        for chosen in combinations(range(len(open_lines)), count):
            if all(sum(rows[i][k] for i in chosen) == goal for k, goal in enumerate(goals)):
                parts = tuple(open_lines[i] for i in chosen)
                tally = _tally(ledger, line, parts)
                if tally.telling >= 2 and 2 * tally.held > tally.tested:
                    return parts
    return ()


def _leave_one_out(
    ledger: _Ledger, line: Line, sets: dict[str, tuple[Line, ...]]
) -> tuple[Line, ...]:
    """A part set less the one line that is exactly the difference at the most telling key."""
    keys = _telling_keys(ledger, line, 1)
    for parts in sets.values():
        for key in keys:
            found = [ledger.amount(one, key) for one in parts]
            excess = sum(value for value in found if value is not None) - (
                ledger.amount(line, key) or 0
            )
            spare = [one for one, value in zip(parts, found, strict=True) if value == excess]
            if excess and len(spare) == 1 and len(parts) > 2:
                return tuple(one for one in parts if one is not spare[0])
    return ()


def _telling_keys(ledger: _Ledger, line: Line, count: int) -> list[Key]:
    """The keys at which the figure of a line says most; shares say nothing, all make 100."""
    keyed = ledger.figures[line.index]
    sized = [key for key, one in keyed.items() if ledger.sheet.measures[one.index] != "share"]
    ranked = sorted(sized, key=lambda key: -count_bits(keyed[key].value, keyed[key].step))
    return ranked[:count]


def _find_run(ledger: _Ledger, line: Line, near: Sequence[Line], *, named: bool) -> int:
    """How many of the nearest lines add up to this one; 0 if no number of them does.

    Tried at the keys that say most, then tested at all of them.
    """
    keyed = ledger.figures[line.index]
    least = ledger.least if named else 2
    reach = near if named else near[:FARTHEST]
    votes: Counter[int] = Counter()
    for key in _telling_keys(ledger, line, 4):
        goal, total, steps = keyed[key].value, keyed[key].value * 0, 0
        for count, one in enumerate(reach, 1):
            amount = ledger.amount(one, key)
            if amount is None:
                continue
            total += amount
            steps += 1
            if total == goal and steps >= least and goal:
                votes[count] += 1
    best, most = 0, 0
    for count in votes:
        tally = _tally(ledger, line, near[:count])
        enough = tally.bits > 0 if named else tally.bits >= UNNAMED_BITS and tally.telling >= 2
        if enough and tally.bits > most and 2 * tally.held > tally.tested:
            best, most = count, tally.bits
    return best


def _tally(ledger: _Ledger, line: Line, parts: Sequence[Line]) -> Tally:
    tally = Tally()
    for key, figure in ledger.figures[line.index].items():
        if ledger.sheet.measures[figure.index] == "share":
            continue
        amounts = [ledger.amount(one, key) for one in parts]
        known = [amount for amount in amounts if amount is not None]
        if known:
            bits = count_bits(figure.value, figure.step)
            tally = tally.add(bits, held=sum(known[1:], known[0]) == figure.value)
    return tally


def _to_pools(ledger: _Ledger, total: _Total, others: int) -> Iterator[Pool]:
    prior = min(total.prior + others, MOST_PRIOR) if total.prior else 0
    names = tuple(total.candidates)
    hypotheses = tuple(_HYPOTHESES[name] for name in names)
    priors = tuple(prior if name not in _FOUND else 0 for name in names)
    questions = tuple(
        Question(
            figure,
            tuple(
                _to_tie(ledger, hypothesis, figure, key, total.candidates[hypothesis.name])
                for hypothesis in hypotheses
            ),
        )
        for key, figure in ledger.figures[total.line.index].items()
    )
    asked = tuple(one for one in questions if any(one.ties))
    if asked:
        yield Pool(RELATION, f"table:{ledger.sheet.number}", hypotheses, asked, priors)
        yield from _through_subtotals(ledger, total, asked, prior)


def _through_subtotals(
    ledger: _Ledger, total: _Total, asked: Sequence[Question], prior: int
) -> Iterator[Pool]:
    """Where something breaks, also the sum of what the subtotals are made of.

    It holds if a subtotal is to blame, and breaks if one of their parts is.
    """
    leaves = tuple(leaf for one in total.chosen for leaf in ledger.parts.get(one.index, (one,)))
    if leaves == total.chosen:
        return
    suspects = [total, *(one for one in ledger.totals if one.line in total.chosen)]
    broken = {
        key[0]
        for one in suspects
        for key, figure in ledger.figures[one.line.index].items()
        if sum(ledger.amount(part, key) or 0 for part in one.chosen) != figure.value
    }
    hypothesis = _HYPOTHESES["open"]
    questions = []
    for key, figure in ledger.figures[total.line.index].items():
        tie = _to_tie(ledger, hypothesis, figure, key, leaves) if key[0] in broken else None
        if tie is not None and any(one.judged is figure for one in asked):
            questions.append(Question(figure, (tie,)))
    if questions:
        held = _tally(ledger, total.line, leaves)
        worth = max(prior, 1) if held.held or total.holds else 0
        scope = f"table:{ledger.sheet.number}"
        yield Pool(RELATION, scope, (hypothesis,), tuple(questions), (worth + held.telling,))


def _to_tie(
    ledger: _Ledger, hypothesis: Hypothesis, judged: Figure, key: Key, parts: Sequence[Line]
) -> Tie | None:
    """The tie at one key; ``None`` if a part cannot be counted or none is printed."""
    figures: list[Figure] = []
    names = []
    for line in parts:
        if key[0] in line.blocked:
            return None
        here = ledger.sheet.figures_at(line, key)
        figures.extend(here)
        names.extend([line.name] * len(here))
    units = {ledger.sheet.units[one.index] for one in (*figures, judged)}
    if not figures or judged in figures or len(units - {""}) > 1:
        return None
    return Tie(RELATION, hypothesis, judged, {"part": tuple(figures)}, names={"part": tuple(names)})
