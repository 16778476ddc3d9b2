"""Labels that come again under every indicator: measures, whatever a municipality calls them.

Where each of several indicators has the same few columns (or rows), these do not name
indicators of their own. What they measure is told by a known word among them, or by the
figures: what is still to come is an actual, what was set beforehand a target.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.tables.fitting import find_ratio
from kenzan.interpret.words.label import Label, read_label
from kenzan.interpret.words.lexicon import names_achievement
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from decimal import Decimal

    from kenzan.interpret.tables.content import Content
    from kenzan.interpret.tables.meaning import Meaning
    from kenzan.normalize.numbers import Number

    # What stands on an axis (a column, or a row) at a position of the other one.
    Lookup = Callable[[int, int], Content]
    # For each label of a cycle, each group's cells along the other axis.
    Figures = Sequence[Sequence[Sequence[Content]]]

_KPI = frozenset({"target", "actual", "baseline", "rate"})
_LONGEST = 5
# With fewer groups the figures have to tell twice that two labels are a target and an actual.
_FEWEST_GROUPS = 2
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Cycle:
    """The labels that come again, and under each indicator the rows or columns of them."""

    leaves: tuple[str, ...]
    groups: tuple[tuple[Meaning, ...], ...]

    def of(self, place: int) -> list[Meaning]:
        """All rows or columns of one label."""
        return [group[place] for group in self.groups]


def settle_cycles(axis: Sequence[Meaning], along: Sequence[int], lookup: Lookup) -> None:
    """Take unknown labels that come again for measures where that is what they are.

    ``along`` are the positions of the figures on the other axis.
    """
    cycle = find_cycle(axis)
    if cycle is None:
        return
    labels = [read_label(leaf) for leaf in cycle.leaves]
    unknown = [k for k, label in enumerate(labels) if not _is_known(label)]
    known = {m.measure.measure for m in labels if _is_known(m) and m.measure is not None}
    if not unknown or any(labels[k].kind != "part" for k in unknown):
        return
    figures = [
        [[lookup(meaning.index, at) for at in along] for meaning in cycle.of(k)]
        for k in range(len(labels))
    ]
    told = _tell(cycle, labels, unknown, figures)
    again = len(cycle.groups) >= _FEWEST_GROUPS or len(labels) == _PAIR
    if (known & _KPI and again) or told:
        for k in unknown:
            for meaning in cycle.of(k):
                _unname(meaning, labels[k], told.get(k))


def find_cycle(axis: Sequence[Meaning]) -> Cycle | None:
    """The same labels, in the same order, under every name; ``None`` if it is not so."""
    groups: dict[tuple[str, ...], list[Meaning]] = {}
    for meaning in axis:
        if len(meaning.path) > 1:
            groups.setdefault(meaning.path[:-1], []).append(meaning)
    runs = {tuple(m.path[-1] for m in group) for group in groups.values()}
    leaves = next(iter(runs), ())
    if len(runs) != 1 or not 1 < len(leaves) <= _LONGEST:
        return None
    if len(set(leaves)) < len(leaves):
        return None
    return Cycle(leaves, tuple(tuple(group) for group in groups.values()))


def _is_known(label: Label) -> bool:
    return label.only_period or (label.measure is not None and label.measure.whole)


def _unname(meaning: Meaning, label: Label, measure: str | None) -> None:
    if len(meaning.names) > 1 and meaning.names[-1] in {label.name, label.rest}:
        meaning.names = meaning.names[:-1]
    meaning.wording = label.wording or label.text
    meaning.measure, meaning.strong = measure, measure is not None


def _tell(
    cycle: Cycle, labels: Sequence[Label], unknown: Sequence[int], figures: Figures
) -> dict[int, str]:
    """What the figures tell of unknown labels; empty if nothing does."""
    planned = any(
        _is_known(label) and label.measure and label.measure.measure in _KPI for label in labels
    )
    told = _tell_by_rate(labels, unknown, figures) if planned else {}
    if told or len(unknown) != 2:
        return told
    one, other = unknown
    pairs = [
        list(zip(a, b, strict=True)) for a, b in zip(figures[one], figures[other], strict=True)
    ]
    apart = any(_go_apart(pair) for pair in pairs)
    begin = apart and all(_starts_equal(pair) for pair in pairs)
    few = len(cycle.groups) < _FEWEST_GROUPS
    for first, second in ((one, other), (other, one)):
        waits = all(_waits(pair, turned=first == other) for pair in pairs)
        if waits and (begin or not few):
            return {first: "target", second: "actual"}
    return {one: "target", other: "actual"} if begin and not few else {}


def _tell_by_rate(
    labels: Sequence[Label], unknown: Sequence[int], figures: Figures
) -> dict[int, str]:
    """One of three or more labels is the rate of two others: what was done, what was planned."""
    values = {k: _numbers(series) for k, series in enumerate(figures)}
    # The planned is the done over the rate, too: the rate is what stands behind both.
    for rate in reversed(range(len(labels))):
        said = labels[rate].measure
        if rate not in unknown and not (said and names_achievement(labels[rate].text)):
            continue
        pair = find_ratio(values, rate, [k for k in range(len(labels)) if k != rate])
        if pair is None:
            continue
        told = {rate: "rate", pair[0]: "actual", pair[1]: "target"}
        if all(_agrees(labels[k], measure) for k, measure in told.items()):
            return {k: measure for k, measure in told.items() if k in unknown}
    return {}


def _agrees(label: Label, measure: str) -> bool:
    return not _is_known(label) or label.measure is None or label.measure.measure == measure


def _numbers(series: Sequence[Sequence[Content]]) -> dict[Hashable, Number]:
    return {
        (group, at): content.entries[0].number
        for group, contents in enumerate(series)
        for at, content in enumerate(contents)
        if content.figures and len(content.entries) == 1
    }


def _waits(pair: Sequence[tuple[Content, Content]], *, turned: bool) -> bool:
    """Whether the second of two series ends before the first, and never the other way round."""
    filled = [(b.figures, a.figures) if turned else (a.figures, b.figures) for a, b in pair]
    filled = [both for both in filled if any(both)]
    return bool(filled) and (False, True) not in filled and filled[-1] == (True, False) != filled[0]


def _values(pair: Sequence[tuple[Content, Content]]) -> list[tuple[Decimal | None, Decimal | None]]:
    return [
        (a.entries[0].number.value, b.entries[0].number.value)
        for a, b in pair
        if a.figures and b.figures
    ]


def _starts_equal(pair: Sequence[tuple[Content, Content]]) -> bool:
    """Whether two series begin with one figure: both set out from where things stood."""
    both = _values(pair)
    return len(both) > 1 and both[0][0] == both[0][1]


def _go_apart(pair: Sequence[tuple[Content, Content]]) -> bool:
    return any(a != b for a, b in _values(pair))
