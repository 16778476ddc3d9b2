"""All that the rules look at: the report, its figures and series, and what the sums say."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kenzan.audit.binding import baseline_pairs, deltas
from kenzan.audit.blame import find_blames
from kenzan.audit.figures import Figure, FigureIndex, read_figures
from kenzan.audit.inference import infer_convention
from kenzan.audit.judgement import adopted_ties, judge_answers
from kenzan.audit.profile import Profile
from kenzan.audit.series import find_series

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kenzan.audit.blame import Blame
    from kenzan.audit.inference import Answer
    from kenzan.audit.judgement import Ruling
    from kenzan.audit.series import Series
    from kenzan.audit.ties import Pool
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Observation


@dataclass
class Facts:
    """What is known about one report. Everything is computed once, when first asked for."""

    report: Report
    profile: Profile = field(default_factory=Profile)

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
        """The indicators over time."""
        return find_series(self.report)

    @cached_property
    def pools(self) -> tuple[Pool, ...]:
        """Every question that the report lets us ask."""
        return (
            *deltas.find_pools(self.report, self.index, self.series),
            *baseline_pairs.find_pools(self.report, self.index, self.series),
        )

    @cached_property
    def answers(self) -> list[Answer]:
        """Every question with its governing hypothesis."""
        return [answer for pool in self.pools for answer in infer_convention(pool)]

    @cached_property
    def blames(self) -> list[Blame]:
        """What explains the ties that break."""
        broken, holding = adopted_ties(self.answers)
        return find_blames(broken, holding, self.find_peers)

    @cached_property
    def rulings(self) -> list[Ruling]:
        """The verdicts."""
        return judge_answers(self.answers, self.blames)

    def rulings_on(self, relation: str) -> list[Ruling]:
        """The verdicts on one kind of relation."""
        return [one for one in self.rulings if one.answer.pool.relation.name == relation]

    def row(self, figure: Figure) -> Observation:
        """The observation that a figure belongs to."""
        return self.report.observations[figure.observation]

    def find_peers(self, figure: Figure) -> Sequence[Decimal]:
        """Figures of the same kind: those of the same indicator, values or changes apart."""
        row = self.row(figure)
        key = (row.project, row.group, row.indicator, figure.field)
        return [value for index, value in self._peers.get(key, ()) if index != figure.index]

    @cached_property
    def _peers(self) -> dict[tuple[str, str, str, str], list[tuple[int, Decimal]]]:
        found: dict[tuple[str, str, str, str], list[tuple[int, Decimal]]] = {}
        for figure in self.figures:
            row = self.row(figure)
            key = (row.project, row.group, row.indicator, figure.field)
            found.setdefault(key, []).append((figure.index, figure.value))
        return found
