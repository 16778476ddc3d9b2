"""What a made document is: blocks to be set by a producer, and the truth about every figure.

The truth stands beside the layout, never inside it: cells hold figures that point at facts by
number, so that one document can be set in ten formats and still have one truth, and so that a
bench can swap a printed figure for another (``Generated.misprint``).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

Side = Literal["value", "delta"]
CellKind = Literal["head", "label", "figure", "text"]
Rules = Literal["full", "horizontal", "outline", "none"]
HeaderSet = Literal["common", "rare"]
RelationKind = Literal["delta", "difference", "total", "share", "change_rate", "rate", "flow"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a cell: the characters printed, and which side of which fact they are."""

    text: str
    fact: int
    side: Side = "value"


Part = str | Figure


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with its spans; ``parts`` joined give its text, line feeds are printed breaks."""

    row: int
    col: int
    parts: tuple[Part, ...] = ()
    rowspan: int = 1
    colspan: int = 1
    kind: CellKind = "text"
    vertical: bool = False

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def facts(self) -> Iterator[int]:
        """Numbers of the facts printed here."""
        for part in self.parts:
            if isinstance(part, Figure):
                yield part.fact


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is to be set.

    ``above`` are lines over it (a caption on the left, a unit on the right), ``notes`` lines
    under it. ``header_rows`` are set again on each further page if ``repeat_header``.
    """

    cells: tuple[Cell, ...]
    header_rows: int = 1
    repeat_header: bool = True
    rules: Rules = "full"
    caption: str = ""
    unit_note: str = ""
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return max(cell.row + cell.rowspan for cell in self.cells)

    @property
    def cols(self) -> int:
        return max(cell.col + cell.colspan for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line; ``level`` 0 is the document's title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    text: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Two tables set side by side."""

    left: Table
    right: Table


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a page."""


Block = Heading | Paragraph | Table | Beside | PageBreak


@dataclass(frozen=True, slots=True)
class Leeway:
    """Readings that are as good as the fact's own, where the data contract leaves it open.

    ``label_matters`` says that the column's label is all that sets this figure apart from
    another of the same indicator, period and measure (財源内訳: 国庫支出金 / 県支出金).
    """

    measures: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    years: tuple[int | None, ...] = ()
    label_matters: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One observation that is true of the document: the contract's columns, and the leeway."""

    indicator: str
    measure: str
    period: str = ""
    fiscal_year: int | None = None
    project: str = ""
    project_name: str = ""
    group: str = ""
    unit: str = ""
    measure_label: str = ""
    value: Decimal | None = None
    delta: Decimal | None = None
    status: str = "reported"
    value_raw: str = ""
    delta_raw: str = ""
    bound: str | None = None
    leeway: Leeway = Leeway()


@dataclass(frozen=True, slots=True)
class Term:
    """One operand: a side of a fact, times ``factor``."""

    fact: int
    side: Side = "value"
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum that holds in the document as made.

    ``delta``, ``difference``, ``total`` and ``flow``: the result is the sum of the terms.
    ``share`` and ``rate``: first over second, times 100. ``change_rate``: (first − second) over
    second, times 100. ``convention`` tells how it counts (``previous_target``, ``half_up`` …);
    ``rounding`` how the result was rounded to its printed decimals (``exact`` if it was not).
    ``slack`` is how many of its last digits the result may be off because the terms themselves
    are rounded.
    """

    kind: RelationKind
    result: Term
    terms: tuple[Term, ...]
    convention: str = ""
    rounding: Literal["exact", "half_up", "down"] = "exact"
    slack: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What a producer needs to set the document."""

    name: str
    blocks: tuple[Block, ...]
    landscape: bool = False
    label: str = ""
    page_numbers: bool = True
    size: float = 9.0

    def tables(self) -> Iterator[Table]:
        """All tables in reading order, those side by side left first."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield block
            elif isinstance(block, Beside):
                yield from (block.left, block.right)


@dataclass(frozen=True, slots=True)
class Generated:
    """A document with its truth. The same seed and family give the same document for ever."""

    seed: int
    family: str
    header_set: HeaderSet
    document: Document
    facts: tuple[Fact, ...]
    relations: tuple[Relation, ...] = ()
    traits: dict[str, str] = field(default_factory=dict)

    def misprint(self, fact: int, side: Side, text: str, value: Decimal | None) -> Generated:
        """The same document with one figure printed as ``text``, which reads ``value``.

        The relations stay those of the clean document: those that touch the figure are broken.
        """
        blocks = tuple(_swap(block, fact, side, text) for block in self.document.blocks)
        old = self.facts[fact]
        new = (
            replace(old, value=value, value_raw=text)
            if side == "value"
            else replace(old, delta=value, delta_raw=text)
        )
        facts = (*self.facts[:fact], new, *self.facts[fact + 1 :])
        return replace(self, document=replace(self.document, blocks=blocks), facts=facts)


def _swap(block: Block, fact: int, side: Side, text: str) -> Block:
    if isinstance(block, Beside):
        left = _swap_in(block.left, fact, side, text)
        return Beside(left, _swap_in(block.right, fact, side, text))
    return _swap_in(block, fact, side, text) if isinstance(block, Table) else block


def _swap_in(table: Table, fact: int, side: Side, text: str) -> Table:
    def swapped(part: Part) -> Part:
        hit = isinstance(part, Figure) and (part.fact, part.side) == (fact, side)
        return Figure(text, fact, side) if hit else part

    cells = (replace(cell, parts=tuple(map(swapped, cell.parts))) for cell in table.cells)
    return replace(table, cells=tuple(cells))
