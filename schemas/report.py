"""What a document says: tables read, figures placed, texts assigned.

The rows themselves are the models of ``tables``; here stands what ties them to the page and to
each other, so that the audit can see rows, columns and levels.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal

# At run time too: pydantic resolves the fields of Origin, which stands in a model.
from kenzan.schemas.geometry import Box, Place
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.schemas.document import Notice
    from kenzan.schemas.tables import DocumentRow, Indicator, Narrative, Observation, Project

HeaderKind = Literal["part", "subtotal", "total", "of_which", "difference", "text"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an observation stands: its table cell, and the boxes of its two figures.

    ``table`` indexes ``Report.tables``; ``row`` and ``col`` are positions of that table's grid.
    ``value_place`` and ``delta_place`` are the places of the two printed figures by themselves.
    ``qualifier`` names what sets several figures of one cell apart (債), 取崩, うち).
    """

    table: int | None = None
    row: int | None = None
    col: int | None = None
    value_place: Place | None = None
    delta_place: Place | None = None
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What one row or one column of a table stands for.

    ``path`` holds the folded labels over (before) it, outermost first, its own label last;
    ``level`` its depth in the hierarchy (0 is outermost) as numbering, indent or spans show it.
    ``kind`` says how it takes part in sums. Attributes that this header gives to its cells
    (``indicator``, ``period``, ``fiscal_year``, ``measure``, ``unit`` …) are ``None`` if it gives
    none. ``mark`` is a name others refer to it by (Ａ, ①, a), ``formula`` a relation it states
    in terms of marks (``①-②``, ``a+b``).
    """

    index: int
    path: tuple[str, ...] = ()
    level: int = 0
    kind: HeaderKind = "part"
    indicator: str | None = None
    period: str | None = None
    fiscal_year: int | None = None
    measure: str | None = None
    measure_label: str | None = None
    unit: str | None = None
    project: str | None = None
    mark: str | None = None
    formula: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class LeftCell:
    """A cell or figure that was seen and not placed, and why."""

    text: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class TableReading:
    """How one table was understood: its axes, and which observation stands in which cell.

    ``cells`` maps (row, col) of the grid to indexes into ``Report.observations``, in the order
    printed. ``family`` names the layout (``years-by-indicator``, ``indicator-per-row``,
    ``measure-subrows``, ``form``, ``budget``, ``plan``, ``none``); a table of no interest has
    family ``none`` and says in ``uncertain`` what it was taken for.
    """

    number: int
    page: int
    title: str = ""
    unit: str = ""
    family: str = "none"
    rows: tuple[Header, ...] = ()
    columns: tuple[Header, ...] = ()
    cells: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    box: Box | None = None
    project: str = ""
    origin: str = "ruled"
    notes: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    left: tuple[LeftCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures of a page were seen, and what became of them.

    ``seen`` = ``placed`` + ``in_text`` (headings, prose, labels, page numbers) + ``left``
    (in a table of figures, but not placed).
    """

    page: int
    seen: int
    placed: int
    in_text: int
    left: int


@dataclass(frozen=True, slots=True)
class Report:
    """A document, understood. The rows are those of the data contract."""

    document: DocumentRow
    projects: tuple[Project, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    observations: tuple[Observation, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    tables: tuple[TableReading, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    notices: tuple[Notice, ...] = ()
    prose: tuple[tuple[str, Place], ...] = ()
