"""Who plays which role in baseline pairs: the target and the actual of a baseline row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.arithmetic.relations.baseline_pair import RELATION
from kenzan.audit.ties import Pool, Question, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.audit.figures import Figure, FigureIndex
    from kenzan.audit.series import Series
    from kenzan.schemas.report import Report


def find_pools(report: Report, index: FigureIndex, series: Sequence[Series]) -> Iterator[Pool]:
    """One pool for the whole document."""
    questions = []
    for one in series:
        actual, target = _find(index, one, "actual"), _find(index, one, "target")
        if actual is not None and target is not None:
            tie = Tie(RELATION, RELATION.hypotheses[0], actual, {"target": (target,)})
            table = report.observations[actual.observation].origin.table
            questions.append(Question(actual, (tie,), table, one.key))
    if questions:
        yield Pool(RELATION, "baseline", RELATION.hypotheses, tuple(questions))


def _find(index: FigureIndex, series: Series, measure: str) -> Figure | None:
    position = series.baseline.find(measure) if series.baseline else None
    return None if position is None else index.find(position, "value")
