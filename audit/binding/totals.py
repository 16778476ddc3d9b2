"""Which lines does a total add up? Groups, subtotals, heading rows, or a run that comes out.

Lines are read twice: upwards, so that heading rows claim the lines below them, and downwards, so
that totals claim what is open above them. Whatever a line has claimed is no longer open; the line
itself stands for it. That gives any number of levels without naming them.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.arithmetic.relations.total import RELATION
from kenzan.audit.binding.ledger import Ledger
from kenzan.audit.binding.outline import find_numbered, find_outline, read_number
from kenzan.audit.precision import LINEAR
from kenzan.audit.ties import Pool, Question, Tie
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kenzan.arithmetic.evidence import Tally
    from kenzan.arithmetic.relation import Hypothesis
    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Axis, Key, Line, Sheet

    PartSets = dict[str, tuple[Line, ...]]

NAMED_PRIOR = 2
OUTLINE_PRIOR = 1
MOST_PRIOR = 5

_TOTALS = {"total", "subtotal"}
_FOUND = {"run", "some", "without-one"}
"""Hypotheses that were found by trying sums, so that holding says less for them."""

_SHORT = 8
"""Sums of more figures than this are not looked at backwards."""

_HYPOTHESES = {one.name: one for one in RELATION.hypotheses}


@dataclass(slots=True)
class _Total:
    """A line and the part sets that it may be the sum of, by hypothesis, best guess first."""

    line: Line
    candidates: PartSets
    prior: int
    chosen: tuple[Line, ...] = ()
    tally: Tally | None = None

    @property
    def settled(self) -> bool:
        """Whether only one set of parts is in question."""
        return len(self.candidates) == 1

    @property
    def holds(self) -> bool:
        """Whether the chosen parts add up wherever the total is printed."""
        return self.tally is not None and 0 < self.tally.tested == self.tally.held


def find_pools(sheets: Sequence[Sheet], others: Sequence[Pool] = ()) -> Iterator[Pool]:
    """One pool for each total line of each table.

    ``others`` are the questions that named relations ask: a figure that comes about otherwise along
    its row (an amount after a change, the whole of a breakdown) is no total as well.
    """
    flowing = {one.judged.index for pool in others for one in pool.questions}
    company = _Company(others)
    for sheet in sheets:
        yield from _find_along(sheet, "rows", frozenset(), company)
        yield from _find_along(sheet, "columns", flowing, company)


class _Company:
    """Which figures stand in one sum; worked out when it is first asked for."""

    def __init__(self, pools: Sequence[Pool]) -> None:
        self._pools = [one for one in pools if one.relation.name in LINEAR]

    @cached_property
    def _by_figure(self) -> Mapping[int, set[int]]:
        company: dict[int, set[int]] = defaultdict(set)
        for pool in self._pools:
            for tie in (tie for one in pool.questions for tie in one.ties if tie is not None):
                indexes = [one.index for one in tie.figures()]
                for index in indexes if len(indexes) <= _SHORT else ():
                    company[index].update(indexes)
        return company

    def meets(self, one: Figure, other: Figure) -> bool:
        """Whether two figures stand in one sum."""
        return other.index in self._by_figure.get(one.index, ())


def _find_along(
    sheet: Sheet, axis: Axis, flowing: AbstractSet[int], company: _Company
) -> Iterator[Pool]:
    ledger = Ledger(sheet, axis)
    if len(ledger.lines) >= 2:
        structure = _Structure(ledger)
        holding = sum(total.holds for total in structure.totals)
        for total in structure.totals:
            judged = ledger.figures[total.line.index].values()
            if any(figure.index in flowing for figure in judged):
                continue
            if total.prior or not structure.is_turned_round(total, company):
                yield from structure.to_pools(total, holding - total.holds)


class _Structure:
    """The totals of one axis, and what each of them was found to be made of."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.totals: list[_Total] = []
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

    def _settle(self, total: _Total, parts: tuple[Line, ...]) -> None:
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
                total = _Total(line, {"below": parts}, OUTLINE_PRIOR if outline else 0)
                self._settle(total, parts)
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
                self._settle(_Total(line, {"run": chosen}, 0), chosen)
            return chosen
        suggested = self._suggest(line, open_lines)
        for name, parts in suggested.items():
            if self.ledger.roughly_holds(line, parts):
                self._settle(_Total(line, {name: parts}, NAMED_PRIOR), parts)
                return parts
        return self._search(line, open_lines, suggested)

    def _search(self, line: Line, open_lines: list[Line], suggested: PartSets) -> tuple[Line, ...]:
        """What a named total adds up if nothing that its place suggests comes out everywhere."""
        candidates = dict(suggested)
        count = self.ledger.find_run(line, open_lines[::-1], named=True)
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
        self._settle(_Total(line, candidates, NAMED_PRIOR), chosen)
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

    def is_turned_round(self, total: _Total, company: _Company) -> bool:
        """Whether a sum that no header names is another relation read backwards.

        opening + in - out = closing makes opening = out + closing, wherever nothing came in.
        """
        figures = self.ledger.figures
        for key, figure in figures[total.line.index].items():
            parts = [found for one in total.chosen if (found := figures[one.index].get(key))]
            if any(company.meets(figure, one) for one in parts):
                return True
        return False

    def to_pools(self, total: _Total, others: int) -> Iterator[Pool]:
        """The questions about one total: at every key, is it the sum of its parts?"""
        prior = min(total.prior + others, MOST_PRIOR) if total.prior else 0
        candidates = total.candidates
        if total.holds:
            candidates = {
                name: parts for name, parts in candidates.items() if parts == total.chosen
            }
        hypotheses = tuple(_HYPOTHESES[name] for name in candidates)
        priors = tuple(prior if name not in _FOUND else 0 for name in candidates)
        questions = []
        for key, figure in self.ledger.figures[total.line.index].items():
            ties = tuple(
                _to_tie(_HYPOTHESES[name], figure, key, parts) for name, parts in candidates.items()
            )
            if any(ties):
                questions.append(Question(figure, ties))
        if questions:
            scope = f"table:{self.ledger.number}"
            yield Pool(RELATION, scope, hypotheses, tuple(questions), priors)
            yield from self._through_subtotals(total, prior)

    def _through_subtotals(self, total: _Total, prior: int) -> Iterator[Pool]:
        """Where something breaks, also the sum of what the subtotals are made of.

        It holds if a subtotal is to blame, and breaks if one of their parts is.
        """
        leaves = tuple(leaf for one in total.chosen for leaf in self.parts.get(one.index, (one,)))
        suspects = [one for one in self.totals if one is total or one.line in total.chosen]
        if leaves == total.chosen or all(one.holds for one in suspects):
            return
        broken = {key[0] for one in suspects for key in self._broken_keys(one)}
        hypothesis = _HYPOTHESES["open"]
        questions = []
        for key, figure in self.ledger.figures[total.line.index].items():
            tie = _to_tie(hypothesis, figure, key, leaves) if key[0] in broken else None
            if tie is not None:
                questions.append(Question(figure, (tie,)))
        if questions:
            held = self.ledger.tally(total.line, leaves)
            worth = max(prior, 1) if held.held or (total.tally and total.tally.held) else 0
            scope = f"table:{self.ledger.number}"
            priors = (worth + held.telling,)
            yield Pool(RELATION, scope, (hypothesis,), tuple(questions), priors)

    def _broken_keys(self, total: _Total) -> Iterator[Key]:
        amounts = self.ledger.amounts
        for key, figure in self.ledger.figures[total.line.index].items():
            if sum(amounts[part.index].get(key, 0) for part in total.chosen) != figure.value:
                yield key


def _since_total(open_lines: Sequence[Line]) -> tuple[Line, ...]:
    """The open lines after the last total."""
    since: list[Line] = []
    for one in reversed(open_lines):
        if one.header.kind in _TOTALS:
            break
        since.append(one)
    return tuple(reversed(since))


def _to_tie(hypothesis: Hypothesis, judged: Figure, key: Key, parts: Sequence[Line]) -> Tie | None:
    """The tie at one key; ``None`` if a part cannot be counted or none is printed."""
    figures: list[Figure] = []
    names = []
    for line in parts:
        if key[0] in line.blocked:
            return None
        here = line.at(key)
        figures.extend(here)
        names.extend([line.name] * len(here))
    units = {one.unit for one in figures} | {judged.unit}
    if not figures or judged in figures or len(units - {""}) > 1:
        return None
    operands: Mapping[str, tuple[Figure, ...]] = {"part": tuple(figures)}
    return Tie(RELATION, hypothesis, judged, operands, names={"part": tuple(names)})
