"""What the sums say: checks with their operands, conventions with their support, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

    from kenzan.schemas.geometry import Place
    from kenzan.schemas.tables import Check, Finding


@dataclass(frozen=True, slots=True)
class Operand:
    """One figure that a check used: which observation, which of its figures, in which role."""

    observation: int
    field: str
    role_ja: str
    role_en: str
    printed: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class CheckDetail:
    """The working behind one row of ``checks``: the figure judged and the operands."""

    check: Check
    judged: Operand | None = None
    operands: tuple[Operand, ...] = ()
    finding: str | None = None


@dataclass(frozen=True, slots=True)
class Convention:
    """How a document counts, as inferred: the winning hypothesis with its support.

    ``scope`` says what it holds for (the document, a table, an indicator); ``held`` of ``tested``
    cells fit it; ``runner_up`` is the next best hypothesis with its own count.
    """

    relation: str
    scope: str
    hypothesis: str
    title_ja: str
    title_en: str
    held: int
    tested: int
    certain: bool
    runner_up: str = ""
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many figures were seen and what became of them."""

    figures: int
    checked: int
    consistent: int
    inconsistent: int
    undecided: int
    unchecked: int


@dataclass(frozen=True, slots=True)
class AuditResult:
    """All that the audit of one report found. ``details[i]`` belongs to ``checks[i]``."""

    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    details: tuple[CheckDetail, ...] = ()
    conventions: tuple[Convention, ...] = ()
    counts: Counts = Counts(0, 0, 0, 0, 0, 0)
