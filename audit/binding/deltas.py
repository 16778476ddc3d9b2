"""Who plays which role in printed changes: what came before a figure, what it was aimed at."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kenzan.arithmetic.relations.delta import RELATION
from kenzan.audit.ties import Pool, Question, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kenzan.arithmetic.relation import Hypothesis
    from kenzan.audit.figures import Figure, FigureIndex
    from kenzan.audit.series import Moment, Series
    from kenzan.schemas.report import Report

_AIMED = {"target", "actual"}


def find_pools(report: Report, index: FigureIndex, series: Sequence[Series]) -> Iterator[Pool]:
    """One pool for each measure that prints changes: targets and actuals may count differently."""
    questions: dict[str, list[Question]] = defaultdict(list)
    for one in series:
        for place, moment in enumerate(one.moments):
            previous = one.moments[place - 1] if place else None
            for measure, current, judged in _find_changes(report, index, moment):
                roles = _find_roles(index, moment, previous, one.baseline, measure)
                ties = tuple(
                    _to_tie(hypothesis, judged, {"current": current, **roles})
                    for hypothesis in RELATION.hypotheses
                )
                table = report.observations[judged.observation].origin.table
                questions[measure].append(Question(judged, ties, table, one.key))
    for measure, asked in questions.items():
        yield Pool(RELATION, measure, RELATION.hypotheses, tuple(asked))


def _find_changes(
    report: Report, index: FigureIndex, moment: Moment
) -> Iterator[tuple[str, Figure, Figure]]:
    """Each printed change: the measure it belongs to, that figure, and the change."""
    for (measure, _, _), position in moment.slots.items():
        current, change = index.find(position, "value"), index.find(position, "delta")
        if current is not None and change is not None:
            yield measure, current, change
    apart, actual = moment.find("change"), moment.find("actual")
    if apart is not None and actual is not None:
        current, change = index.find(actual, "value"), index.find(apart, "value")
        same_unit = report.observations[apart].unit in {"", report.observations[actual].unit}
        if current is not None and change is not None and same_unit:
            yield "actual", current, change


def _find_roles(
    index: FigureIndex,
    moment: Moment,
    previous: Moment | None,
    baseline: Moment | None,
    measure: str,
) -> dict[str, Figure]:
    """Every role that some figure can play here. A baseline column plays both baseline roles."""
    wanted: dict[str, tuple[Moment | None, tuple[str, ...]]] = {
        "previous_target": (previous, ("target", "baseline")),
        "previous_actual": (previous, ("actual", "baseline")),
        "same_target": (moment, ("target",) if measure != "target" else ()),
        "same_plan": (moment, ("plan",)),
    }
    if measure not in _AIMED:
        wanted = {"previous_same": (previous, (measure, "baseline"))}
    if baseline is not moment:
        wanted["baseline_target"] = (baseline, ("target", "baseline"))
        wanted["baseline_actual"] = (baseline, ("actual", "baseline"))
    found: dict[str, Figure] = {}
    for role, (where, measures) in wanted.items():
        figure = _first(index, where, measures)
        if figure is not None:
            found[role] = figure
    return found


def _first(index: FigureIndex, moment: Moment | None, measures: Sequence[str]) -> Figure | None:
    if moment is None:
        return None
    for measure in measures:
        position = _find_plan(moment) if measure == "plan" else moment.find(measure)
        figure = None if position is None else index.find(position, "value")
        if figure is not None:
            return figure
    return None


def _find_plan(moment: Moment) -> int | None:
    """The figure headed 計画 where it stands beside a target or an actual of its own."""
    found = [
        position
        for (measure, label, _), position in moment.slots.items()
        if measure == "other" and "計画" in label
    ]
    return found[0] if len(found) == 1 else None


def _to_tie(hypothesis: Hypothesis, judged: Figure, roles: Mapping[str, Figure]) -> Tie | None:
    names = tuple(hypothesis.formula.roles())
    if any(name not in roles for name in names):
        return None
    return Tie(RELATION, hypothesis, judged, {name: (roles[name],) for name in names})
