"""What became of every printed figure: consistent, inconsistent, to be looked at, or unchecked."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.geometry import Place
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Finding, Observation

Key = tuple[int, str]
State = Literal["consistent", "inconsistent", "attention", "unchecked"]
# One sum that settles a figure outweighs another that could not decide about it.
_RANK: dict[State, int] = {"unchecked": 0, "attention": 1, "consistent": 2, "inconsistent": 3}


@dataclass(frozen=True, slots=True)
class Mark:
    """One printed figure on a page: which observation, which of its figures, and its state.

    ``finding`` is the id of the finding about it, if any; ``formulas`` the sums it was judged by,
    and ``used`` the figures in them, as observation and field.
    """

    observation: int
    field: str
    printed: str
    place: Place
    state: State
    finding: str = ""
    formulas: tuple[str, ...] = ()
    used: tuple[Key, ...] = ()

    @property
    def key(self) -> Key:
        """The observation and the field."""
        return self.observation, self.field


def find_marks(report: Report, audit: AuditResult) -> tuple[Mark, ...]:
    """All printed figures of a report that have a place, in the order of the observations."""
    judged = _judge(audit)
    found = _findings_by_figure(audit)
    marks: list[Mark] = []
    for index, observation in enumerate(report.observations):
        for name, printed, place in figures_of(observation):
            key = (index, name)
            finding = found.get(key)
            told = judged.get(key, _Judged())
            state = told.state
            if finding is not None:
                state = "inconsistent" if finding.severity == "error" else "attention"
            elif state == "inconsistent":
                state = "attention"
            marks.append(
                Mark(
                    index,
                    name,
                    printed,
                    place,
                    state,
                    finding.id if finding else "",
                    tuple(told.formulas),
                    tuple(told.used),
                )
            )
    return tuple(marks)


def figures_of(observation: Observation) -> Iterator[tuple[str, str, Place]]:
    """The printed figures of one observation: field, characters, place."""
    origin = observation.origin
    if observation.value_raw and origin.value_place is not None:
        yield "value", observation.value_raw, origin.value_place
    if observation.delta_raw and origin.delta_place is not None:
        yield "delta", observation.delta_raw, origin.delta_place


@dataclass(slots=True)
class _Judged:
    """What all sums together say about one figure; the figures used are kept in their order."""

    state: State = "unchecked"
    formulas: list[str] = field(default_factory=list)
    used: dict[Key, None] = field(default_factory=dict)


def _judge(audit: AuditResult) -> dict[Key, _Judged]:
    judged: dict[Key, _Judged] = {}
    for detail in audit.details:
        if detail.judged is None:
            continue
        told = judged.setdefault((detail.judged.observation, detail.judged.field), _Judged())
        state: State = "attention" if detail.check.verdict == "undecided" else detail.check.verdict
        if _RANK[state] > _RANK[told.state]:
            told.state = state
        if detail.check.formula:
            told.formulas.append(detail.check.formula)
            told.used.update(((used.observation, used.field), None) for used in detail.operands)
    return judged


def _findings_by_figure(audit: AuditResult) -> dict[Key, Finding]:
    by_id = {finding.id: finding for finding in audit.findings}
    found: dict[Key, Finding] = {}
    for detail in audit.details:
        if detail.finding in by_id and detail.judged is not None:
            found.setdefault(
                (detail.judged.observation, detail.judged.field), by_id[detail.finding]
            )
    return found
