"""How well labels stand over the columns of a table, by what they say and what is under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.columnwise.layouts import (
    STUB_ROLES,
    TAIL_ROLES,
    has_measure,
    has_year,
    is_baseline,
    is_complete,
    is_data,
    is_role,
)
from kenzan.interpret.words.lexicon import funding_parents, funding_words, label_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.columnwise.entries import Entry
    from kenzan.interpret.columnwise.layouts import Layout
    from kenzan.interpret.columnwise.shapes import Shape

_RATES = frozenset({"rate", "share", "change_rate"})
_OPEN_ROLES = frozenset({"indicator", "group", "project", "text"})
"""Roles whose words also name columns of figures: 事業, 人口, 内容."""
_CHANGES = frozenset({"change", "change_rate"})
_BEST_SIBLINGS = 3
"""The most that is said for a layout by how its labels go together."""


class Scale:
    """Weighs layouts of one header; what a path of labels is worth it finds out once."""

    def __init__(self, stubs: int, shapes: Sequence[Shape]) -> None:
        self.stubs = stubs
        self.shapes = [(shape, shape.known + (shape.known and shape.is_rate)) for shape in shapes]
        self.paths: dict[tuple[int, ...], tuple[Sequence[Entry], int, tuple[str, ...]]] = {}

    def weigh(self, layout: Layout, least: int) -> int:
        """The score of a layout over these columns; below 0 it is none.

        What cannot come up to ``least`` is only told to be below.
        """
        score = sum(_score_stub(entry) for entry in layout.stubs)
        score -= 2 * max(0, len(layout.stubs) - self.stubs) + (not layout.stubs)
        score += sum(_score_tail(entry) for entry in layout.tail)
        score -= sum(2 + 4 * is_data(entry) for entry in layout.titles)
        words = set()
        for path, (shape, kind) in zip(layout.paths, self.shapes, strict=True):
            worth, said = self._weigh_path(path, shape, kind)
            score += worth
            words.add(said)
        score -= 8 * (len(layout.paths) - len(words))
        if score + _BEST_SIBLINGS < least:
            return score + _BEST_SIBLINGS
        return score + _score_siblings(layout)

    def _weigh_path(
        self, path: Sequence[Entry], shape: Shape, kind: int
    ) -> tuple[int, tuple[str, ...]]:
        """What a path says for itself, with its words."""
        key = (kind, *map(id, path))  # each path is kept, so that no other has its ids
        if key not in self.paths:
            said = tuple(label_key(entry.text) for entry in path)
            self.paths[key] = path, _score_path(path, shape), said
        return self.paths[key][1:]


def _score_stub(entry: Entry) -> int:
    if entry.label.role in STUB_ROLES:
        return 3
    return -4 if is_data(entry) else 0


def _score_tail(entry: Entry) -> int:
    if entry.label.role in TAIL_ROLES:
        return 3
    if entry.label.role in STUB_ROLES:
        return -20
    return -4 if is_data(entry) or _is_source(entry) else -1


def _is_over_sources(entry: Entry) -> bool:
    """Whether a label stands over those that name where money comes from: 財源内訳."""
    return label_key(entry.text) in funding_parents() and not _is_source(entry)


def _is_source(entry: Entry) -> bool:
    """Whether a label names where money comes from: 国庫支出金."""
    return label_key(entry.text) in funding_words()


def _score_path(path: Sequence[Entry], shape: Shape) -> int:
    score = 0
    leaf = path[-1]
    if any(
        is_data(e) or e.label.kind != "part" or label_key(e.text) in funding_words() for e in path
    ):
        score += 2
    if not is_data(leaf) and is_role(leaf):
        score -= 4 if leaf.label.role in _OPEN_ROLES else 20
    if any(e.kind in {"department", "grade", "serial", "prose"} for e in path):
        score -= 4
    if any(e.kind == "unit" for e in path):
        score -= 20
    if _is_over_sources(leaf):
        score += 2
    score += _score_measure(leaf, shape) + 2 * _is_whole(path)
    if len(path) > 1:
        score += _score_level(path[0], leaf)
    return score


def _is_whole(path: Sequence[Entry]) -> bool:
    """Whether a path has a year and what was measured in it."""
    leaf = path[-1].label.measure
    changes = leaf is not None and leaf.measure in _CHANGES
    return has_year(path) and has_measure(path) and not changes


def _score_measure(leaf: Entry, shape: Shape) -> int:
    measure = leaf.label.measure
    if measure is None or not shape.known:
        return 0
    if measure.measure in _RATES:
        return 2 if shape.is_rate else -5
    return -2 if shape.is_rate and measure.measure in {"change", "budget", "settlement"} else 0


def _score_level(parent: Entry, leaf: Entry) -> int:
    if parent.kind == leaf.kind == "period" or is_complete(parent):
        return -6
    over, under = parent.label.measure, leaf.label.measure
    if under is not None and under.measure in _CHANGES:
        return 3 if over is not None and over.measure in _CHANGES else 0
    if label_key(parent.text) in funding_parents():
        return 2 if label_key(leaf.text) in funding_words() else -2
    if parent.label.role in STUB_ROLES and not is_data(parent):
        return -20
    if over is not None and over.measure in _CHANGES | _RATES:
        return -4
    return 1 if is_data(parent) or leaf.names_column else 0


def _score_siblings(layout: Layout) -> int:
    """Parents of one kind are filled alike; a bare year beside years with measures is odd."""
    groups: dict[int, list[Entry]] = {}
    for path in layout.paths:
        if len(path) > 1:
            groups.setdefault(path[0].first, []).append(path[1])
    score = 0
    kinds = [tuple(label_key(e.text) for e in children) for children in groups.values()]
    if len(kinds) > 1:
        score += 2 * (len(set(kinds)) == 1) + (len({len(k) for k in kinds}) == 1)
    parents = {path[0].kind for path in layout.paths if len(path) > 1}
    score -= 8 * (len(parents) > 1 and _disagree(layout))
    below = {path[1].kind for path in layout.paths if len(path) > 1 and path[1].names_column}
    single = [path[0] for path in layout.paths if len(path) == 1 and not _compares(path[0])]
    lone = [children[0] for children in groups.values() if len(children) == 1]
    score -= 4 * sum(map(_compares, lone))
    score -= 3 * sum(("period" if is_baseline(e) else e.kind) in below for e in single)
    if any(has_year(path) and has_measure(path) for path in layout.paths):
        score -= 3 * sum(_lacks_something(path) for path in layout.paths)
    sources = [path for path in layout.paths if label_key(path[-1].text) in funding_words()]
    under = [path for path in sources if label_key(path[0].text) in funding_parents()]
    if sources:
        score -= 6 * sum(_is_over_sources(path[-1]) for path in layout.paths)
    if under:
        score -= 3 * (len(sources) - len(under))
    return score


def _compares(entry: Entry) -> bool:
    """Whether a label names a difference: it often spans all rows of a header."""
    return entry.label.measure is not None and entry.label.measure.measure in _CHANGES


def _lacks_something(path: Sequence[Entry]) -> bool:
    """Whether a path has a year without a measure, or an amount without a year."""
    measures = {e.label.measure.measure for e in path if e.label.measure is not None}
    if has_year(path):
        return not measures
    return bool(measures) and not measures & (_CHANGES | _RATES | {"baseline"})


def _disagree(layout: Layout) -> bool:
    """Whether years stand over some measures and measures over some years."""
    return any(
        path[0].kind != "period" and path[-1].kind == "period"
        for path in layout.paths
        if len(path) > 1
    )
