"""Who plays which role in relations between lines of a table: difference, flow, rate, product.

For each line that can be judged, the lines near it are tried in all roles on a few telling
crossings; the assignments that come out best become the hypotheses of one pool.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from kenzan.arithmetic.interval import Rounding
from kenzan.audit.ties import Pool, Question, Tie
from kenzan.normalize.units import parse_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kenzan.arithmetic.relation import Hypothesis, Relation, RoleName, Wanted
    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Axis, Key, Line, Sheet

NAMED_PRIOR = 2
NEAR = 6
"""How many lines are tried in each role, nearest first."""

SAMPLE = 6
"""On how many crossings an assignment is tried before it is tested on all."""

CERTAIN_BITS = 24
"""An assignment that always comes out and says this much on the sample needs no rivals."""

ENOUGH = 40
"""On how many crossings the way of rounding is looked at."""

KEPT = 3
"""How many assignments go into the pool at most."""

_HALF = Decimal("0.5")
_CURVED = {"change_rate", "ratio", "product"}
_ONE_UNIT = {"difference", "flow"}


@dataclass(frozen=True, slots=True)
class Cast:
    """A hypothesis with its roles given to lines; ``score`` is what the sample says for it."""

    hypothesis: Hypothesis
    lines: Mapping[str, Line]
    distance: int
    score: int = 0


@dataclass(frozen=True, slots=True)
class _Task:
    """One line to be judged, with the lines that can play each role of a relation."""

    relation: Relation
    judged: Line
    keyed: Mapping[Key, Figure]
    able: Mapping[str, Sequence[Line]]
    places: Mapping[int, int]

    def sample(self) -> list[Key]:
        """The crossings at which the judged line says most."""
        return sorted(self.keyed, key=lambda key: -self.keyed[key].bits)[:SAMPLE]


def find_pools(
    sheets: Sequence[Sheet], relation: Relation, asked: AbstractSet[int] = frozenset()
) -> Iterator[Pool]:
    """One pool for each line that the relation can judge, along both axes.

    ``asked`` holds the indexes of figures that another relation already speaks for.
    """
    axes: tuple[Axis, ...] = ("columns", "rows")
    for sheet in sheets:
        for axis in axes:
            lines = sheet.lines(axis)
            able = find_able(relation, lines)
            if not able:
                continue
            places = {line.index: place for place, line in enumerate(lines)}
            hidden = _find_averages(sheet, axis) if relation.name in _CURVED else ()
            for line in lines:
                if matches(line, relation.judged) and not line.header.formula:
                    keyed = {
                        key: one
                        for key, one in line.keyed.items()
                        if one.index not in asked
                        and key[0] not in hidden
                        and not (relation.name in _CURVED and _counts_points(one))
                    }
                    task = _Task(relation, line, keyed, able, places)
                    pool = _find_pool(task, f"table:{sheet.number}")
                    if pool is not None:
                        yield pool


def _counts_points(figure: Figure) -> bool:
    """0.6pt in a column of ratios (前年比) is the difference of two percentages."""
    unit = parse_unit(figure.unit) if figure.unit else None
    return unit is not None and unit.dimension == "point"


def _find_averages(sheet: Sheet, axis: Axis) -> set[int]:
    """Crossings of averages: the average of a rate is not the rate of the averages."""
    across = sheet.lines("rows" if axis == "columns" else "columns")
    return {line.index for line in across if line.averages}


def find_able(relation: Relation, lines: Sequence[Line]) -> dict[str, list[Line]]:
    """The lines that can play each role; empty if no hypothesis finds a line for all of its."""
    able = {
        role: [line for line in lines if matches(line, wanted)]
        for role, wanted in relation.parts.items()
    }
    possible = any(
        all(able[role] for role in hypothesis.formula.roles()) for hypothesis in relation.hypotheses
    )
    return able if possible else {}


@lru_cache(maxsize=512)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words)


@lru_cache(maxsize=65536)
def _mentions(text: str, words: str) -> bool:
    return bool(words) and _pattern(words).search(text) is not None


def matches(line: Line, wanted: Wanted) -> bool:
    """Whether a line can play a part."""
    # The words are looked up last: most lines have another measure.
    if wanted.either:
        fits = line.measure in wanted.measures or _mentions(line.text, wanted.words)
    else:
        fits = (line.measure in wanted.measures or not wanted.measures) and (
            not wanted.words or _mentions(line.text, wanted.words)
        )
    return fits and not _mentions(line.text, wanted.avoid)


def _find_pool(task: _Task, scope: str) -> Pool | None:
    casts = _score_casts(task)
    if not casts:
        return None
    casts.sort(key=lambda one: (-one.score, one.distance))
    kept = [one for one in casts if 2 * one.score > casts[0].score][:KEPT]
    ways = [(cast, rounding) for cast in kept for rounding in _likely_roundings(task, cast)]
    questions = []
    for key, figure in task.keyed.items():
        ties = tuple([to_tie(task.relation, cast, figure, key, how) for cast, how in ways])
        if any(ties):
            questions.append(Question(figure, ties))
    hypotheses = tuple(_name(cast, rounding) for cast, rounding in ways)
    return Pool(task.relation, scope, hypotheses, tuple(questions), (NAMED_PRIOR,) * len(ways))


def _score_casts(task: _Task) -> list[Cast]:
    """The assignments that come out on a sample, nearest first; one that always does is enough."""
    sample = task.sample()
    best = sum(task.keyed[key].bits + 1 for key in sample)
    found = []
    for cast in sorted(_find_casts(task), key=lambda one: one.distance):
        score = score_cast(task, cast, sample)
        if score > 0:
            found.append(replace(cast, score=score))
        if score == best >= CERTAIN_BITS:
            break
    return found


def _find_casts(task: _Task) -> Iterator[Cast]:
    """All assignments of the lines near the judged one to the roles of each hypothesis."""
    here = task.places[task.judged.index]
    home = task.judged.header.path[:-1]
    far = {}
    for fit in task.able.values():
        for line in fit:
            away = abs(task.places[line.index] - here)
            far[line.index] = away + (2 if home and line.header.path[:-1] != home else 0)
    near = {
        role: sorted((one for one in fit if one is not task.judged), key=lambda one: far[one.index])
        for role, fit in task.able.items()
    }
    for hypothesis in task.relation.hypotheses:
        roles = list(dict.fromkeys(hypothesis.formula.roles()))
        for chosen in product(*(near[role][:NEAR] for role in roles)):
            if len({one.index for one in chosen}) == len(chosen):
                distance = sum(far[one.index] for one in chosen)
                yield Cast(hypothesis, dict(zip(roles, chosen, strict=True)), distance)


def score_cast(task: _Task, cast: Cast, sample: Sequence[Key]) -> int:
    """Bits that the sample gives; 0 if more than half of it does not come out."""
    bits = missed = 0
    for key in sample:
        off = find_offset(task.relation, cast, task.keyed[key], key)
        if off is None:
            continue
        if off <= task.keyed[key].step * len(cast.lines):
            bits += task.keyed[key].bits + 1
        else:
            missed += 1
            if 2 * missed > len(sample):
                return 0
    return bits


def find_offset(relation: Relation, cast: Cast, judged: Figure, key: Key) -> Decimal | None:
    """How far the printed digits are from the computed ones; ``None`` if a part is missing."""
    values = {}
    for role, line in cast.lines.items():
        found = line.values_at(key)
        if not found and not relation.parts[role].blank:
            return None
        values[role] = found
    try:
        return abs(cast.hypothesis.formula.value(values) - judged.value)
    except ZeroDivisionError:
        return None


def _likely_roundings(task: _Task, cast: Cast) -> tuple[Rounding | None, ...]:
    """Cutting off is a hypothesis only if something is not explained by rounding half up."""
    roundings = task.relation.roundings
    if len(roundings) == 1:
        return (None,)
    for key in list(task.keyed)[:ENOUGH]:
        figure = task.keyed[key]
        off = find_offset(task.relation, cast, figure, key)
        if off is not None and figure.step * _HALF < off:
            return roundings
    return roundings[:1]


def to_tie(
    relation: Relation, cast: Cast, judged: Figure, key: Key, rounding: Rounding | None
) -> Tie | None:
    """The tie at one crossing; ``None`` where a part is missing or in another unit."""
    operands: dict[str, tuple[Figure, ...]] = {}
    names: dict[str, tuple[RoleName, ...]] = {}
    units = {judged.unit} if relation.name in _ONE_UNIT else set()
    for role, line in cast.lines.items():
        figures = line.at(key)
        if key[0] in line.blocked or (not figures and not relation.parts[role].blank):
            return None
        operands[role] = figures
        names[role] = (line.name,) * len(figures)
        for one in figures:
            units.add(one.unit)
    if not any(operands.values()) or (len(units - {""}) > 1 and relation.name != "product"):
        return None
    return Tie(relation, cast.hypothesis, judged, operands, rounding, names)


def _name(cast: Cast, rounding: Rounding | None) -> Hypothesis:
    """The hypothesis with the labels of its lines in its title."""
    labels = {role: line.label or "―" for role, line in cast.lines.items()}
    ja, en = cast.hypothesis.ja.format(**labels), cast.hypothesis.en.format(**labels)
    if rounding is Rounding.TRUNCATED:
        ja, en = f"{ja}（切捨て）", f"{en} (cut off)"
    return replace(cast.hypothesis, ja=ja, en=en)
