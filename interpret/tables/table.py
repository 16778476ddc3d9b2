"""What is known of a table while it is read, and when it has been."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.interpret.tables.pairs import Said
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from kenzan.interpret.tables.captions import Caption
    from kenzan.interpret.tables.meaning import Meaning
    from kenzan.interpret.tables.narrative import Text
    from kenzan.interpret.tables.regions import Band
    from kenzan.interpret.tables.stubs import Column
    from kenzan.interpret.tables.values import Figure, Setting
    from kenzan.interpret.tables.view import View
    from kenzan.schemas.report import LeftCell


@dataclass(slots=True)
class Table:
    """All that was read from one grid. ``rows`` and ``cols`` are by position in the view."""

    view: View
    caption: Caption
    family: str = "none"
    rows: dict[int, Meaning] = field(default_factory=dict)
    cols: dict[int, Meaning] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    left: list[LeftCell] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    uncertain: list[str] = field(default_factory=list)
    kpi: bool = False
    said: Said = field(default_factory=Said)

    @property
    def tells_of_one(self) -> bool:
        """Whether it names an indicator beside its label and has no figures of another one."""
        return all(f.names[-1:] in {(), (self.said.indicator,)} for f in self.figures)


@dataclass(slots=True)
class Part:
    """One band of a table.

    ``segments`` are (label columns, data columns), ``rows`` one
    meaning a row for each of them.
    """

    band: Band
    columns: list[Column]
    segments: list[tuple[list[int], list[int]]]
    cols: dict[int, Meaning]
    rows: list[dict[int, Meaning]]
    setting: Setting
