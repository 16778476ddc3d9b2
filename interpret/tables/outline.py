"""The outline that the labels of one column make: by numbering, by indent, by うち."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.interpret.words.label import Label

if TYPE_CHECKING:
    from kenzan.interpret.tables.view import Spot

_STEP = 0.6
_LEADING = " 　\t"


def find_indent(spot: Spot) -> float | None:
    """How far the label's first character stands from the cell's left edge, in characters."""
    line = spot.first_line()
    if line is None:
        return None
    blank = len(line.text) - len(line.text.lstrip(_LEADING))
    if line.box is None or not line.x0s or spot.cell.box is None:
        lead = line.text[:blank]
        return sum(1.0 if c == "　" else 0.5 for c in lead)
    size = line.size or line.box.height or 10.0
    at = min(blank, len(line.x0s) - 1)
    return (line.x0s[at] - spot.cell.box.x0) / size


def _is_centred(spot: Spot) -> bool:
    line = spot.first_line()
    cell = spot.cell.box
    if line is None or line.box is None or cell is None:
        return False
    left, right = line.box.x0 - cell.x0, cell.x1 - line.box.x1
    size = line.size or line.box.height or 10.0
    return left > size and right > size and abs(left - right) < size * 0.5


def _indent_classes(spots: list[Spot]) -> list[int] | None:
    """Each label's class of indent (0 is outermost); ``None`` where indents tell nothing."""
    indents = [find_indent(spot) for spot in spots]
    if any(i is None for i in indents) or not indents:
        return None
    known = [i for i in indents if i is not None]
    if sum(_is_centred(s) for s in spots) * 3 > len(spots):
        return None
    stairs: list[float] = []
    for value in sorted(known):
        if not stairs or value - stairs[-1] > _STEP:
            stairs.append(value)
    if len(stairs) < 2 or len(stairs) > 5 or len(stairs) * 2 > len(known) + 1:
        return None
    return [max(k for k, stair in enumerate(stairs) if value >= stair - 1e-6) for value in known]


def rank_labels(spots: list[Spot]) -> list[int]:
    """The depth of each label of a column (0 is outermost), top to bottom."""
    labels = [spot.content.label for spot in spots]
    parts = [k for k, label in enumerate(labels) if label.kind not in {"total", "subtotal"}]
    classes = _indent_classes([spots[k] for k in parts])
    indents = dict(zip(parts, classes, strict=True)) if classes else {}
    numbered = sum(labels[k].numbering is not None for k in parts)
    if numbered * 2 >= len(parts) and numbered:
        return _rank_by_numbering(labels, indents)
    return _rank_by_indent(labels, indents)


def _rank_by_indent(labels: list[Label], indents: dict[int, int]) -> list[int]:
    ranks: list[int] = []
    for k, label in enumerate(labels):
        last = ranks[-1] if ranks else 0
        if label.kind == "of_which" and k:
            previous = labels[k - 1]
            ranks.append(last if previous.kind == "of_which" else last + 1)
        elif label.kind in {"total", "subtotal"}:
            ranks.append(0 if label.kind == "total" or not indents else max(last - 1, 0))
        else:
            ranks.append(min(indents.get(k, 0), last + 1 if ranks else 0))
    return ranks


def _rank_by_numbering(labels: list[Label], indents: dict[int, int]) -> list[int]:
    ranks: list[int] = []
    open_styles: list[str] = []
    for k, label in enumerate(labels):
        last = ranks[-1] if ranks else 0
        if label.kind == "of_which" and k:
            ranks.append(last if labels[k - 1].kind == "of_which" else last + 1)
        elif label.numbering is None:
            ranks.append(_rank_unnumbered(label, k, ranks, indents))
        else:
            style = label.numbering.style
            if style in open_styles:
                del open_styles[open_styles.index(style) + 1 :]
            else:
                open_styles.append(style)
            ranks.append(len(open_styles) - 1)
    return ranks


def _rank_unnumbered(label: Label, k: int, ranks: list[int], indents: dict[int, int]) -> int:
    if label.kind in {"total", "subtotal", "difference"} or not ranks:
        return 0
    here, before = indents.get(k), indents.get(k - 1)
    if here is None or before is None:
        return 0 if here is None else ranks[-1]
    if here > before:
        return ranks[-1] + 1
    if here == before:
        return ranks[-1]
    for j in range(k - 1, -1, -1):
        if indents.get(j) == here:
            return ranks[j]
    return 0
