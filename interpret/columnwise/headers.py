"""The labels over a flattened table laid over its columns again: one level or two, lines joined.

The number of columns is known from the figures; which label stands over which of them is a search
over layouts, scored by what labels say of each other and by the figures under them.
"""

from __future__ import annotations

from dataclasses import field
from itertools import combinations, islice
from typing import TYPE_CHECKING

from kenzan.interpret.columnwise.entries import Entry, join
from kenzan.interpret.words.lexicon import funding_parents, funding_words, label_key
from kenzan.normalize.characters import fold
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.columnwise.shapes import Shape

_STUB_ROLES = frozenset({"indicator", "group", "project", "period", "number", "unit", "direction"})
_TAIL_ROLES = frozenset({"department", "grade", "text"})
_RATES = frozenset({"rate", "share", "change_rate"})
_NO_PARENTS = frozenset({"number", "unit", "department", "grade"})
_OPEN_ROLES = frozenset({"indicator", "group", "project", "text"})
"""Roles whose words also name columns of figures: 事業, 人口, 内容."""
_CHANGES = frozenset({"change", "change_rate"})
_MOST_TAIL = 3
_MOST_SPANS, _MOST_LAYOUTS = 40, 1500
_CLEAR = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """How the labels stand over the columns.

    ``titles`` stand over all, ``stubs`` over the labels, a path of labels over each column of
    figures, ``tail`` over what stands behind them.
    """

    stubs: tuple[Entry, ...]
    paths: tuple[tuple[Entry, ...], ...]
    tail: tuple[Entry, ...]
    titles: tuple[Entry, ...] = ()
    score: int = field(default=0, compare=False)

    @property
    def two_levels(self) -> bool:
        """Whether any column has a label over its label."""
        return any(len(path) > 1 for path in self.paths)

    def words(self) -> tuple[tuple[str, ...], ...]:
        """What stands over the columns, to compare layouts by."""
        return tuple(tuple(entry.text for entry in path) for path in self.paths)


def find_layout(labels: Sequence[Entry], stubs: int, shapes: Sequence[Shape]) -> Layout | None:
    """The best layout of the labels over so many columns; ``None`` if none is clearly best."""
    best: Layout | None = None
    rival = -(10**9)
    for layout in islice(_layouts(labels, stubs, len(shapes)), _MOST_LAYOUTS):
        score = _score(layout, stubs, shapes)
        scored = Layout(layout.stubs, layout.paths, layout.tail, layout.titles, score)
        if best is None or score > best.score:
            if best is not None and best.words() != scored.words():
                rival = best.score
            best = scored
        elif scored.words() != best.words():
            rival = max(rival, score)
    if best is None or best.score < 0 or best.score - rival < _CLEAR:
        return None
    return best


def _layouts(labels: Sequence[Entry], stubs: int, width: int) -> Iterator[Layout]:
    seen: set[tuple[str, ...]] = set()
    for merged in _mergings(labels):
        texts = tuple(entry.text for entry in merged)
        if texts in seen:
            continue
        seen.add(texts)
        for tail in range(min(_MOST_TAIL, max(len(merged) - width, 0)) + 1):
            for first in range(min(stubs + 1, len(merged) - width) + 1):
                yield from _over_columns(merged, first, tail, width)
        yield from _titled(merged, width)


def _mergings(labels: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The labels, with those joined that may be lines of one cell."""
    plain: list[Entry] = []
    for entry in labels:
        if plain and fold(entry.text).startswith("(") and not entry.after_blank:
            plain[-1] = join(plain[-1], entry)
        else:
            plain.append(entry)
    for first, second in (("period", "measure"), ("measure", "period")):
        joined = _join_pairs(plain, first, second)
        if not any(entry.kind == "period" for entry in joined):
            yield joined
    yield plain


def _join_pairs(labels: Sequence[Entry], first: str, second: str) -> list[Entry]:
    joined: list[Entry] = []
    for entry in labels:
        pair = bool(joined) and joined[-1].kind == first and entry.kind == second
        if pair and not (_is_baseline(joined[-1]) or _is_baseline(entry)):
            joined[-1] = join(joined[-1], entry, kind="words")
        else:
            joined.append(entry)
    return joined


def _is_baseline(entry: Entry) -> bool:
    return entry.label.period is not None and entry.label.period.kind == "baseline"


def _over_columns(labels: list[Entry], first: int, tail: int, width: int) -> Iterator[Layout]:
    stubs, rest = tuple(labels[:first]), labels[first:]
    if any(entry.names_column for entry in stubs):
        return
    if len(rest) == width + tail:
        yield Layout(stubs, tuple((entry,) for entry in rest[:width]), tuple(rest[width:]))
        return
    over = len(rest) - width - tail
    if over < 1:
        return
    for parents in range(over, len(rest) - tail):
        below = rest[parents + tail :]
        if any(entry.names_column for entry in rest[parents : parents + tail]):
            continue
        if len(below) < over or parents - over + len(below) != width:
            continue
        for paths in _spans(rest[:parents], below, over):
            yield Layout(stubs, paths, tuple(rest[parents : parents + tail]))


def _spans(
    parents: Sequence[Entry], below: Sequence[Entry], over: int
) -> Iterator[tuple[tuple[Entry, ...], ...]]:
    """Ways to hang labels below ``over`` of the parents, in order."""
    able = [k for k, entry in enumerate(parents) if _may_be_parent(entry)]
    choices = islice(combinations(able, over), _MOST_SPANS)
    for chosen in choices:
        for cuts in islice(combinations(range(1, len(below)), over - 1), _MOST_SPANS):
            bounds = (0, *cuts, len(below))
            paths: list[tuple[Entry, ...]] = []
            part = 0
            for k, parent in enumerate(parents):
                if k in chosen:
                    paths += ((parent, b) for b in below[bounds[part] : bounds[part + 1]])
                    part += 1
                else:
                    paths.append((parent,))
            yield tuple(paths)


def _may_be_parent(entry: Entry) -> bool:
    ends = _is_complete(entry) or _is_baseline(entry)
    return not ends and entry.label.role not in _NO_PARENTS


def _titled(labels: list[Entry], width: int) -> Iterator[Layout]:
    """Words that name the table (指標① 来館者数) over columns without a label at their left."""
    for titles in (1, 2):
        if len(labels) == titles + width:
            paths = tuple((entry,) for entry in labels[titles:])
            yield Layout((), paths, (), tuple(labels[:titles]))


def _score(layout: Layout, stubs: int, shapes: Sequence[Shape]) -> int:
    score = sum(_score_stub(entry) for entry in layout.stubs)
    score -= 2 * max(0, len(layout.stubs) - stubs) + (not layout.stubs)
    score += sum(_score_tail(entry) for entry in layout.tail)
    score -= sum(2 + 4 * is_data(entry) for entry in layout.titles)
    score += sum(_score_path(path, shape) for path, shape in zip(layout.paths, shapes, strict=True))
    words = [tuple(label_key(t) for t in path) for path in layout.words()]
    score -= 8 * (len(words) - len(set(words)))
    return score + _score_siblings(layout)


def is_role(entry: Entry) -> bool:
    """Whether a label names what a column beside the figures holds: 区分, 単位, 担当課."""
    return entry.label.role in _STUB_ROLES | _TAIL_ROLES


def is_data(entry: Entry) -> bool:
    """Whether a label speaks of a year or a measure."""
    label = entry.label
    return (
        entry.names_column
        or label.relative is not None
        or label.period is not None
        or label.measure is not None
    )


def _score_stub(entry: Entry) -> int:
    if entry.label.role in _STUB_ROLES:
        return 3
    return -4 if is_data(entry) else 0


def _score_tail(entry: Entry) -> int:
    if entry.label.role in _TAIL_ROLES:
        return 3
    if entry.label.role in _STUB_ROLES:
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


def _has_year(path: Sequence[Entry]) -> bool:
    return any(
        e.label.relative is not None or (e.label.period is not None and not _is_baseline(e))
        for e in path
    )


def _has_measure(path: Sequence[Entry]) -> bool:
    return any(e.label.measure is not None for e in path)


def _is_whole(path: Sequence[Entry]) -> bool:
    """Whether a path has a year and what was measured in it."""
    leaf = path[-1].label.measure
    changes = leaf is not None and leaf.measure in _CHANGES
    return _has_year(path) and _has_measure(path) and not changes


def _score_measure(leaf: Entry, shape: Shape) -> int:
    measure = leaf.label.measure
    if measure is None or not shape.known:
        return 0
    if measure.measure in _RATES:
        return 2 if shape.is_rate else -5
    return -2 if shape.is_rate and measure.measure in {"change", "budget", "settlement"} else 0


def _score_level(parent: Entry, leaf: Entry) -> int:
    if parent.kind == leaf.kind == "period" or _is_complete(parent):
        return -6
    over, under = parent.label.measure, leaf.label.measure
    if under is not None and under.measure in _CHANGES:
        return 3 if over is not None and over.measure in _CHANGES else 0
    if label_key(parent.text) in funding_parents():
        return 2 if label_key(leaf.text) in funding_words() else -2
    if parent.label.role in _STUB_ROLES and not is_data(parent):
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
    score -= 3 * sum(("period" if _is_baseline(e) else e.kind) in below for e in single)
    if any(_has_year(path) and _has_measure(path) for path in layout.paths):
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
    if _has_year(path):
        return not measures
    return bool(measures) and not measures & (_CHANGES | _RATES | {"baseline"})


def _is_complete(entry: Entry) -> bool:
    """Whether a label says year and measure: nothing is left for labels under it."""
    return _has_year((entry,)) and _has_measure((entry,)) and entry.kind != "period"


def _disagree(layout: Layout) -> bool:
    """Whether years stand over some measures and measures over some years."""
    return any(
        path[0].kind != "period" and path[-1].kind == "period"
        for path in layout.paths
        if len(path) > 1
    )
