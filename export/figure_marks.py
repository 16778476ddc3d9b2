"""What became of every printed figure: consistent, inconsistent, to be looked at, or unchecked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.geometry import Place
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Finding, Observation

State = Literal["consistent", "inconsistent", "attention", "unchecked"]
# One sum that settles a figure outweighs another that could not decide about it.
_RANK: dict[State, int] = {"unchecked": 0, "attention": 1, "consistent": 2, "inconsistent": 3}


@dataclass(frozen=True, slots=True)
class Mark:
    """One printed figure on a page: which observation, which of its figures, and its state.

    ``finding`` is the id of the finding about it, if any; ``formulas`` the sums it was judged by.
    """

    observation: int
    field: str
    printed: str
    place: Place
    state: State
    finding: str = ""
    formulas: tuple[str, ...] = ()


def find_marks(report: Report, audit: AuditResult) -> tuple[Mark, ...]:
    """All printed figures of a report that have a place, in the order of the observations."""
    states, formulas = _judge(audit)
    found = _findings_by_figure(audit)
    marks: list[Mark] = []
    for index, observation in enumerate(report.observations):
        for field, printed, place in figures_of(observation):
            key = (index, field)
            finding = found.get(key)
            state = states.get(key, "unchecked")
            if finding is not None:
                state = "inconsistent" if finding.severity == "error" else "attention"
            elif state == "inconsistent":
                state = "attention"
            marks.append(
                Mark(
                    index,
                    field,
                    printed,
                    place,
                    state,
                    finding.id if finding else "",
                    tuple(formulas.get(key, ())),
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


def _judge(
    audit: AuditResult,
) -> tuple[dict[tuple[int, str], State], dict[tuple[int, str], list[str]]]:
    states: dict[tuple[int, str], State] = {}
    formulas: dict[tuple[int, str], list[str]] = {}
    for detail in audit.details:
        if detail.judged is None:
            continue
        key = (detail.judged.observation, detail.judged.field)
        state: State = "attention" if detail.check.verdict == "undecided" else detail.check.verdict
        if _RANK[state] > _RANK[states.get(key, "unchecked")]:
            states[key] = state
        if detail.check.formula:
            formulas.setdefault(key, []).append(detail.check.formula)
    return states, formulas


def _findings_by_figure(audit: AuditResult) -> dict[tuple[int, str], Finding]:
    by_id = {finding.id: finding for finding in audit.findings}
    found: dict[tuple[int, str], Finding] = {}
    for detail in audit.details:
        if detail.finding in by_id and detail.judged is not None:
            found.setdefault(
                (detail.judged.observation, detail.judged.field), by_id[detail.finding]
            )
    return found
