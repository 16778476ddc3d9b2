"""Who plays which role in relations between lines of a table: difference, flow, rate, product.

For each line that can be judged, the lines near it are tried in all roles on a few telling
crossings; the assignments that come out best become the hypotheses of one pool.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

import regex

from kenzan.arithmetic.evidence import count_bits
from kenzan.audit.ties import Pool, Question, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from kenzan.arithmetic.interval import Rounding
    from kenzan.arithmetic.relation import Hypothesis, Relation, Wanted
    from kenzan.audit.figures import Figure
    from kenzan.audit.sheet import Axis, Key, Line, Sheet

NAMED_PRIOR = 2
NEAR = 6
"""How many lines are tried in each role, nearest first."""

SAMPLE = 6
"""On how many crossings an assignment is tried before it is tested on all."""

KEPT = 3
"""How many assignments go into the pool."""


@dataclass(frozen=True, slots=True)
class _Cast:
    """A hypothesis with its roles given to lines."""

    hypothesis: Hypothesis
    lines: Mapping[str, Line]
    rounding: Rounding
    distance: int


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
            for line in lines:
                if matches(line, relation.judged) and not line.header.formula:
                    pool = _find_pool(sheet, relation, line, lines, (able, asked))
                    if pool is not None:
                        yield pool


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
def _pattern(words: str) -> regex.Pattern[str]:
    return regex.compile(words)


def matches(line: Line, wanted: Wanted) -> bool:
    """Whether a line can play a part."""
    text = line.text
    if wanted.avoid and _pattern(wanted.avoid).search(text):
        return False
    named = bool(wanted.words) and _pattern(wanted.words).search(text) is not None
    measured = line.measure in wanted.measures
    if wanted.either:
        return named or measured
    return (named or not wanted.words) and (measured or not wanted.measures)


def _find_pool(
    sheet: Sheet,
    relation: Relation,
    judged: Line,
    lines: Sequence[Line],
    given: tuple[Mapping[str, Sequence[Line]], AbstractSet[int]],
) -> Pool | None:
    able, known = given
    keyed = {key: one for key, one in sheet.keys(judged) if one.index not in known}
    sample = sorted(keyed, key=lambda key: -count_bits(keyed[key].value, keyed[key].step))[:SAMPLE]
    places = {line.index: place for place, line in enumerate(lines)}
    casts = [
        cast
        for hypothesis in relation.hypotheses
        for cast in _find_casts(relation, hypothesis, judged, (places, able))
    ]
    scored = [(_score(sheet, relation, cast, keyed, sample), cast) for cast in casts]
    scored.sort(key=lambda one: (-one[0], one[1].distance))
    kept = [cast for score, cast in scored if score > 0][: KEPT * len(relation.roundings)]
    if not kept:
        return None
    hypotheses = tuple(_name(cast) for cast in kept)
    questions = tuple(
        Question(
            figure, tuple(to_tie(sheet, relation, cast, figure, key) for cast in kept), None, None
        )
        for key, figure in keyed.items()
    )
    asked = tuple(one for one in questions if any(one.ties))
    if not asked:
        return None
    priors = (NAMED_PRIOR,) * len(kept)
    return Pool(relation, f"table:{sheet.number}", hypotheses, asked, priors)


def _find_casts(
    relation: Relation,
    hypothesis: Hypothesis,
    judged: Line,
    given: tuple[Mapping[int, int], Mapping[str, Sequence[Line]]],
) -> Iterator[_Cast]:
    """All assignments of the lines near the judged one to the roles of a hypothesis."""
    places, able = given
    here = places[judged.index]
    roles = list(dict.fromkeys(hypothesis.formula.roles()))
    near = [
        sorted(
            (one for one in able[role] if one is not judged),
            key=lambda one: abs(places[one.index] - here),
        )[:NEAR]
        for role in roles
    ]
    for chosen in product(*near):
        if len({one.index for one in chosen}) < len(chosen):
            continue
        distance = sum(abs(places[one.index] - here) for one in chosen)
        distance += _across_groups(judged, chosen)
        cast = dict(zip(roles, chosen, strict=True))
        for rounding in relation.roundings:
            yield _Cast(hypothesis, cast, rounding, distance)


def _across_groups(judged: Line, chosen: Sequence[Line]) -> int:
    """Lines under another heading than the judged one count as farther away."""
    home = judged.header.path[:-1]
    return sum(2 for one in chosen if one.header.path[:-1] != home) if home else 0


def _score(
    sheet: Sheet,
    relation: Relation,
    cast: _Cast,
    keyed: Mapping[Key, Figure],
    sample: Sequence[Key],
) -> int:
    """Bits that the sample gives; a fresh cast has to hold in at least half of it."""
    bits = held = tested = 0
    for key in sample:
        tie = to_tie(sheet, relation, cast, keyed[key], key)
        holds = tie.holds() if tie is not None else None
        if holds is not None:
            tested += 1
            held += holds
            bits += count_bits(keyed[key].value, keyed[key].step) + 1 if holds else 0
    return bits if 2 * held >= tested else 0


def to_tie(sheet: Sheet, relation: Relation, cast: _Cast, judged: Figure, key: Key) -> Tie | None:
    """The tie at one crossing; ``None`` where a part is missing or in another unit."""
    operands: dict[str, tuple[Figure, ...]] = {}
    for role, line in cast.lines.items():
        if key[0] in line.blocked:
            return None
        figures = sheet.figures_at(line, key)
        if not figures and not relation.parts[role].blank:
            return None
        operands[role] = figures
    if not any(operands.values()) or not _units_agree(sheet, relation, judged, operands):
        return None
    names = {role: (line.name,) * len(operands[role]) for role, line in cast.lines.items()}
    return Tie(relation, cast.hypothesis, judged, operands, cast.rounding, names)


def _units_agree(
    sheet: Sheet,
    relation: Relation,
    judged: Figure,
    operands: Mapping[str, tuple[Figure, ...]],
) -> bool:
    """Sums want one unit throughout; rates only among what is compared; products none."""
    if relation.name == "product":
        return True
    units = {sheet.units[one.index] for figures in operands.values() for one in figures} - {""}
    if relation.name in {"difference", "flow"}:
        units |= {sheet.units[judged.index]} - {""}
    return len(units) <= 1


def _name(cast: _Cast) -> Hypothesis:
    """The hypothesis with the labels of its lines in its title."""
    labels = {role: line.label or "―" for role, line in cast.lines.items()}
    return replace(
        cast.hypothesis,
        ja=cast.hypothesis.ja.format(**labels),
        en=cast.hypothesis.en.format(**labels),
    )
