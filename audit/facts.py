"""All that the rules look at: the report, its figures and series, and what the sums say."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from kenzan.arithmetic.interval import Rounding
from kenzan.arithmetic.relations import change_rate, difference, flow, product, ratio
from kenzan.audit.achievement import find_all_goals, index_narratives
from kenzan.audit.binding import (
    balances,
    baseline_pairs,
    breakdowns,
    deltas,
    lines,
    repeats,
    same_facts,
    shares,
    stated,
    totals,
    yearly,
)
from kenzan.audit.blame import find_blames
from kenzan.audit.corrections import Context
from kenzan.audit.doubts import Doubts
from kenzan.audit.echoes import Echoes
from kenzan.audit.evenness import try_half_even
from kenzan.audit.figures import Figure, FigureIndex, find_place, read_figures
from kenzan.audit.inference import infer_convention
from kenzan.audit.judgement import adopted_ties, judge_answers
from kenzan.audit.peers import Peers
from kenzan.audit.practices import Forms, find_lent
from kenzan.audit.precision import infer_precision
from kenzan.audit.profile import Profile
from kenzan.audit.rule import Subject
from kenzan.audit.series import find_series
from kenzan.audit.sheet import Sheet
from kenzan.audit.vetoes import apply_vetoes
from kenzan.schemas.audit import Operand
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kenzan.arithmetic.direction import Direction
    from kenzan.audit.achievement import Goal, TextKey
    from kenzan.audit.across import Earlier
    from kenzan.audit.blame import Blame
    from kenzan.audit.inference import Answer
    from kenzan.audit.judgement import Ruling
    from kenzan.audit.precedents import Ways
    from kenzan.audit.series import Series, SeriesKey
    from kenzan.audit.ties import Pool
    from kenzan.schemas.geometry import Place
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Narrative, Observation


LINE_RELATIONS = (
    difference.RELATION,
    flow.RELATION,
    change_rate.RELATION,
    ratio.RELATION,
    product.RELATION,
)
"""Relations between whole lines of a table."""

MOST_TEXTS = 12
"""Texts of one kind about one indicator beyond which not all are held against all its tables."""
_OVER_TIME = {"target", "actual", "baseline"}


@dataclass(slots=False)
class Facts:
    """What is known about one report. Everything is computed once, when first asked for.

    ``earlier`` maps positions of observations to what an earlier report prints for the same fact;
    ``precedents`` say by form how other reports count.
    """

    report: Report
    profile: Profile = field(default_factory=Profile)
    earlier: Mapping[int, Earlier] = field(default_factory=dict)
    precedents: Mapping[str, Ways] = field(default_factory=dict)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All printed figures."""
        return read_figures(self.report)

    @cached_property
    def index(self) -> FigureIndex:
        """Finds the figure of an observation."""
        return FigureIndex(self.figures)

    @cached_property
    def series(self) -> list[Series]:
        """The indicators over time; none in a report whose figures say nothing about time."""
        rows = self.report.observations
        if any(row.delta is not None or _speaks_of_time(row) for row in rows):
            return find_series(self.report)
        return []

    @cached_property
    def directions(self) -> dict[tuple[str, str], Direction]:
        """Which way is better, as the report says, by project and indicator."""
        return {(one.project, one.indicator): one.direction for one in self.report.indicators}

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """Every question that the report lets us ask, once the precision of its units is known."""
        pools = apply_vetoes(self._find_pools(), self.profile, self.report)
        modes = infer_precision(pools)
        for figure in self.figures if modes else ():
            mode = modes.get(figure.unit)
            if mode is not None and figure.mode is Rounding.HALF_UP:
                figure.set_mode(mode)
        return tuple([try_half_even(pool) for pool in pools])

    def _find_pools(self) -> tuple[Pool, ...]:
        over_years = list(yearly.find_pools(self.report, self.index, self.series))
        asked = {one.judged.index for pool in over_years for one in pool.questions}
        between = [
            pool
            for relation in LINE_RELATIONS
            for pool in lines.find_pools(self.sheets, relation, asked)
        ]
        broken_down = list(breakdowns.find_pools(self.sheets))
        rolled = list(balances.find_pools(self.sheets))
        return (
            *deltas.find_pools(self.report, self.index, self.series),
            *baseline_pairs.find_pools(self.report, self.index, self.series),
            *over_years,
            *stated.find_pools(self.sheets),
            *totals.find_pools(self.sheets, (*between, *broken_down, *rolled)),
            *between,
            *broken_down,
            *rolled,
            *shares.find_pools(self.sheets),
            *repeats.find_pools(self.sheets, self.figures),
            *same_facts.find_pools(self.report, self.index),
        )

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The tables, as lines of figures."""
        return [Sheet(self.report, one, self.index) for one in self.report.tables if one.cells]

    @cached_property
    def answers(self) -> list[Answer]:
        """Every question with its governing hypothesis."""
        forms = Forms(self.report)
        return [
            answer
            for pool in self.pools
            for answer in infer_convention(
                pool,
                self.profile.declared(pool.relation.name),
                find_lent(forms, pool, self.precedents) if self.precedents else (),
            )
        ]

    @cached_property
    def blames(self) -> list[Blame]:
        """What explains the ties that break."""
        broken, holding = adopted_ties(self.answers)
        if not broken:
            return []
        echoes = Echoes(self.report, self.figures, self.answers)
        support = {
            id(one.tie): one.tallies[one.choice.best].held
            for one in self.answers
            if one.choice is not None
        }
        peers = Peers(self.report, self.figures)
        context = Context(peers.find, echoes.find, lambda tie: support.get(id(tie), 0))
        return find_blames(broken, holding, context)

    @cached_property
    def rulings(self) -> list[Ruling]:
        """The verdicts."""
        return judge_answers(self.answers, self.blames, self.is_doubtful)

    def rulings_on(self, *relations: str) -> list[Ruling]:
        """The verdicts on some kinds of relation."""
        return [one for name in relations for one in self._rulings_by_relation[name]]

    @cached_property
    def _rulings_by_relation(self) -> dict[str, list[Ruling]]:
        found: dict[str, list[Ruling]] = defaultdict(list)
        for one in self.rulings:
            found[one.answer.pool.relation.name].append(one)
        return found

    def goals_of(self, series: Series) -> list[Goal]:
        """Every year of an indicator with a target and an actual, in order."""
        return self._goals[series.key]

    @cached_property
    def _goals(self) -> dict[SeriesKey, list[Goal]]:
        return find_all_goals(self)

    def narratives_of(self, series: Series, kind: str) -> list[Narrative]:
        """The texts of one kind that belong to an indicator.

        Where a file holds one report after the other, the same indicator has texts in all of
        them: of very many, those are given that stand nearest to the series.
        """
        found = self._narratives.get((kind, series.key[0], series.key[2]), [])
        return found if len(found) <= MOST_TEXTS else self._nearest(found, series)

    def _nearest(self, texts: list[Narrative], series: Series) -> list[Narrative]:
        """Of texts in the order of pages, those around the page that the series begins on."""
        first = next(iter(series.moments[0].slots.values()))
        page = self.report.observations[first].page or 0
        middle = bisect_left(texts, page, key=lambda text: text.page or 0)
        start = min(max(0, middle - MOST_TEXTS // 2), len(texts) - MOST_TEXTS)
        return texts[start : start + MOST_TEXTS]

    @cached_property
    def _narratives(self) -> dict[TextKey, list[Narrative]]:
        return index_narratives(self.report)

    def row(self, figure: Figure) -> Observation:
        """The observation that a figure belongs to."""
        return self.report.observations[figure.observation]

    def place_of(self, figure: Figure) -> Place | None:
        """Where a figure is printed."""
        return self.places[figure.index]

    @cached_property
    def places(self) -> tuple[Place | None, ...]:
        """Where each figure is printed, by its index."""
        rows = self.report.observations
        return tuple([find_place(rows[one.observation], one.field) for one in self.figures])

    def subject_of(self, figure: Figure) -> Subject:
        """What an outcome about a figure is about."""
        found = self._subjects.get(figure.index)
        if found is None:
            row = self.row(figure)
            found = self._subjects[figure.index] = Subject.of(row, self.place_of(figure))
        return found

    @cached_property
    def _subjects(self) -> dict[int, Subject]:
        return {}

    def operand_of(self, figure: Figure) -> Operand:
        """A figure as the published working names it where it plays no role with a name."""
        found = self._operands.get(figure.index)
        if found is None:
            place = self.place_of(figure)
            found = Operand(figure.observation, figure.field, "", "", figure.raw, place)
            self._operands[figure.index] = found
        return found

    @cached_property
    def _operands(self) -> dict[int, Operand]:
        return {}

    @cached_property
    def doubts(self) -> Doubts:
        """Where figures may have been read wrongly."""
        return Doubts(self.report.notices)

    def is_doubtful(self, figure: Figure) -> bool:
        """Whether the extraction doubts that it read a figure right."""
        return self.doubts.cover(self.place_of(figure))


def _speaks_of_time(row: Observation) -> bool:
    """Whether relations over the years could hold for a figure."""
    if row.measure == "change_rate":
        return row.fiscal_year is not None
    return row.measure in _OVER_TIME or "累計" in row.measure_label or "累計" in row.period
