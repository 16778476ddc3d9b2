"""Several labels in one cell: 款, 項 and 目 on lines of their own, names paired with figures."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.interpret.words.label import Label, read_label
from kenzan.normalize.characters import fold

if TYPE_CHECKING:
    from kenzan.interpret.tables.view import Spot
    from kenzan.schemas.document import Line
    from kenzan.schemas.geometry import Box

_OF_WHICH = re.compile(r"^[(（〔\[]\s*(?:う\s*ち|内).*[)）〕\]]$")
# 指標① and a name behind it, or under it on a line of its own.
_NUMBERED_NAME = re.compile(
    r"[(（【\[]?\s*(?:成果|活動|数値|重要業績評価)?(?:指標|目標|KPI|ＫＰＩ)\s*"
    r"(?:[①-⑳]|[0-9０-９]{1,2}|[A-ZＡ-Ｚ])\s*[)）】\]]?[\s:：]*[\n:：　 ]\s*(?P<name>\S[\s\S]*)"
)
_ALIGNED = 4.0


@lru_cache(maxsize=4096)
def _numbered_lines(raw: str) -> tuple[tuple[Label, ...], tuple[int, ...]]:
    """The labels that numbered lines open (broken lines joined), and each one's first line."""
    labels: list[str] = []
    starts: list[int] = []
    for at, line in enumerate(raw.split("\n")):
        if not line.strip():
            continue
        if labels and read_label(line).numbering is None:
            labels[-1] += "\n" + line
        else:
            labels.append(line)
            starts.append(at)
    return tuple(read_label(text) for text in labels), tuple(starts)


def _styles(labels: tuple[Label, ...]) -> list[str]:
    return [label.numbering.style if label.numbering else "" for label in labels]


def labels_of(spot: Spot) -> list[Label]:
    """The labels of a cell, outermost first: one, or one for each line of a new numbering."""
    raw = spot.content.raw
    named = _NUMBERED_NAME.match(raw)
    if named is not None and named["name"].strip():
        return [read_label(named["name"])]
    if "\n" not in raw:
        return [spot.content.label]
    labels, _ = _numbered_lines(raw)
    styles = _styles(labels)
    if len(labels) < 2 or "" in styles or styles[0] == styles[1]:
        return [_without_of_which(spot)]
    first: list[Label] = []
    for label, style in zip(labels, styles, strict=True):
        if style in styles[: len(first)]:
            break
        first.append(label)
    return first


def later_labels(spot: Spot, top: float, bottom: float) -> list[Label]:
    """The labels of a cell that repeat a numbering further down, between two heights."""
    raw = spot.content.raw
    if "\n" not in raw:
        return []
    labels, starts = _numbered_lines(raw)
    styles = _styles(labels)
    if len(labels) < 2 or "" in styles:
        return []
    found = []
    for k, (label, style) in enumerate(zip(labels, styles, strict=True)):
        line = spot.cell.lines[starts[k]]
        if style in styles[:k] and line.box and top <= line.box.center[1] < bottom:
            found.append(label)
    return found


def _without_of_which(spot: Spot) -> Label:
    """The label without a last line such as （うち人件費）, which names the figure in brackets."""
    if of_which(spot) is None:
        return spot.content.label
    return read_label("\n".join(spot.content.raw.rstrip().split("\n")[:-1]))


def of_which(spot: Spot | None) -> str | None:
    """The last line of a label if it is （うち …）, folded; ``None`` if it is not."""
    if spot is None or "\n" not in spot.content.raw:
        return None
    last = spot.content.raw.rstrip().split("\n")[-1]
    return read_label(last).text if _OF_WHICH.match(fold(last).replace(" ", "")) else None


def paired_names(own: Spot | None, spot: Spot, count: int) -> list[str] | None:
    """A name for each of several figures of a cell, if the label beside it has as many lines."""
    if own is None or count < 2:
        return None
    lines = [line for line in own.cell.lines if line.text.strip()]
    figures = [line for line in spot.cell.lines if line.text.strip()]
    if len(lines) != count or len(figures) != count or not _level(lines, figures):
        return None
    if any(_goes_on(line, own.cell.box) for line in lines[:-1]):
        return None
    return [read_label(line.text).text for line in lines]


def _goes_on(line: Line, cell: Box | None) -> bool:
    """Whether a line ends because its cell does, or within brackets: a name broken in two."""
    text = fold(line.text)
    if text.count("(") != text.count(")"):
        return True
    size = line.size or 0.0
    return cell is not None and line.box is not None and cell.x1 - line.box.x1 < size


def _level(lines: list[Line], figures: list[Line]) -> bool:
    """Whether the lines of two cells stand at the same heights, where heights are known."""
    pairs = [(a.box, b.box) for a, b in zip(lines, figures, strict=True)]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    return all(abs(a.center[1] - b.center[1]) <= _ALIGNED for a, b in known)
