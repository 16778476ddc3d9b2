"""Across reports: the same indicator of the same project, year after year.

Indicators are linked by name. Names that were reworded a little are linked by similarity, and the
score is shown; only the best partner on both sides counts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from kenzan.arithmetic.slips import REWRITTEN, find_slip
from kenzan.audit.equation import to_operand
from kenzan.audit.rule import Draft, Outcome
from kenzan.audit.series import is_baseline_label
from kenzan.audit.wording import render_slip
from kenzan.normalize.labels import label_key
from kenzan.schemas.audit import Operand
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from decimal import Decimal

    from kenzan.audit.facts import Facts
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Observation

    Name = tuple[str, str, str]
    Point = tuple[int | None, str]
    Index = dict[Name, dict[Point, int]]

SIMILAR = 88
"""Names with a lower score (of 100) are not linked."""

FEW = 12
"""A report is compared with so many earlier ones at most."""


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
    links: list[dict[int, Earlier]] = [{} for _ in reports]
    shelf = _Shelf([_index(one) for one in reports], [find_latest_year(one) for one in reports])
    for place in shelf.order:
        for before in shelf.find_earlier(place):
            found = _link(reports[before], shelf.indexes[before], shelf.indexes[place])
            for position, earlier in found.items():
                links[place].setdefault(position, earlier)
    return links


class _Shelf:
    """Reports in the order of their years, found again by the names in them.

    Of many reports only those are compared that share a name, and the latest ones of them: all
    with all would take the square of their number.
    """

    def __init__(self, indexes: list[Index], years: list[int]) -> None:
        self.indexes, self._years = indexes, years
        self.order = sorted(range(len(years)), key=lambda place: years[place])
        self._rank = {place: rank for rank, place in enumerate(self.order)}
        self._holders: dict[str, list[int]] = defaultdict(list)
        for place in self.order:
            for word in _words(indexes[place]):
                self._holders[word].append(place)

    def find_earlier(self, place: int) -> list[int]:
        """The reports of earlier years to compare one with, the latest first."""
        if len(self.order) <= FEW:
            near = self.order
        else:
            near = list(
                {one for word in _words(self.indexes[place]) for one in self._near(word, place)}
            )
        before = [one for one in near if self._years[one] < self._years[place]]
        return sorted(before, key=lambda one: -self._rank[one])[:FEW]

    def _near(self, word: str, place: int) -> list[int]:
        """The last reports of earlier years that have a name in them."""
        holders = self._holders[word]
        end = bisect_left(holders, self._years[place], key=lambda one: self._years[one])
        return holders[max(0, end - FEW) : end]


def _words(index: Index) -> set[str]:
    """What the names of a report are found by: the indicator or the project is the same."""
    named = {f"project {project}" for project, _, _ in index if project}
    return named | {name for _, _, name in index if name}


def find_latest_year(report: Report) -> int:
    """The latest fiscal year with an actual; 0 if there is none."""
    measures = {"actual", "settlement"}
    years = (
        row.fiscal_year for row in report.observations if row.measure in measures and row.value
    )
    return max((year for year in years if year is not None), default=0)


def _link(before: Report, old: Index, new: Index) -> dict[int, Earlier]:
    found: dict[int, Earlier] = {}
    for name, (partner, score) in _pair_names(list(old), list(new)).items():
        for point, position in new[name].items():
            if point in old[partner]:
                row = before.observations[old[partner][point]]
                found[position] = Earlier(before.document.document, row, score)
    return found


def _index(report: Report) -> Index:
    """Observations by indicator, then by year and measure; doubled ones are left out."""
    found: Index = {}
    doubled: set[tuple[Name, Point]] = set()
    for position, row in enumerate(report.observations):
        point = _point(row)
        if row.value is None or point is None or row.origin.qualifier:
            continue
        name = (label_key(row.project_name), label_key(row.group), label_key(row.indicator))
        points = found.setdefault(name, {})
        if point in points:
            doubled.add((name, point))
        points[point] = position
    for name, point in doubled:
        del found[name][point]
    return found


def _point(row: Observation) -> Point | None:
    """The year and measure of a figure; baselines have no year but their own."""
    if row.measure == "baseline" or (row.fiscal_year is None and is_baseline_label(row.period)):
        return None, f"baseline {row.measure}"
    return None if row.fiscal_year is None else (row.fiscal_year, row.measure)


def _pair_names(old: list[Name], new: list[Name]) -> dict[Name, tuple[Name, int]]:
    """Each new name with its old one: the same, or the most similar one on both sides."""
    pairs = {name: (name, 100) for name in new if name in set(old)}
    rest_old = [name for name in old if name not in pairs]
    rest_new = [name for name in new if name not in pairs]
    if not rest_old or not rest_new:
        return pairs
    scores = {(one, two): score_names(one, two) for one in rest_new for two in rest_old}
    for name in rest_new:
        partner = max(rest_old, key=lambda two: scores[name, two])
        back = max(rest_new, key=lambda one: scores[one, partner])
        if back == name and scores[name, partner] >= SIMILAR:
            pairs[name] = (partner, scores[name, partner])
    return pairs


def score_names(one: Name, two: Name) -> int:
    """How similar two indicators are called, of 100: the least similar part decides."""
    from rapidfuzz.fuzz import ratio

    parts = [ratio(left, right) for left, right in zip(one, two, strict=True) if left or right]
    return int(min(parts, default=0))


def describe_changes(
    facts: Facts, measures: AbstractSet[str], meaning_ja: str, meaning_en: str
) -> Iterator[Outcome]:
    """Every figure of these measures that an earlier report prints as well."""
    for position, earlier in facts.earlier.items():
        row = facts.report.observations[position]
        figure = facts.index.find(position, "value")
        if figure is None or row.measure not in measures or row.unit != earlier.row.unit:
            continue
        old = earlier.row.value
        subject, judged = facts.subject_of(figure), to_operand(facts, figure)
        name = earlier.document
        operand = Operand(position, "value", name, name, earlier.row.value_raw)
        formula = f"{figure.text} = {old:,f}（{name}）"
        if old == figure.value or old is None:
            yield Outcome("consistent", subject, figure.raw, formula, None, judged, (operand,))
            continue
        texts = _texts(figure.value, old, earlier, (meaning_ja, meaning_en))
        draft = Draft(
            subject,
            *texts,
            printed=figure.raw,
            expected=format(old, "f"),
            formula=formula,
            key="across",
        )
        # Publishers restate figures for good reasons: that two reports differ decides nothing.
        yield Outcome("undecided", subject, figure.raw, formula, None, judged, (operand,), draft)


def _texts(
    now: Decimal, old: Decimal, earlier: Earlier, meaning: tuple[str, str]
) -> tuple[str, str]:
    """What the finding says: both figures, where the earlier one stands, and the likely slip."""
    slip = find_slip(old, now)
    plain = slip if slip is not None and slip.kind != REWRITTEN else None
    hint_ja = f"。{render_slip(plain, 'ja')}" if plain else ""
    hint_en = f"; {render_slip(plain, 'en')}" if plain else ""
    link_ja = f"、名称の類似度 {earlier.score}" if earlier.score < 100 else ""
    link_en = f", names {earlier.score}% alike" if earlier.score < 100 else ""
    where = earlier.document
    return (
        f"{now:,f} は前の報告（{where}{link_ja}）では {old:,f}。{meaning[0]}{hint_ja}。",
        f"{now:,f} was {old:,f} in the earlier report ({where}{link_en}): {meaning[1]}{hint_en}.",
    )
