"""The outline that the labels of one column make: by numbering, by indent, by うち."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.interpret.tables.view import Spot
    from kenzan.interpret.words.label import Label

# Indents closer than this (in characters) are one; deeper ones than this open a level.
_STEP = 0.6
_LEADING = " 　\t"
_MOST_LEVELS = 5
_WIDE = frozenset("０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Entry:
    """A label of the column: what it says and where its cell stands."""

    label: Label
    spot: Spot


def find_indent(spot: Spot) -> float | None:
    """How far the label's first character stands from the cell's left edge, in characters."""
    line = spot.first_line()
    if line is None:
        return None
    blank = len(line.text) - len(line.text.lstrip(_LEADING))
    if line.box is None or not line.x0s or spot.cell.box is None:
        return sum(1.0 if c == "　" else 0.5 for c in line.text[:blank])
    at = min(blank, len(line.x0s) - 1)
    return (line.x0s[at] - spot.cell.box.x0) / _size(spot)


def _size(spot: Spot) -> float:
    line = spot.first_line()
    if line is None or line.box is None:
        return 10.0
    return line.size or line.box.height or 10.0


def _is_centred(spot: Spot) -> bool:
    line, cell = spot.first_line(), spot.cell.box
    if line is None or line.box is None or cell is None:
        return False
    left, right, size = line.box.x0 - cell.x0, cell.x1 - line.box.x1, _size(spot)
    return abs(left - right) < size * 0.5


def _are_centred(spots: Sequence[Spot]) -> bool:
    """Whether labels stand in the middle of their cells, so that long ones only look outermost.

    Some with room on both sides are enough; a label that fills its cell may be anything.
    """
    centred = [s for s in spots if _is_centred(s)]
    roomy = sum((find_indent(s) or 0) > 1 for s in centred)
    return roomy * 3 > len(spots) or (roomy > 0 and len(centred) * 3 >= len(spots) * 2)


def _are_flush_right(spots: Sequence[Spot]) -> bool:
    """Whether labels end at the right edges of their cells; then left ends say only how long."""
    for spot in spots:
        line, cell = spot.first_line(), spot.cell.box
        if line is None or line.box is None or cell is None:
            return False
        if cell.x1 - line.box.x1 > _size(spot) * _STEP:
            return False
    return True


def _classes(spots: Sequence[Spot]) -> list[int] | None:
    """Each label's class of indent (0 is outermost); ``None`` where indents tell nothing."""
    indents = [i for spot in spots if (i := find_indent(spot)) is not None]
    if len(indents) < len(spots) or _are_centred(spots) or _are_flush_right(spots):
        return None
    stairs: list[float] = []
    for value in sorted(indents):
        if not stairs or value - stairs[-1] > _STEP:
            stairs.append(value)
    if not 1 < len(stairs) <= _MOST_LEVELS or indents[0] > stairs[0] + _STEP:
        return None
    return [max(k for k, stair in enumerate(stairs) if value >= stair - 1e-6) for value in indents]


def rank_labels(entries: Sequence[Entry]) -> list[int]:
    """The depth of each label of a run (0 is outermost), top to bottom.

    A run is a stretch of one column under the same labels of the columns before it. Numbering
    decides where half of the labels have it, else the indent, where it starts at the outermost.
    """
    parts = [k for k, e in enumerate(entries) if e.label.kind not in {"total", "subtotal"}]
    classes = _classes([entries[k].spot for k in parts])
    indents = dict(zip(parts, classes, strict=True)) if classes else {}
    numbered = sum(entries[k].label.numbering is not None for k in parts)
    styles = _styles([e.label for e in entries])
    by_number = bool(numbered) and numbered * 2 >= len(parts)
    ranks: list[int] = []
    opened: list[str | int] = []
    for k in range(len(entries)):
        rank = _special_rank(entries, k, ranks)
        if rank is None and by_number:
            rank = _rank_by_number(styles[k], indents, k, ranks, opened)
        elif rank is None:
            rank = _open(opened, indents.get(k, 0))
        ranks.append(rank or 0)
    return ranks


def _special_rank(entries: Sequence[Entry], k: int, ranks: list[int]) -> int | None:
    """The rank of うち rows and totals; ``None`` for the others."""
    kind = entries[k].label.kind
    if kind == "of_which" and k:
        return ranks[-1] if entries[k - 1].label.kind == "of_which" else ranks[-1] + 1
    return 0 if kind in {"total", "subtotal", "difference"} else None


def _styles(labels: Sequence[Label]) -> list[str]:
    """The style of each label's numbering, empty without one.

    １ and 1 are two styles where both begin a count: １款 over 1項. Where only ten and more are
    narrow (９, 10), they go on with the same count.
    """
    wide = [label.raw.lstrip(_LEADING)[:1] in _WIDE for label in labels]
    first = {wide[k] for k, n in enumerate(labels) if n.numbering and n.numbering.value == 1}
    return [
        ("" if label.numbering is None else label.numbering.style + "w" * (w and len(first) > 1))
        for label, w in zip(labels, wide, strict=True)
    ]


def _open(opened: list[str | int], sign: str | int) -> int:
    """Go back to the level of this sign, or open one below."""
    if isinstance(sign, int):
        while opened and isinstance(opened[-1], int) and opened[-1] > sign:
            opened.pop()
    if sign in opened:
        del opened[opened.index(sign) + 1 :]
    else:
        opened.append(sign)
    return len(opened) - 1


def _rank_by_number(
    style: str, indents: dict[int, int], k: int, ranks: list[int], opened: list[str | int]
) -> int:
    if style:
        opened[:] = [sign for sign in opened if isinstance(sign, str)]
        return _open(opened, style)
    if not ranks:
        return 0
    here, before = indents.get(k), indents.get(k - 1)
    if here is None or before is None or here == before:
        return ranks[-1]
    if here > before:
        return ranks[-1] + 1
    for j in range(k - 1, -1, -1):
        if indents.get(j) == here:
            return ranks[j]
    return 0
