"""The data contract: one model per published table, one field per column.

The same columns stand in every format. Columns are only ever added, never renamed or removed.
Fields typed ``Decimal`` hold the figure exactly as published, with the printed number of
decimals; empty values are ``None`` (an empty field in CSV).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.json_schema import SkipJsonSchema

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


class Row(BaseModel):
    """A row of a published table; ``table`` names the table."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )
    table: ClassVar[str]


class DocumentRow(Row):
    """One input file and how reading it went."""

    table: ClassVar[str] = "documents"

    document: str = Field(description="path relative to what was given, with /")
    sha256: str = Field(description="SHA-256 of the file's bytes, hex; empty if unreadable")
    bytes: int = Field(description="size of the file in bytes")
    kind: str = Field(description="pdf, text, docx, xlsx, xls or html; empty if not known")
    pages: int = Field(description="number of pages (sheets of a workbook)")
    title: str = Field(default="", description="title as printed, folded")
    label: str = Field(default="", description="running label such as 資料６, as printed")
    status: Literal["done", "partial", "failed", "skipped"] = Field(description="how it ended")
    error: str = Field(default="", description="why it failed or is partial; empty otherwise")
    seconds: Decimal | None = Field(default=None, description="time taken, in seconds")
    kenzan_version: str = Field(description="version of kenzan that read it")
    duplicate_of: str = Field(
        default="", description="document of the same content that holds the rows; empty otherwise"
    )


class Project(Row):
    """A project (事業) that a document reports on."""

    table: ClassVar[str] = "projects"

    document: str = Field(description="document it belongs to")
    project: str = Field(description="key in the document: its letter or number, folded (Ａ → A)")
    project_name: str = Field(description="name, folded")
    overview: str = Field(default="", description="事業内容: what the project does")
    kpi_status: Literal["tabulated", "omitted", "none"] = Field(
        description="whether its KPIs are tabulated, said to be omitted (省略), or absent"
    )
    omitted_reason: str = Field(default="", description="the reason given for 省略")


class Indicator(Row):
    """An indicator (指標・KPI), and how its document counts."""

    table: ClassVar[str] = "indicators"

    document: str = Field(description="document it belongs to")
    project: str = Field(description="key of its project; empty if it has none")
    indicator: str = Field(description="name, folded")
    unit: str = Field(default="", description="unit, folded (％ → %)")
    direction: Literal["up", "down", "unknown"] = Field(
        default="unknown", description="which way is better, inferred from the targets"
    )
    convention: str = Field(
        default="", description="what its changes are measured against, with the support"
    )


class Observation(Row):
    """One figure: what was printed, what it is, and where it stands."""

    table: ClassVar[str] = "observations"

    document: str = Field(description="document it belongs to")
    project: str = Field(default="", description="key of its project")
    project_name: str = Field(default="", description="name of its project, folded")
    group: str = Field(default="", description='labels above the row\'s own, joined with " / "')
    indicator: str = Field(default="", description="indicator, or the row's own label, folded")
    unit: str = Field(default="", description="unit, folded")
    period: str = Field(default="", description="period label as printed (Ｒ３)")
    fiscal_year: int | None = Field(
        default=None, description="会計年度 as a western year; empty for baselines and 累計"
    )
    measure: Measure = Field(default="other", description="what kind of figure it is")
    measure_label: str = Field(default="", description="header as printed, without its year")
    value: Decimal | None = Field(default=None, description="the figure as published")
    delta: Decimal | None = Field(default=None, description="the change printed with it")
    status: Status = Field(description="whether a figure is there, and if not, why")
    value_raw: str = Field(default="", description="the figure's characters as printed")
    delta_raw: str = Field(default="", description="the change's characters as printed")
    page: int | None = Field(default=None, description="page or sheet, from 1")
    x0: float | None = Field(default=None, description="left edge, PDF points")
    top: float | None = Field(default=None, description="upper edge, PDF points from the top")
    x1: float | None = Field(default=None, description="right edge, PDF points")
    bottom: float | None = Field(default=None, description="lower edge, PDF points from the top")
    line: int | None = Field(default=None, description="line of a text file, from 1")
    bound: Bound | None = Field(
        default=None, description="2,000人以上 → at_least; 696～890 → range"
    )
    value_high: Decimal | None = Field(default=None, description="upper end where bound is range")
    origin: Annotated[SkipJsonSchema[Origin], Field(exclude=True, repr=False)] = Origin()


class Narrative(Row):
    """A text that belongs to a project, an indicator or a period."""

    table: ClassVar[str] = "narratives"

    document: str = Field(description="document it belongs to")
    project: str = Field(default="", description="key of its project")
    indicator: str = Field(default="", description="indicator it speaks of, if any")
    period: str = Field(default="", description="period label as printed")
    kind: Literal["plan", "activity", "achievement", "reason", "other"] = Field(
        description="what it tells"
    )
    text: str = Field(description="the text, broken lines joined")
    page: int | None = Field(default=None, description="page or sheet, from 1")
    x0: float | None = Field(default=None, description="left edge, PDF points")
    top: float | None = Field(default=None, description="upper edge, PDF points from the top")
    x1: float | None = Field(default=None, description="right edge, PDF points")
    bottom: float | None = Field(default=None, description="lower edge, PDF points from the top")
    line: int | None = Field(default=None, description="line of a text file, from 1")


class Check(Row):
    """One sum done again: the formula with its numbers, and the verdict."""

    table: ClassVar[str] = "checks"

    document: str = Field(description="document it belongs to")
    rule: str = Field(description="rule that made it (KZ301)")
    project: str = Field(default="", description="key of the project")
    group: str = Field(default="", description="labels above the row")
    indicator: str = Field(default="", description="indicator or row label")
    period: str = Field(default="", description="period label as printed")
    measure: str = Field(default="", description="measure of the figure judged")
    measure_label: str = Field(default="", description="its header as printed")
    verdict: Verdict = Field(description="consistent, inconsistent or undecided")
    formula: str = Field(default="", description="the very numbers that were used")
    computed_low: Decimal | None = Field(default=None, description="lower end of what they allow")
    computed_high: Decimal | None = Field(default=None, description="upper end of it")
    printed: str = Field(default="", description="the figure judged, as printed")


class Finding(Row):
    """Something that a reader should look at."""

    table: ClassVar[str] = "findings"

    id: str = Field(description="hash of what it is about; the same from run to run")
    rule: str = Field(description="rule that found it")
    severity: Severity = Field(description="error, warning or notice")
    document: str = Field(description="document it belongs to")
    project: str = Field(default="", description="key of the project")
    group: str = Field(default="", description="labels above the row")
    indicator: str = Field(default="", description="indicator or row label")
    period: str = Field(default="", description="period label as printed")
    measure: str = Field(default="", description="measure of the figure")
    measure_label: str = Field(default="", description="its header as printed")
    printed: str = Field(default="", description="what is printed")
    expected: str = Field(default="", description="what the other figures lead to")
    formula: str = Field(default="", description="how that is computed")
    message_ja: str = Field(description="the finding in Japanese")
    message_en: str = Field(description="the finding in English")
    repair: str = Field(default="", description="the likeliest slip")
    confidence: Decimal | None = Field(default=None, description="of the repair, 0 to 1")
    page: int | None = Field(default=None, description="page or sheet, from 1")
    x0: float | None = Field(default=None, description="left edge, PDF points")
    top: float | None = Field(default=None, description="upper edge, PDF points from the top")
    x1: float | None = Field(default=None, description="right edge, PDF points")
    bottom: float | None = Field(default=None, description="lower edge, PDF points from the top")
    line: int | None = Field(default=None, description="line of a text file, from 1")


TABLES: tuple[type[Row], ...] = (
    DocumentRow,
    Project,
    Indicator,
    Observation,
    Narrative,
    Check,
    Finding,
)
