"""Was a target reached? What the figures say, and what the text beside them claims."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kenzan.arithmetic.direction import agree, find_direction
from kenzan.normalize.characters import fold
from kenzan.schemas.data_files import read_toml
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    import regex

    from kenzan.arithmetic.direction import Direction
    from kenzan.audit.facts import Facts
    from kenzan.audit.figures import Figure
    from kenzan.audit.series import Moment, Series, SeriesKey
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Narrative

Claim = Literal["reached", "unmet", "unclear"]
TextKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Goal:
    """A target with its actual. ``met`` is ``None`` if nobody can say which way is better."""

    series: Series
    moment: Moment
    target: Figure
    actual: Figure
    direction: Direction
    met: bool | None


def infer_direction(facts: Facts, series: Series) -> Direction:
    """Which way is better, from where the targets lead: from the baseline, and year by year.

    Nobody can say where the report reads its targets another way (over several tables, by 以下).
    """
    start = next(
        (
            figure
            for measure in ("baseline", "actual", "target")
            if (figure := _value(facts, series.baseline, measure)) is not None
        ),
        None,
    )
    figures = [figure for figure in (start, *_targets(facts, series)) if figure is not None]
    way = find_direction([figure.value for figure in figures])
    said = facts.directions.get((series.key[0], series.key[2]), "unknown")
    return agree((way, said)) if way != "unknown" else way


def _targets(facts: Facts, series: Series) -> list[Figure | None]:
    return [_value(facts, one, "target") for one in series.moments if not one.is_baseline]


def _value(facts: Facts, moment: Moment | None, measure: str) -> Figure | None:
    position = moment.find(measure) if moment is not None else None
    return None if position is None else facts.index.find(position, "value")


def find_all_goals(facts: Facts) -> dict[SeriesKey, list[Goal]]:
    """The goals of every series, by its key."""
    return {series.key: _find_goals(facts, series) for series in facts.series}


def _find_goals(facts: Facts, series: Series) -> list[Goal]:
    """Every year with a target and an actual, in order."""
    if not any(moment.find("target") is not None for moment in series.moments):
        return []
    direction = infer_direction(facts, series)
    if direction == "down" and not _patterns()["less_is_better"].search(series.key[2]):
        direction = "unknown"
    goals = []
    for moment in series.moments:
        target, actual = _value(facts, moment, "target"), _value(facts, moment, "actual")
        if moment.is_baseline or target is None or actual is None:
            continue
        goals.append(
            Goal(series, moment, target, actual, direction, _met(target, actual, direction))
        )
    return goals


def _met(target: Figure, actual: Figure, direction: Direction) -> bool | None:
    if actual.value == target.value:
        return True
    if direction == "unknown":
        return None
    return (actual.value > target.value) == (direction == "up")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str] | regex.Pattern[str]]:
    words = read_toml("kenzan.audit", "claims.toml")
    return {name: _compile("|".join(known)) for name, known in words.items()}


def _compile(words: str) -> re.Pattern[str] | regex.Pattern[str]:
    if r"\p{" not in words:
        return re.compile(words)
    # Scripts and classes of Unicode; what knows them takes as long to load as a page to read.
    import regex

    return regex.compile(words)


@lru_cache(maxsize=1024)
def parse_claim(text: str) -> Claim:
    """What a text says about the target: reached, unmet, or neither clearly.

    >>> [parse_claim(text) for text in ("達成できてない。", "目標を達成した。", "概ね達成")]
    ['unmet', 'reached', 'unclear']
    """
    folded = "".join(fold(text).split())
    patterns = _patterns()
    if patterns["hedged"].search(folded):
        return "unclear"
    rest, unmet = patterns["unmet"].subn("", folded)
    reached = patterns["reached"].search(rest) is not None
    if bool(unmet) == reached:
        return "unclear"
    return "reached" if reached else "unmet"


def index_narratives(report: Report) -> dict[TextKey, list[Narrative]]:
    """The texts by kind, project and indicator; blank ones and lone dashes left out."""
    found: dict[TextKey, list[Narrative]] = defaultdict(list)
    for one in report.narratives:
        if fold(one.text).strip(" \n-―－ー─–—"):
            found[one.kind, one.project, one.indicator].append(one)
    return dict(found)


def find_spoken_goal(goals: list[Goal], narrative: Narrative) -> Goal | None:
    """The goal that a text speaks of: that of its period, else the latest with an actual."""
    if narrative.period:
        return next((goal for goal in goals if goal.moment.label == narrative.period), None)
    return goals[-1] if goals else None
