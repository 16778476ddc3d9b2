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
    cells fit it; ``runner_up`` is the next best hypothesis with its own count. Where that is too
    little by itself, ``reports`` others of the same form decided: ``lent_held`` of ``lent_tested``
    cells in them.
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
    reports: int = 0
    lent_held: int = 0
    lent_tested: int = 0


@dataclass(frozen=True, slots=True)
class Practice:
    """What one pool of figures shows for one hypothesis, for other reports of the same form.

    ``form`` and ``way`` name the layout and the hypothesis, ``digest`` the figures judged. ``held``
    of ``tested`` cells fit, ``telling`` of them say something, ``bits`` is their log-likelihood
    ratio. ``weak``: by itself the report shows too little to decide. No ``way`` if none ever fits.
    """

    form: str
    digest: str
    way: str
    held: int
    tested: int
    telling: int
    bits: int
    weak: bool


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
    """All that the audit of one report found. ``details[i]`` belongs to ``checks[i]``.

    ``practices`` is what it shows to other reports of the same form.
    """

    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    details: tuple[CheckDetail, ...] = ()
    conventions: tuple[Convention, ...] = ()
    counts: Counts = Counts(0, 0, 0, 0, 0, 0)
    practices: tuple[Practice, ...] = ()
