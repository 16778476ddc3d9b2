"""The data contract: one model per published table, one field per column.

The same columns stand in every format. Columns are only ever added, never renamed or removed.
Fields typed ``Decimal`` hold the figure exactly as published, with the printed number of
decimals; empty values are ``None`` (an empty field in CSV).
"""

from __future__ import annotations

from dataclasses import Field, field
from decimal import Decimal
from typing import Any, ClassVar, Literal

from kenzan.schemas.records import dataclass
from kenzan.schemas.report import Origin

Measure = Literal[
    "baseline",
    "target",
    "actual",
    "rate",
    "budget",
    "settlement",
    "amount",
    "share",
    "change",
    "change_rate",
    "other",
]
Status = Literal["reported", "not_reported", "not_applicable", "withheld", "unreadable"]
Bound = Literal["at_least", "at_most", "more_than", "less_than", "about", "range"]
Verdict = Literal["consistent", "inconsistent", "undecided"]
Severity = Literal["error", "warning", "notice"]


class Row:
    """A row of a published table, a dataclass; ``table`` names the table.

    Columns are the fields that say what they are about.
    """

    __slots__ = ()
    table: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


def _about(text: str) -> dict[str, str]:
    return {"about": text}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow(Row):
    """One input file and how reading it went."""

    table: ClassVar[str] = "documents"

    document: str = field(metadata=_about("path relative to what was given, with /"))
    sha256: str = field(metadata=_about("SHA-256 of the file's bytes, hex; empty if unreadable"))
    bytes: int = field(metadata=_about("size of the file in bytes"))
    kind: str = field(metadata=_about("pdf, text, docx, xlsx, xls or html; empty if not known"))
    pages: int = field(metadata=_about("number of pages (sheets of a workbook)"))
    title: str = field(default="", metadata=_about("title as printed, folded"))
    label: str = field(default="", metadata=_about("running label such as 資料６, as printed"))
    status: Literal["done", "partial", "failed", "skipped"] = field(metadata=_about("how it ended"))
    error: str = field(default="", metadata=_about("why it failed or is partial; empty otherwise"))
    seconds: Decimal | None = field(default=None, metadata=_about("time taken, in seconds"))
    kenzan_version: str = field(metadata=_about("version of kenzan that read it"))
    duplicate_of: str = field(
        default="",
        metadata=_about("document of the same content that holds the rows; empty otherwise"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Row):
    """A project (事業) that a document reports on."""

    table: ClassVar[str] = "projects"

    document: str = field(metadata=_about("document it belongs to"))
    project: str = field(
        metadata=_about("key in the document: its letter or number, folded (Ａ → A)")
    )
    project_name: str = field(metadata=_about("name, folded"))
    overview: str = field(default="", metadata=_about("事業内容: what the project does"))
    kpi_status: Literal["tabulated", "omitted", "none"] = field(
        metadata=_about("whether its KPIs are tabulated, said to be omitted (省略), or absent")
    )
    omitted_reason: str = field(default="", metadata=_about("the reason given for 省略"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Row):
    """An indicator (指標・KPI), and how its document counts."""

    table: ClassVar[str] = "indicators"

    document: str = field(metadata=_about("document it belongs to"))
    project: str = field(metadata=_about("key of its project; empty if it has none"))
    indicator: str = field(metadata=_about("name, folded"))
    unit: str = field(default="", metadata=_about("unit, folded (％ → %)"))
    direction: Literal["up", "down", "unknown"] = field(
        default="unknown", metadata=_about("which way is better, inferred from the targets")
    )
    convention: str = field(
        default="", metadata=_about("what its changes are measured against, with the support")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Row):
    """One figure: what was printed, what it is, and where it stands."""

    table: ClassVar[str] = "observations"

    document: str = field(metadata=_about("document it belongs to"))
    project: str = field(default="", metadata=_about("key of its project"))
    project_name: str = field(default="", metadata=_about("name of its project, folded"))
    group: str = field(
        default="", metadata=_about('labels above the row\'s own, joined with " / "')
    )
    indicator: str = field(default="", metadata=_about("indicator, or the row's own label, folded"))
    unit: str = field(default="", metadata=_about("unit, folded"))
    period: str = field(default="", metadata=_about("period label as printed (Ｒ３)"))
    fiscal_year: int | None = field(
        default=None, metadata=_about("会計年度 as a western year; empty for baselines and 累計")
    )
    measure: Measure = field(default="other", metadata=_about("what kind of figure it is"))
    measure_label: str = field(default="", metadata=_about("header as printed, without its year"))
    value: Decimal | None = field(default=None, metadata=_about("the figure as published"))
    delta: Decimal | None = field(default=None, metadata=_about("the change printed with it"))
    status: Status = field(metadata=_about("whether a figure is there, and if not, why"))
    value_raw: str = field(default="", metadata=_about("the figure's characters as printed"))
    delta_raw: str = field(default="", metadata=_about("the change's characters as printed"))
    page: int | None = field(default=None, metadata=_about("page or sheet, from 1"))
    x0: float | None = field(default=None, metadata=_about("left edge, PDF points"))
    top: float | None = field(default=None, metadata=_about("upper edge, PDF points from the top"))
    x1: float | None = field(default=None, metadata=_about("right edge, PDF points"))
    bottom: float | None = field(
        default=None, metadata=_about("lower edge, PDF points from the top")
    )
    line: int | None = field(default=None, metadata=_about("line of a text file, from 1"))
    bound: Bound | None = field(
        default=None, metadata=_about("2,000人以上 → at_least; 696～890 → range")
    )
    value_high: Decimal | None = field(
        default=None, metadata=_about("upper end where bound is range")
    )
    origin: Origin = field(default=Origin(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative(Row):
    """A text that belongs to a project, an indicator or a period."""

    table: ClassVar[str] = "narratives"

    document: str = field(metadata=_about("document it belongs to"))
    project: str = field(default="", metadata=_about("key of its project"))
    indicator: str = field(default="", metadata=_about("indicator it speaks of, if any"))
    period: str = field(default="", metadata=_about("period label as printed"))
    kind: Literal["plan", "activity", "achievement", "reason", "other"] = field(
        metadata=_about("what it tells")
    )
    text: str = field(metadata=_about("the text, broken lines joined"))
    page: int | None = field(default=None, metadata=_about("page or sheet, from 1"))
    x0: float | None = field(default=None, metadata=_about("left edge, PDF points"))
    top: float | None = field(default=None, metadata=_about("upper edge, PDF points from the top"))
    x1: float | None = field(default=None, metadata=_about("right edge, PDF points"))
    bottom: float | None = field(
        default=None, metadata=_about("lower edge, PDF points from the top")
    )
    line: int | None = field(default=None, metadata=_about("line of a text file, from 1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Row):
    """One sum done again: the formula with its numbers, and the verdict."""

    table: ClassVar[str] = "checks"

    document: str = field(metadata=_about("document it belongs to"))
    rule: str = field(metadata=_about("rule that made it (KZ301)"))
    project: str = field(default="", metadata=_about("key of the project"))
    group: str = field(default="", metadata=_about("labels above the row"))
    indicator: str = field(default="", metadata=_about("indicator or row label"))
    period: str = field(default="", metadata=_about("period label as printed"))
    measure: str = field(default="", metadata=_about("measure of the figure judged"))
    measure_label: str = field(default="", metadata=_about("its header as printed"))
    verdict: Verdict = field(metadata=_about("consistent, inconsistent or undecided"))
    formula: str = field(default="", metadata=_about("the very numbers that were used"))
    computed_low: Decimal | None = field(
        default=None, metadata=_about("lower end of what they allow")
    )
    computed_high: Decimal | None = field(default=None, metadata=_about("upper end of it"))
    printed: str = field(default="", metadata=_about("the figure judged, as printed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Row):
    """Something that a reader should look at."""

    table: ClassVar[str] = "findings"

    id: str = field(metadata=_about("hash of what it is about; the same from run to run"))
    rule: str = field(metadata=_about("rule that found it"))
    severity: Severity = field(metadata=_about("error, warning or notice"))
    document: str = field(metadata=_about("document it belongs to"))
    project: str = field(default="", metadata=_about("key of the project"))
    group: str = field(default="", metadata=_about("labels above the row"))
    indicator: str = field(default="", metadata=_about("indicator or row label"))
    period: str = field(default="", metadata=_about("period label as printed"))
    measure: str = field(default="", metadata=_about("measure of the figure"))
    measure_label: str = field(default="", metadata=_about("its header as printed"))
    printed: str = field(default="", metadata=_about("what is printed"))
    expected: str = field(default="", metadata=_about("what the other figures lead to"))
    formula: str = field(default="", metadata=_about("how that is computed"))
    message_ja: str = field(metadata=_about("the finding in Japanese"))
    message_en: str = field(metadata=_about("the finding in English"))
    repair: str = field(default="", metadata=_about("the likeliest slip"))
    confidence: Decimal | None = field(default=None, metadata=_about("of the repair, 0 to 1"))
    page: int | None = field(default=None, metadata=_about("page or sheet, from 1"))
    x0: float | None = field(default=None, metadata=_about("left edge, PDF points"))
    top: float | None = field(default=None, metadata=_about("upper edge, PDF points from the top"))
    x1: float | None = field(default=None, metadata=_about("right edge, PDF points"))
    bottom: float | None = field(
        default=None, metadata=_about("lower edge, PDF points from the top")
    )
    line: int | None = field(default=None, metadata=_about("line of a text file, from 1"))


TABLES: tuple[type[Row], ...] = (
    DocumentRow,
    Project,
    Indicator,
    Observation,
    Narrative,
    Check,
    Finding,
)
