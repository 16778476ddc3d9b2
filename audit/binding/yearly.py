"""Relations of an indicator over the years: growth, achievement rates, running totals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.arithmetic.relations import achievement_rate, cumulative, growth
from kenzan.audit.ties import Pool, Question, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kenzan.arithmetic.expression import Expression
    from kenzan.arithmetic.relation import Hypothesis, Relation
    from kenzan.audit.figures import Figure, FigureIndex
    from kenzan.audit.series import Moment, Series
    from kenzan.schemas.report import Report

_GROWING = ("amount", "budget", "settlement", "actual", "other")
_RUNNING = "累計"
Roles = dict[str, tuple["Figure", ...]]
# What it takes to hit the rates of an indicator by chance; two digits alone say too little.
_CONVINCING_BITS = 8


def find_pools(report: Report, index: FigureIndex, series: Sequence[Series]) -> Iterator[Pool]:
    """One pool for each relation: the whole document is taken to count in one way."""
    finder = _Finder(report, index)
    asked: dict[str, list[Question]] = {"growth": [], "rate": [], "sum": []}
    for one in series:
        asked["growth"].extend(finder.ask_growth(one))
        asked["rate"].extend(finder.ask_achievement(one))
        asked["sum"].extend(finder.ask_cumulative(one))
    for relation, key in (
        (growth.RELATION, "growth"),
        (achievement_rate.RELATION, "rate"),
        (cumulative.RELATION, "sum"),
    ):
        if asked[key]:
            hypotheses = tuple(one for one, _ in _ways(relation))
            yield Pool(relation, "document", hypotheses, tuple(asked[key]), (1,) * len(hypotheses))


def _ways(relation: Relation) -> list[tuple[Hypothesis, int]]:
    """Every hypothesis with every way of rounding."""
    return [
        (
            one if not place else replace(one, ja=f"{one.ja}（切捨て）", en=f"{one.en} (cut off)"),
            place,
        )
        for one in relation.hypotheses
        for place in range(len(relation.roundings))
    ]


def _to_ties(
    relation: Relation,
    judged: Figure,
    roles: Roles,
    formulas: Mapping[str, Expression] | None = None,
) -> tuple[Tie | None, ...]:
    """A tie for each way; ``formulas`` takes the place of what hypotheses of these names say."""
    instead = formulas or {}
    ways = [
        (replace(one, formula=instead[one.name]) if one.name in instead else one, place)
        for one, place in _ways(relation)
    ]
    return tuple(
        Tie(relation, hypothesis, judged, _pick(hypothesis, roles), relation.roundings[place])
        if all(roles.get(role) for role in hypothesis.formula.roles())
        else None
        for hypothesis, place in ways
    )


def _is_turned(judged: Figure, roles: Roles, name: str) -> bool:
    """Whether a rate is what a downward way makes of it, and not also actual ÷ target."""
    relation = achievement_rate.RELATION
    way = next(one for one in relation.hypotheses if one.name == name)
    turned = replace(way, formula=achievement_rate.DOWNWARD[name])
    return bool(Tie(relation, turned, judged, _pick(turned, roles)).holds()) and not (
        Tie(relation, way, judged, _pick(way, roles)).holds()
    )


def _pick(hypothesis: Hypothesis, roles: Mapping[str, tuple[Figure, ...]]) -> Roles:
    return {role: roles[role] for role in hypothesis.formula.roles()}


class _Finder:
    """Finds who plays which role in the series of one report."""

    def __init__(self, report: Report, index: FigureIndex) -> None:
        self.report = report
        self.index = index

    def ask_growth(self, series: Series) -> Iterator[Question]:
        """Each printed growth rate, against the same measure of this year and the last."""
        for place, moment in enumerate(series.moments):
            judged = self._value(moment, "change_rate")
            if judged is None or not place or not self._is_percent(judged):
                continue
            previous = series.moments[place - 1]
            for measure in _GROWING:
                now, before = self._value(moment, measure), self._value(previous, measure)
                if now is not None and before is not None and _follows(previous, moment):
                    roles: Roles = {"current": (now,), "previous": (before,)}
                    ties = _to_ties(growth.RELATION, judged, roles)
                    yield Question(judged, ties, self._table(judged), series.key)
                    break

    def ask_achievement(self, series: Series) -> Iterator[Question]:
        """Each printed achievement rate, against target and actual of its year.

        One without a year belongs to the latest actual, and to its target or the next one.
        """
        targets = self._values(series, "target")
        rates = list(self._find_rates(series, targets))
        down = self._less_is_better(series, targets, rates)
        formulas = achievement_rate.DOWNWARD if down else {}
        for judged, roles in rates:
            ties = _to_ties(achievement_rate.RELATION, judged, roles, formulas)
            if any(ties):
                yield Question(judged, ties, self._table(judged), series.key)

    def _find_rates(
        self, series: Series, targets: Sequence[Figure]
    ) -> Iterator[tuple[Figure, Roles]]:
        """The printed rates of a series, each with the figures that it may be computed from."""
        last = targets[-1] if targets else None
        for moment in series.moments:
            judged = self._value(moment, "rate")
            target, actual = self._value(moment, "target"), self._value(moment, "actual")
            if moment.fiscal_year is None and actual is None and target is None:
                target, actual = self._latest(series)
                target = target or last
            if judged is None or actual is None or not self._is_percent(judged):
                continue
            found = {
                "actual": actual,
                "target": target,
                "baseline": self._baseline(series),
                "last_target": last if target is not last or moment.fiscal_year else None,
            }
            yield judged, {role: (one,) for role, one in found.items() if one is not None}

    def _less_is_better(
        self, series: Series, targets: Sequence[Figure], rates: Sequence[tuple[Figure, Roles]]
    ) -> bool:
        """Whether the targets only ever fall, from the baseline on.

        Where they lead nowhere (1.5, 1.5) all the rates of the series together tell: that of
        every year is turned round or mirrored, and none is actual ÷ target.
        """
        start = self._baseline(series)
        steps = [one.value for one in (*([start] if start else []), *targets)]
        if len(set(steps)) > 1:
            return steps == sorted(steps, reverse=True)
        comparable = [one for one in rates if one[1].get("target")]
        bits = sum(judged.bits for judged, _ in comparable)
        return bits >= _CONVINCING_BITS and any(
            all(_is_turned(judged, roles, name) for judged, roles in comparable)
            for name in achievement_rate.DOWNWARD
        )

    def _latest(self, series: Series) -> tuple[Figure | None, Figure | None]:
        """The actual of the last year that has one, and the target of that year or the next."""
        target: Figure | None = None
        for moment in reversed(series.moments):
            target = self._value(moment, "target") or target
            actual = None if moment.is_baseline else self._value(moment, "actual")
            if actual is not None:
                return target, actual
        return None, None

    def _values(self, series: Series, measure: str) -> list[Figure]:
        """The figures of the years, in order, without the baseline."""
        found = [self._value(one, measure) for one in series.moments if not one.is_baseline]
        return [one for one in found if one is not None]

    def ask_cumulative(self, series: Series) -> Iterator[Question]:
        """Each running total, against the years that it covers."""
        years = [one for one in series.moments if one.fiscal_year is not None]
        for moment in series.moments:
            for (measure, label, _), position in moment.slots.items():
                judged = self.index.find(position, "value")
                over_years = _RUNNING in moment.label and moment.fiscal_year is None
                if judged is None or not (over_years or _RUNNING in label):
                    continue
                roles = self._running(series, years, moment, measure, label)
                ties = _to_ties(cumulative.RELATION, judged, roles)
                if any(ties):
                    yield Question(judged, ties, self._table(judged), series.key)

    def _running(
        self, series: Series, years: Sequence[Moment], moment: Moment, measure: str, label: str
    ) -> Roles:
        """The figures of the years up to this one, and the running total before it."""
        counted = "actual" if _RUNNING in label and measure != "target" else measure
        until = [
            one
            for one in years
            if moment.fiscal_year is None or (one.fiscal_year or 0) <= moment.fiscal_year
        ]
        values = [self._plain(one, counted) for one in until]
        year = tuple(one for one in values if one is not None)
        roles: Roles = {"year": year if len(year) > 1 else ()}
        if year and values[-1] is not None:
            roles["latest"] = (values[-1],)
        baseline = self._baseline(series)
        if baseline is not None:
            roles["baseline"] = (baseline,)
        if moment.fiscal_year is not None and len(until) > 1 and values[-1] is not None:
            before = self._running_value(until[-2], measure, label)
            if before is not None:
                roles |= {"carried": (before,), "current": (values[-1],)}
                roles.pop("latest", None)
        return roles

    def _running_value(self, moment: Moment, measure: str, label: str) -> Figure | None:
        for (one, name, _), position in moment.slots.items():
            if one == measure and name == label:
                return self.index.find(position, "value")
        return None

    def _plain(self, moment: Moment, measure: str) -> Figure | None:
        """The figure of a year that is not a running total itself."""
        found = [
            position
            for (one, label, _), position in moment.slots.items()
            if one == measure and _RUNNING not in label
        ]
        return self.index.find(found[0], "value") if len(found) == 1 else None

    def _baseline(self, series: Series) -> Figure | None:
        moment = series.baseline
        if moment is None:
            return None
        for measure in ("baseline", "actual", "target"):
            figure = self._value(moment, measure)
            if figure is not None:
                return figure
        return None

    def _value(self, moment: Moment, measure: str) -> Figure | None:
        position = moment.find(measure)
        return None if position is None else self.index.find(position, "value")

    def _is_percent(self, figure: Figure) -> bool:
        return self.report.observations[figure.observation].unit in {"%", ""}

    def _table(self, figure: Figure) -> int | None:
        return self.report.observations[figure.observation].origin.table


def _follows(before: Moment, after: Moment) -> bool:
    """Whether two moments are a year apart, as far as their years are known."""
    if before.fiscal_year is None or after.fiscal_year is None:
        return True
    return after.fiscal_year - before.fiscal_year == 1
