"""The labels over a flattened table laid over its columns again: one level or two, lines joined.

The number of columns is known from the figures; which label stands over which of them is a search
over layouts, scored by what labels say of each other and by the figures under them.
"""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING

from kenzan.interpret.columnwise.entries import Entry, join
from kenzan.interpret.columnwise.layouts import Layout, is_baseline, is_complete
from kenzan.interpret.columnwise.weighing import Scale
from kenzan.normalize.characters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.interpret.columnwise.shapes import Shape

_NO_PARENTS = frozenset({"number", "unit", "department", "grade"})
_MOST_TAIL = 3
_MOST_SPANS, _MOST_LAYOUTS = 40, 1500
_CLEAR = 3


def find_layout(labels: Sequence[Entry], stubs: int, shapes: Sequence[Shape]) -> Layout | None:
    """The best layout of the labels over so many columns; ``None`` if none is clearly best."""
    best: Layout | None = None
    rival = -(10**9)
    scale = Scale(stubs, shapes)
    for layout in islice(_layouts(labels, stubs, len(shapes)), _MOST_LAYOUTS):
        least = best.score - _CLEAR if best is not None else rival
        score = scale.weigh(layout, least)
        if score <= least:
            continue
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
        if pair and not (is_baseline(joined[-1]) or is_baseline(entry)):
            joined[-1] = join(joined[-1], entry, kind="words")
        else:
            joined.append(entry)
    return joined


def _over_columns(labels: list[Entry], first: int, tail: int, width: int) -> Iterator[Layout]:
    stubs, rest = tuple(labels[:first]), labels[first:]
    if any(entry.names_column for entry in stubs):
        return
    if len(rest) == width + tail:
        if any(entry.kind == "period" for entry in rest[width:]):
            return  # a year names figures, never what stands behind them
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
    ends = is_complete(entry) or is_baseline(entry)
    return not ends and entry.label.role not in _NO_PARENTS


def _titled(labels: list[Entry], width: int) -> Iterator[Layout]:
    """Words that name the table (指標① 来館者数) over columns without a label at their left."""
    for titles in (1, 2):
        if len(labels) == titles + width:
            paths = tuple((entry,) for entry in labels[titles:])
            yield Layout((), paths, (), tuple(labels[:titles]))
