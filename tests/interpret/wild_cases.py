r"""Tables as offices print them, each with every figure in it: what the files in ``wild/`` say.

A case is a picture of a grid (see ``text_grids``), lines above it, and its truth:

    : baseline H24/2012 | target R4/2022
    {生活習慣病} 健診受診率 [%] | 35.2 | 60

A line with a colon names the columns that follow: measure (or several that are right, with
commas), the period, the fiscal year behind a slash, a unit in [], words of the label in "".
``-`` is no period, ``*`` any. A row has its group in {}, its name, its unit, then the figures:
``12(+3)`` with a change, ``.`` for nothing to look for, ``―`` and ``…`` for marks.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from text_grids import document, grid

from kenzan.interpret import interpret_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.schemas.tables import Observation

FOLDER = Path(__file__).with_name("wild")
_COLUMN = re.compile(
    r"\s*(?P<measures>[a-z_,]+)\s+(?P<period>[^\s\[\"/]*)(?:/(?P<year>\d{4}))?"
    r"\s*(?:\[(?P<unit>[^\]]*)\])?\s*(?:\"(?P<label>[^\"]*)\")?\s*"
)
_ROW = re.compile(r"\s*(?:\{(?P<group>[^}]*)\})?\s*(?P<name>.*?)\s*(?:\[(?P<unit>[^\]]*)\])?\s*")
_VALUE = re.compile(r"(?P<value>-?[\d.]+)?(?:\((?P<delta>[+-]?[\d.]+)\))?(?:\[(?P<unit>[^\]]*)\])?")
_MARKS = {"―": "not_applicable", "…": "not_reported", "x": "withheld"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure (or mark) of the truth."""

    group: str
    name: str
    unit: str | None
    measures: tuple[str, ...]
    period: str
    year: int | None
    label: str
    value: Decimal | None
    delta: Decimal | None
    status: str

    def fits(self, row: Observation) -> bool:
        """Whether an observation says the same."""
        return not self.differences(row)

    def differences(self, row: Observation) -> list[str]:
        """The fields in which an observation differs, with what it says."""
        said = {
            "value": (row.value == self.value and row.delta == self.delta, row.value),
            "status": (row.status == self.status, row.status),
            "name": (_fold(row.indicator) == _fold(self.name), row.indicator),
            "group": (_fold(self.group) in _fold(row.group), row.group),
            "measure": (row.measure in self.measures, row.measure),
            "year": (self.period == "*" or row.fiscal_year == self.year, row.fiscal_year),
            "period": (self._same_period(row), row.period),
            "unit": (self.unit is None or _fold(row.unit) == _fold(self.unit), row.unit),
            "label": (_fold(self.label) in _fold(row.measure_label + row.group), row.measure_label),
        }
        return [f"{name}={got}" for name, (right, got) in said.items() if not right]

    def _same_period(self, row: Observation) -> bool:
        if self.period == "*":
            return True
        return _fold(row.period) == _fold(self.period.strip("-"))

    def __str__(self) -> str:
        at = f"{self.period}/{self.year or ''}"
        return f"{self.group}|{self.name}|{at}|{self.measures[0]}|{self.value}|{self.unit}"


@dataclass(frozen=True, slots=True)
class Case:
    """One table with its truth."""

    name: str
    blocks: tuple[Any, ...]
    facts: tuple[Fact, ...]

    def read(self) -> tuple[Observation, ...]:
        """What the reader makes of it."""
        return interpret_document(document(list(self.blocks))).observations

    def compare(self) -> list[str]:
        """Every figure that is missing, wrong or too much; empty if all is right."""
        left = list(self.read())
        missing = []
        for fact in self.facts:
            hit = next((row for row in left if fact.fits(row)), None)
            if hit is None:
                missing.append(fact)
            else:
                left.remove(hit)
        lines = []
        for fact in missing:
            near = min(left, key=lambda row: len(fact.differences(row)), default=None)
            lines.append(f"{fact}  <-  {', '.join(fact.differences(near)) if near else 'nothing'}")
        spurious = len([row for row in left if row.value is not None]) - len(
            [fact for fact in missing if fact.value is not None]
        )
        return [*lines, *([f"{spurious} figures too many"] if spurious > 0 else [])]


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_cases() -> Iterator[Case]:
    """All cases of all files."""
    for path in sorted(FOLDER.glob("*.toml")):
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            yield _case(path.stem, case)


def _case(stem: str, case: dict[str, Any]) -> Case:
    tables = case.get("tables") or [case]
    blocks: list[Any] = []
    for number, part in enumerate(tables):
        blocks.extend(part.get("above", []))
        blocks.append(grid(part["grid"], top=150.0 + 300 * number))
        blocks.extend(part.get("below", []))
    return Case(f"{stem}-{case['name']}", tuple(blocks), tuple(_facts(case["truth"])))


def _facts(text: str) -> Iterator[Fact]:
    columns: list[re.Match[str]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith(":"):
            columns = [_match(_COLUMN, part) for part in line[1:].split("|")]
            continue
        first, *values = line.split("|")
        row = _match(_ROW, first)
        if len(values) != len(columns):
            raise ValueError(f"{len(values)} figures under {len(columns)} columns: {line}")
        for column, value in zip(columns, map(str.strip, values), strict=True):
            if value != ".":
                yield _fact(row, column, value)


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    match = pattern.fullmatch(text)
    if match is None:
        raise ValueError(f"not in the form of a case: {text}")
    return match


def _fact(row: re.Match[str], column: re.Match[str], text: str) -> Fact:
    value = None if text in _MARKS else _match(_VALUE, text)
    unit = (value and value["unit"]) or column["unit"]
    return Fact(
        group=row["group"] or "",
        name=row["name"],
        unit=row["unit"] if unit is None else unit,
        measures=tuple(column["measures"].split(",")),
        period=column["period"],
        year=int(column["year"]) if column["year"] else None,
        label=column["label"] or "",
        value=Decimal(value["value"]) if value and value["value"] else None,
        delta=Decimal(value["delta"]) if value and value["delta"] else None,
        status="reported" if value else _MARKS[text],
    )
