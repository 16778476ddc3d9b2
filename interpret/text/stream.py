"""The document as one stream of lines and tables, without what repeats on every page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.interpret.words.lexicon import sections
from kenzan.normalize.characters import fold
from kenzan.normalize.labels import fold_label
from kenzan.schemas.document import Grid, Line
from kenzan.schemas.geometry import Box
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.schemas.document import Block, Document

_PAGE_NUMBER = re.compile(
    r"[-‐‑‒–—―−ー─~〜(（\[\s]*(?:P\.?|p\.?|No\.?)?\s*\d{1,4}(?:\s*/\s*\d{1,4})?[-‐‑‒–—―−ー─~〜)）\]\s]*(?:ページ|頁)?"
)
# What a browser prints at the edges of a page: the moment of printing, the address.
_PRINTED = re.compile(
    r"(?:\d{1,4}/\d{1,2}/\d{1,4},?\s?\d{1,2}:\d{2}|(?:https?|file)://)\S*.*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_EDGE = 2
_LONGEST_RUNNING = 60
_TABLES_FOR_SIZE = 3
# A bracket that one line opens near its end and the next closes near its start: （単|位：人）.
_OPENED = re.compile(r"[(（〔\[][^()（）〔〕\[\]]{0,12}$")
_CLOSED = re.compile(r"^[^()（）〔〕\[\]]{0,12}[)）〕\]]")
_LABEL: list[re.Pattern[str]] = []


@dataclass(slots=True)
class Item:
    """One block of the stream. ``text`` is the folded text of a line (empty for grids).

    ``running`` marks page numbers and lines repeated at the edges of pages.
    """

    index: int
    block: Block
    page: int
    text: str = ""
    running: bool = False

    @property
    def line(self) -> Line | None:
        """The block if it is a line."""
        return self.block if isinstance(self.block, Line) else None

    @property
    def grid(self) -> Grid | None:
        """The block if it is a table."""
        return self.block if isinstance(self.block, Grid) else None


def is_label(text: str) -> bool:
    """Whether a folded line is a running label such as 資料6 and nothing else."""
    if not _LABEL:
        _LABEL.append(re.compile("|".join(sections()["label"]["patterns"])))
    return len(text) <= 16 and bool(_LABEL[0].match(text.replace(" ", "")))


def read_stream(
    document: Document, blocks: Sequence[tuple[int, Block]] | None = None
) -> list[Item]:
    """All blocks in reading order, their texts folded once."""
    pairs = (
        blocks if blocks is not None else [(p.number, b) for p in document.pages for b in p.blocks]
    )
    items = [
        Item(k, block, page, fold(block.text).strip() if isinstance(block, Line) else "")
        for k, (page, block) in enumerate(_join_brackets(pairs))
    ]
    _mark_running(items)
    return items


def _join_brackets(pairs: Sequence[tuple[int, Block]]) -> list[tuple[int, Block]]:
    """Lines that break within a short bracket are one."""
    joined: list[tuple[int, Block]] = []
    for page, block in pairs:
        last = joined[-1][1] if joined and joined[-1][0] == page else None
        if isinstance(block, Line) and isinstance(last, Line) and _is_torn(last.text, block.text):
            joined[-1] = (page, _join_lines(last, block))
        else:
            joined.append((page, block))
    return joined


def _is_torn(text: str, following: str) -> bool:
    return bool(_OPENED.search(text.rstrip()) and _CLOSED.match(following.lstrip(" \u3000")))


def _join_lines(one: Line, other: Line) -> Line:
    edged = bool(one.x0s and other.x0s)
    return replace(
        one,
        text=one.text + other.text,
        box=Box.around([one.box, other.box]),
        x0s=[*one.x0s, *other.x0s] if edged else (),
        x1s=[*one.x1s, *other.x1s] if edged else (),
    )


def _mark_running(items: list[Item]) -> None:
    pages: dict[int, list[Item]] = {}
    for item in items:
        if item.line is not None and item.text:
            pages.setdefault(item.page, []).append(item)
    edges = [item for lines in pages.values() for item in _edge_lines(lines)]
    counts = Counter(
        (_DIGITS.sub("#", item.text)) for item in edges if len(item.text) <= _LONGEST_RUNNING
    )
    least = max(2, len(pages) // 3)
    for item in edges:
        repeated = len(pages) > 2 and counts[_DIGITS.sub("#", item.text)] >= least
        numbered = bool(_PAGE_NUMBER.fullmatch(item.text) or _PRINTED.fullmatch(item.text))
        item.running = numbered or (repeated and not re.match(r"[(（]|款|【", item.text))
    for lines in pages.values():
        for item in lines:
            item.running = item.running or is_label(item.text)


def _edge_lines(lines: list[Item]) -> list[Item]:
    if len(lines) <= 2 * _EDGE:
        return lines
    return [*lines[:_EDGE], *lines[-_EDGE:]]


def find_label(items: Sequence[Item]) -> str:
    """The running label of the paper (資料６), as printed; empty if there is none."""
    for item in items:
        if item.line is not None and is_label(item.text):
            return item.line.text.strip(" 　")
    return ""


def find_title(items: Sequence[Item]) -> str:
    """The title: the largest lines before the first table, else the first line."""
    lead = _lead_lines(items)
    if not lead:
        return ""
    sizes = [item.line.size or 0.0 for item in lead if item.line]
    body = _body_size(items)
    largest = max(sizes)
    if largest and body and largest >= body * 1.12:
        chosen = [
            i for i in lead if i.line and (i.line.size or 0.0) >= max(largest * 0.9, body * 1.1)
        ]
        start = lead.index(chosen[0])
        run = [i for i in lead[start : start + len(chosen) + 1] if i in chosen]
    else:
        run = lead[:1]
    lines = [item.line for item in run if item.line is not None]
    edge = max((i.line.box.x1 for i in items if i.line and i.line.box), default=None)
    text = "".join(line.text + ("\n" if _is_full(line, edge) else " \n ") for line in lines)
    return " ".join(fold_label(part) for part in text.split(" \n ") if part.strip())


def _is_full(line: Line, edge: float | None) -> bool:
    """Whether a line ends where the page does, so that the next one goes on with its words."""
    return edge is not None and line.box is not None and edge - line.box.x1 < (line.size or 0.0)


def _lead_lines(items: Sequence[Item]) -> list[Item]:
    lead: list[Item] = []
    for item in items:
        if item.grid is not None:
            break
        if item.text and not item.running:
            lead.append(item)
        if len(lead) >= 12 or (lead and item.page != lead[0].page):
            break
    return lead


def _body_size(items: Sequence[Item]) -> float:
    """The size that most characters are set in, those of the first tables among them."""
    sizes: Counter[float] = Counter()
    tables = 0
    for item in items:
        lines = [item.line] if item.line is not None and item.text else []
        if item.grid is not None and tables < _TABLES_FOR_SIZE:
            tables += 1
            lines = [line for cell in item.grid.cells for line in cell.lines]
        for line in lines:
            if line.size:
                sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
