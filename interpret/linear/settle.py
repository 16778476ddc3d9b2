"""From the best assignments to one that can be trusted: what the rivals dispute stays open."""

from __future__ import annotations

from dataclasses import field
from itertools import permutations
from typing import TYPE_CHECKING

from kenzan.interpret.linear.positions import Positions
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.linear.matching import Matcher
    from kenzan.interpret.linear.search import Search
    from kenzan.interpret.linear.state import State

MARGIN = 40
"""A rival that is less than this behind (tenths of bits) puts in doubt what it does otherwise."""

_MOST_PERMUTED = 5


@dataclass(slots=True)
class Settled:
    """Where the figures stand: slots to figures, for values and for changes.

    ``doubtful`` are the slots whose content is disputed (empty here); ``margin`` how far the best
    rival is behind, up to the reach of the search.
    """

    values: dict[int, int] = field(default_factory=dict)
    changes: dict[int, int] = field(default_factory=dict)
    doubtful: set[int] = field(default_factory=set)
    margin: int = 0
    score: int = 0


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An assignment with its indicators named: indicator k of the search is ``order[k]``."""

    score: int
    state: State
    order: tuple[int, ...]


def settle(search: Search, states: Sequence[State], matcher: Matcher | None) -> Settled | None:
    """The best assignment without what credible rivals place otherwise; ``None`` without one.

    ``matcher`` names the indicators where the text gives columns by themselves.
    """
    candidates = sorted(_candidates(search, states, matcher), key=lambda c: c.score, reverse=True)
    if not candidates:
        return None
    best = candidates[0]
    settled = Settled(margin=search_reach(candidates), score=best.score)
    settled.values = _named(search, best, best.state.values)
    settled.changes = _named(search, best, best.state.changes)
    doubt = {_renumber(search, best, slot): gap for slot, gap in best.state.doubt.items()}
    mine = _content(search, best)
    for rival in candidates[1:]:
        gap = best.score - rival.score
        for slot in _differences(mine, _content(search, rival)) if gap < MARGIN else ():
            doubt[slot] = min(gap, doubt.get(slot, gap))
    _leave_open(settled, _untrusted(search, best.state, settled))
    _leave_open(settled, [slot for slot, gap in doubt.items() if gap < MARGIN])
    return settled


def _untrusted(search: Search, state: State, settled: Settled) -> list[int]:
    """Slots of rows with figures that found no place, or that could not be read.

    Where positions tell the columns apart only the empty cells of such a row are in doubt.
    """
    rows = {row for _, row in state.junk} | search.strays
    if (rows and not search.by_rows) or (search.floating and state.junk):
        rows = set(range(search.axes.periods))
    slots = [s for s in range(search.axes.size) if search.axes.place(s)[1] in rows]
    if isinstance(search.positions, Positions) and not state.junk:
        return [slot for slot in slots if slot not in settled.values]
    return slots


def search_reach(candidates: Sequence[_Candidate]) -> int:
    """How far the second candidate is behind the first; the whole reach if there is none."""
    if len(candidates) < 2:
        return 10 * MARGIN
    return candidates[0].score - candidates[1].score


def _candidates(
    search: Search, states: Sequence[State], matcher: Matcher | None
) -> Iterator[_Candidate]:
    count = search.axes.indicators
    least = states[0].total - MARGIN if states else 0
    same = tuple(range(count))
    for state in states:
        total = state.total
        if matcher is None:
            yield _Candidate(total, state, same)
        elif total > least:
            orders = permutations(same) if count <= _MOST_PERMUTED else iter([same])
            for order in orders:
                yield _Candidate(total + matcher.score(search, state, order), state, order)


def _named(search: Search, candidate: _Candidate, places: dict[int, int]) -> dict[int, int]:
    """Slots counted with the named indicators."""
    return {_renumber(search, candidate, slot): figure for slot, figure in places.items()}


def _content(search: Search, candidate: _Candidate) -> dict[int, tuple[str, str]]:
    """What each cell says: the text of its value and of its change."""
    values = _named(search, candidate, candidate.state.values)
    changes = _named(search, candidate, candidate.state.changes)
    return {
        slot: (_label(search, figure), _label(search, changes.get(slot)))
        for slot, figure in values.items()
    }


def _label(search: Search, figure: int | None) -> str:
    return "" if figure is None else search.figures[figure].token.label


def _differences(
    mine: dict[int, tuple[str, str]], other: dict[int, tuple[str, str]]
) -> Iterator[int]:
    """Slots whose value differs, and ``~slot`` where only the change does."""
    for slot in mine.keys() | other.keys():
        here, there = mine.get(slot, ("", "")), other.get(slot, ("", ""))
        if here[0] != there[0]:
            yield slot
        elif here[1] != there[1]:
            yield ~slot


def _leave_open(settled: Settled, slots: Sequence[int]) -> None:
    for slot in slots:
        if slot < 0:
            settled.changes.pop(~slot, None)
            continue
        settled.values.pop(slot, None)
        settled.changes.pop(slot, None)
        settled.doubtful.add(slot)


def _renumber(search: Search, candidate: _Candidate, slot: int) -> int:
    if slot < 0:
        return ~_renumber(search, candidate, ~slot)
    indicator, period, measure = search.axes.place(slot)
    return search.axes.slot(candidate.order[indicator], period, measure)
