"""Holds the observations a reader found against the truth, name by name and figure by figure.

A figure is right if value, change, period, measure and indicator all are. Names are compared
through a folding of the corpus's own (NFKC, no spaces, lower case, no leading number or mark),
so that no convention of folding decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from bench.corpus.model import Fact

_LEAD = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）.．、]|[①-⑳][：:]?|\d{1,2}[\s　]|[・○●◆■□])\s*")
_NUMBER = re.compile(r"[(]?\d{1,2}[).、:]?")
_MARKS = re.compile(r"[※＊*]\s*\d*|[（(]?注\d*[)）]?$")


class Found(Protocol):
    """What scoring needs of an observation, whatever class the reader gives."""

    indicator: str
    period: str
    fiscal_year: int | None
    measure: str
    measure_label: str
    group: str
    project: str
    project_name: str
    unit: str
    status: str
    value: Decimal | None
    delta: Decimal | None
    value_raw: str


def fold_name(text: str) -> str:
    """A name as this corpus compares it."""
    text = _MARKS.sub("", text)
    text = _LEAD.sub("", text)
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def fold_loosely(text: str) -> str:
    """A period or label: width and spaces do not count, every dash is the same."""
    folded = "".join(unicodedata.normalize("NFKC", text).split()).lower()
    return re.sub(r"[-‐‑–—―−ー~〜～]", "-", folded)


@dataclass(slots=True)
class Score:
    """Counts over one or many documents.

    ``right`` of ``truth`` figures were found right, of ``found`` observations with a figure.
    ``unnamed`` ones stand in the right place with their kind left open (measure ``other``).
    ``misplaced`` figures were given to a wrong place; ``unplaced`` truths were given to none;
    ``spurious`` observations hold a figure the document does not have, or not in a table of
    figures. ``fields`` counts, over the right figures, whether unit, group, project, label and
    printed characters agree as well. ``marks`` counts places without a figure.
    """

    truth: int = 0
    found: int = 0
    right: int = 0
    unnamed: int = 0
    misplaced: int = 0
    unplaced: int = 0
    spurious: int = 0
    inputs: int = 0
    failed: int = 0
    seconds: float = 0.0
    fields: Counter[str] = field(default_factory=Counter)
    marks: Counter[str] = field(default_factory=Counter)

    @property
    def f1(self) -> float:
        total = self.truth + self.found
        return 2 * self.right / total if total else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.truth if self.truth else 1.0

    @property
    def misplacement(self) -> float:
        return self.misplaced / self.truth if self.truth else 0.0

    def add(self, other: Score) -> None:
        """Add the counts of another score to these."""
        for name in (
            "truth",
            "found",
            "right",
            "unnamed",
            "misplaced",
            "unplaced",
            "spurious",
            "inputs",
            "failed",
            "seconds",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.fields += other.fields
        self.marks += other.marks


@dataclass(slots=True)
class Comparison:
    """The score of one input with what is missing, what is wrong and what goes together."""

    score: Score
    missing: list[Fact] = field(default_factory=list)
    wrong: list[Found] = field(default_factory=list)
    pairs: list[tuple[Fact, Found]] = field(default_factory=list)


def compare(facts: Sequence[Fact], found: Sequence[Found]) -> Comparison:
    """Match observations with facts, each at most once, and sort out the rest."""
    truth = [fact for fact in facts if fact.value is not None]
    figures = [item for item in found if item.value is not None]
    score = Score(truth=len(truth), found=len(figures), inputs=1)
    pairs, missing, extra = _match(truth, figures, _is_right)
    score.right = len(pairs)
    for fact, item in pairs:
        score.fields.update(name for name, agrees in _FIELDS.items() if agrees(fact, item))
    unnamed, others, left = _match(missing, extra, _is_unnamed)
    same_figure, rest, left = _match(others, left, _same_figure)
    same_place, _, spurious = _match(rest, left, _same_place)
    score.misplaced = len(same_figure) + len(same_place)
    score.spurious = len(spurious)
    score.unnamed = len(unnamed)
    score.unplaced = len(others) - score.misplaced
    _count_marks(facts, found, score)
    return Comparison(score, missing, extra, unnamed + same_figure + same_place)


def _match(
    facts: Sequence[Fact], found: Sequence[Found], fits: Callable[[Fact, Found], bool]
) -> tuple[list[tuple[Fact, Found]], list[Fact], list[Found]]:
    """Pair greedily, those that agree in more of the other fields first."""
    by_value: dict[object, list[int]] = defaultdict(list)
    for index, item in enumerate(found):
        by_value[item.value].append(index)
    free = set(range(len(found)))
    pairs, missing = [], []
    for fact in facts:
        pool = by_value.get(fact.value, []) if fits is not _same_place else sorted(free)
        options = [index for index in pool if index in free and fits(fact, found[index])]
        if not options:
            missing.append(fact)
            continue
        best = max(options, key=lambda index: _agreement(fact, found[index]))
        free.discard(best)
        pairs.append((fact, found[best]))
    return pairs, missing, [item for index, item in enumerate(found) if index in free]


def _agreement(fact: Fact, item: Found) -> int:
    return sum(agrees(fact, item) for agrees in _FIELDS.values()) + 3 * _same_name(fact, item)


def _is_right(fact: Fact, item: Found) -> bool:
    return fact.value == item.value and fact.delta == item.delta and _same_place(fact, item)


def _is_unnamed(fact: Fact, item: Found) -> bool:
    """Right in everything but the measure, which the reader says it does not know.

    The label that it could not read may then stand as the lowest name, under the indicator.
    """
    if item.measure != "other" or item.delta != fact.delta or not _same_period(fact, item):
        return False
    label = fold_loosely(fact.measure_label)
    below = bool(label) and fold_loosely(item.indicator) == label
    above = fold_name(item.group.split(" / ")[-1])
    return _same_name(fact, item) or (below and above == fold_name(fact.indicator))


def _same_figure(fact: Fact, item: Found) -> bool:
    return fact.value == item.value


def _same_place(fact: Fact, item: Found) -> bool:
    if item.measure != fact.measure and item.measure not in fact.leeway.measures:
        return False
    if fact.leeway.label_matters and not _same_label(fact, item):
        return False
    return _same_name(fact, item) and _same_period(fact, item)


def differences(fact: Fact, item: Found) -> list[str]:
    """Which of the things that make a figure right are not; for people to read."""
    measures = (fact.measure, *fact.leeway.measures)
    wrong = {
        "value": fact.value != item.value,
        "delta": fact.delta != item.delta,
        "indicator": not _same_name(fact, item),
        "period": not _same_period(fact, item),
        f"measure ({fact.measure} read as {item.measure})": item.measure not in measures,
        "label": fact.leeway.label_matters and not _same_label(fact, item),
    }
    return [name for name, is_wrong in wrong.items() if is_wrong] or ["nothing: taken twice"]


def _same_name(fact: Fact, item: Found) -> bool:
    names = (fact.indicator, *fact.leeway.indicators)
    return any(_agree(name, item.indicator) for name in names)


def _agree(true: str, seen: str) -> bool:
    """Equal names; what was seen may have a number before it."""
    name, found = fold_name(true), fold_name(seen)
    return found == name or bool(
        name and found.endswith(name) and _NUMBER.fullmatch(found.removesuffix(name))
    )


def _same_period(fact: Fact, item: Found) -> bool:
    if item.fiscal_year is not None and item.fiscal_year in (fact.fiscal_year, *fact.leeway.years):
        return True
    names = {fold_loosely(name) for name in (fact.period, *fact.leeway.periods)}
    return fold_loosely(item.period) in names


def _same_label(fact: Fact, item: Found) -> bool:
    """The label may stand in the group, be one of several joined, or have its year cut off."""
    wanted = fold_loosely(fact.measure_label).split("内訳")[-1]
    found = (item.measure_label, item.group, item.period + item.measure_label)
    return any(wanted in fold_loosely(text) for text in found)


def _same_unit(fact: Fact, item: Found) -> bool:
    return fold_loosely(fact.unit) == fold_loosely(item.unit)


def _same_group(fact: Fact, item: Found) -> bool:
    """Equal, or with further labels around it."""
    if not fact.group:
        return True
    return any(_agree(fact.group, part) for part in item.group.split(" / "))


def _same_project(fact: Fact, item: Found) -> bool:
    if not fact.project_name:
        return True
    return _agree(fact.project_name, item.project_name)


def _same_raw(fact: Fact, item: Found) -> bool:
    return fold_loosely(fact.value_raw) == fold_loosely(item.value_raw)


_FIELDS: dict[str, Callable[[Fact, Found], bool]] = {
    "unit": _same_unit,
    "group": _same_group,
    "project": _same_project,
    "label": _same_label,
    "raw": _same_raw,
}


def _count_marks(facts: Sequence[Fact], found: Sequence[Found], score: Score) -> None:
    """Printed marks (未集計, ―) must be observations of the right status in the right place."""
    marks = [fact for fact in facts if fact.value is None and fact.value_raw]
    blanks = [item for item in found if item.value is None]
    free = set(range(len(blanks)))
    for fact in marks:
        hit = next((i for i in free if _same_place(fact, blanks[i])), None)
        score.marks["printed"] += 1
        if hit is not None:
            free.discard(hit)
            score.marks["found"] += 1
            score.marks["status"] += blanks[hit].status == fact.status
