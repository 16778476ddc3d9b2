"""Across reports: the same indicator of the same project, year after year.

Indicators are linked by name. A name that was reworded a little is linked by similarity, and the
score is shown; only the best partner on both sides counts. Two reports are taken for editions of
one report only if most of what both print agrees: another town's 市税 is no restatement of ours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import TELLING_BITS, count_bits
from kenzan.arithmetic.interval import find_step
from kenzan.audit.editions import Edition, read_edition
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kenzan.audit.editions import Name, Print
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Observation

    Pairs = dict[Name, tuple[Name, int]]

SIMILAR = 88
"""Names with a lower score (of 100) are not linked."""

FEW = 12
"""A report is compared with so many earlier ones at most."""

COMMON = 60
"""A figure that more reports print than this says nothing about which of them belong together."""

LEAST = 10
"""A report that shares fewer figures than this part of what the nearest one does is none of it."""

_COMMON_INSIDE = 12
"""The same inside a report: a figure that more of its indicators share than this."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A figure of an earlier report for the same fact; ``score`` is that of the link."""

    document: str
    row: Observation
    score: int


def link_reports(reports: Sequence[Report]) -> list[dict[int, Earlier]]:
    """For each report, which of its observations an earlier report prints as well.

    Reports are taken in the order of the latest year that they print an actual for. A figure is
    linked to the latest report before it.
    """
    editions = [read_edition(one) for one in reports]
    shelf = _Shelf(editions)
    return [link_edition(edition, shelf.find_near(edition)) for edition in editions]


def link_edition(edition: Edition, others: Iterable[Edition]) -> dict[int, Earlier]:
    """Which observations of a report the earlier ones among others print as well.

    Others of a later or the same year are passed over; of several, the latest speaks.
    """
    links: dict[int, Earlier] = {}
    before = [one for one in others if one.year < edition.year]
    for one in sorted(before, key=lambda other: (-other.year, other.document)):
        for position, earlier in _link(one, edition).items():
            links.setdefault(position, earlier)
    return dict(sorted(links.items()))


class _Shelf:
    """Reports, found again by the figures in them.

    Of many reports only those are compared that print most of the same figures: all with all
    would take the square of their number.
    """

    def __init__(self, editions: Sequence[Edition]) -> None:
        self._editions = editions
        self._holders: dict[Print, list[int]] = defaultdict(list)
        for place, edition in enumerate(editions if len(editions) > FEW else ()):
            for one in _prints(edition):
                self._holders[one].append(place)

    def find_near(self, edition: Edition) -> list[Edition]:
        """The earlier reports to compare one with."""
        if len(self._editions) <= FEW:
            return list(self._editions)
        shared: Counter[int] = Counter()
        for holders in map(self._holders.__getitem__, _prints(edition)):
            if len(holders) <= COMMON:
                shared.update(at for at in holders if self._editions[at].year < edition.year)
        near = shared.most_common(FEW)
        return [self._editions[at] for at, count in near if LEAST * count >= near[0][1]]


def _prints(edition: Edition) -> set[Print]:
    return {printed for _, printed in edition.prints()}


def _link(old: Edition, new: Edition) -> dict[int, Earlier]:
    """The figures that both print; none if the reports do not look like editions of one."""
    found: dict[int, Earlier] = {}
    for name, (partner, score) in _pair_names(old, new).items():
        for point, position in new.index[name].items():
            if point in old.index[partner]:
                row = old.rows[old.index[partner][point]]
                found[position] = Earlier(old.document, row, score)
    return found if _are_editions(found, new) else {}


def _are_editions(found: dict[int, Earlier], new: Edition) -> bool:
    """Whether most of what both print agrees, and not by zeros and ones alone."""
    both = [(new.rows[at], one.row) for at, one in found.items()]
    both = [(now, old) for now, old in both if now.unit == old.unit]
    agreed = [now.value for now, old in both if now.value == old.value and now.value is not None]
    telling = any(count_bits(value, find_step(value)) >= TELLING_BITS for value in agreed)
    return telling and 2 * len(agreed) >= len(both)


def _pair_names(old: Edition, new: Edition) -> Pairs:
    """Each new name with its old one: the same, or the most similar one on both sides."""
    pairs = {name: (name, 100) for name in new.index if name in old.index}
    scores = {pair: score_names(*pair) for pair in set(_find_alike(old, new, pairs))}
    best: dict[Name, Name] = {}
    for (one, two), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(one, two)
        best.setdefault(two, one)
        if score >= SIMILAR and best[one] == two and best[two] == one:
            pairs[one] = (two, score)
    return pairs


def _find_alike(old: Edition, new: Edition, known: Pairs) -> Iterator[tuple[Name, Name]]:
    """New and old names without a namesake that agree on a figure at least.

    Only these are worth comparing letter by letter, which for all with all would take the square
    of their number; and 第一小学校 is not 第二小学校, however alike the names.
    """
    holders: dict[tuple[object, ...], list[Name]] = defaultdict(list)
    for name, (_, *figure) in old.prints():
        if name not in known:
            holders[tuple(figure)].append(name)
    for name, (_, *figure) in new.prints():
        if name not in known:
            found = holders.get(tuple(figure), [])
            yield from ((name, one) for one in found)


def score_names(one: Name, two: Name) -> int:
    """How similar two indicators are called, of 100: the least similar part decides."""
    from rapidfuzz.fuzz import ratio

    parts = [ratio(left, right) for left, right in zip(one, two, strict=True) if left or right]
    return int(min(parts, default=0))
