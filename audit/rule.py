"""The frame of a rule: what it is, and what it says about everything it looked at."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Self

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

    from kenzan.arithmetic.interval import Interval
    from kenzan.audit.documentation import Section
    from kenzan.audit.facts import Facts
    from kenzan.schemas.audit import Operand
    from kenzan.schemas.geometry import Place
    from kenzan.schemas.tables import Observation, Severity, Verdict


@dataclass(frozen=True, slots=True)
class Subject:
    """What an outcome is about, in the words of the data contract, and where it is printed."""

    project: str = ""
    group: str = ""
    indicator: str = ""
    period: str = ""
    measure: str = ""
    measure_label: str = ""
    place: Place | None = None

    @classmethod
    def of(cls, row: Observation, place: Place | None) -> Self:
        """The subject that an observation is, printed at a place."""
        return cls(
            row.project,
            row.group,
            row.indicator,
            row.period,
            row.measure,
            row.measure_label,
            place,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding in the making. ``severity`` is that of its rule unless given.

    ``key`` tells findings about one subject apart (the field judged, a second slip).
    """

    subject: Subject
    message_ja: str
    message_en: str
    printed: str = ""
    expected: str = ""
    formula: str = ""
    repair: str = ""
    confidence: Decimal | None = None
    severity: Severity | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule says about one thing it looked at.

    Outcomes with the same ``explained_by`` have one explanation and make one finding: that of the
    outcome that ``leads``, else of the first.
    """

    verdict: Verdict
    subject: Subject
    printed: str = ""
    formula: str = ""
    computed: Interval | None = None
    judged: Operand | None = None
    operands: tuple[Operand, ...] = ()
    finding: Draft | None = None
    explained_by: int | None = None
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. Its module's docstring is its documentation."""

    id: str
    slug: str
    title_ja: str
    title_en: str
    severity: Severity
    check: Callable[[Facts], Iterator[Outcome]] = field(repr=False)

    @property
    def documentation(self) -> str:
        """The docstring of the module that the rule stands in."""
        from importlib import import_module

        return import_module(self.check.__module__).__doc__ or ""

    def sections(self, lang: str = "en") -> tuple[Section, ...]:
        """Its documentation in a language: heading and paragraph each."""
        from kenzan.audit.documentation import read_sections, read_sections_ja

        return (read_sections_ja if lang == "ja" else read_sections)(self.documentation)
