"""From outcomes to the published result: checks, findings with stable ids, counts."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from kenzan.audit.wording import round_outward
from kenzan.schemas.audit import AuditResult, CheckDetail, Counts
from kenzan.schemas.tables import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kenzan.audit.facts import Facts
    from kenzan.audit.rule import Draft, Outcome, Rule
    from kenzan.schemas.audit import Convention

State = Literal["consistent", "inconsistent", "undecided"]


def to_result(
    facts: Facts,
    outcomes: Iterable[tuple[Rule, Outcome]],
    conventions: Sequence[Convention] = (),
) -> AuditResult:
    """Put everything that the rules said into the shape of the data contract."""
    given = list(outcomes)
    speakers = _find_speakers(given)
    findings: dict[int, Finding] = {}
    ids: Counter[str] = Counter()
    for place, (rule, outcome) in enumerate(given):
        if outcome.finding is not None and speakers[place] == place:
            findings[place] = _to_finding(facts, rule, outcome.finding, ids)
    document = facts.report.document.document
    details = [
        CheckDetail(
            _to_check(document, rule, outcome),
            outcome.judged,
            outcome.operands,
            findings[speakers[place]].id if speakers[place] in findings else None,
        )
        for place, (rule, outcome) in enumerate(given)
    ]
    return AuditResult(
        checks=tuple([detail.check for detail in details]),
        findings=tuple(findings.values()),
        details=tuple(details),
        conventions=tuple(conventions),
        counts=count_figures(facts, details),
    )


def _find_speakers(given: Sequence[tuple[Rule, Outcome]]) -> list[int]:
    """For each outcome the place of the one that speaks for it.

    Outcomes with one explanation share a speaker.
    """
    speaker: dict[int, int] = {}
    for place, (_, outcome) in enumerate(given):
        why = outcome.explained_by
        if why is not None and (why not in speaker or outcome.leads):
            speaker[why] = place
    return [
        place if outcome.explained_by is None else speaker[outcome.explained_by]
        for place, (_, outcome) in enumerate(given)
    ]


def _to_check(document: str, rule: Rule, outcome: Outcome) -> Check:
    subject = outcome.subject
    low, high = round_outward(outcome.computed) if outcome.computed else (None, None)
    return Check(
        document=document,
        rule=rule.id,
        project=subject.project,
        group=subject.group,
        indicator=subject.indicator,
        period=subject.period,
        measure=subject.measure,
        measure_label=subject.measure_label,
        verdict=outcome.verdict,
        formula=outcome.formula,
        computed_low=low,
        computed_high=high,
        printed=outcome.printed,
    )


def _to_finding(facts: Facts, rule: Rule, draft: Draft, ids: Counter[str]) -> Finding:
    document, rules = facts.report.document.document, facts.profile.rules
    subject = draft.subject
    severity = rules.severity_of(rule.id, draft.severity or rule.severity)
    place, box = subject.place, subject.place.box if subject.place else None
    finding_id = _to_id(document, rule, draft, ids)
    message_ja, message_en = draft.message_ja, draft.message_en
    reason = facts.profile.reason_for(finding_id)
    if reason is not None:
        severity = "notice"
        message_ja, message_en = (
            f"{message_ja}【検収済: {reason}】",
            f"{message_en} [accepted: {reason}]",
        )
    return Finding(
        id=finding_id,
        rule=rule.id,
        severity=severity,
        document=document,
        project=subject.project,
        group=subject.group,
        indicator=subject.indicator,
        period=subject.period,
        measure=subject.measure,
        measure_label=subject.measure_label,
        printed=draft.printed,
        expected=draft.expected,
        formula=draft.formula,
        message_ja=message_ja,
        message_en=message_en,
        repair=draft.repair,
        confidence=draft.confidence,
        page=place.page if place else None,
        x0=box.x0 if box else None,
        top=box.top if box else None,
        x1=box.x1 if box else None,
        bottom=box.bottom if box else None,
        line=place.line if place else None,
    )


def _to_id(document: str, rule: Rule, draft: Draft, ids: Counter[str]) -> str:
    """A hash of what the finding is about; a number sets equal ones of a document apart."""
    subject = draft.subject
    about = (
        document,
        rule.id,
        subject.project,
        subject.group,
        subject.indicator,
        subject.period,
        subject.measure,
        subject.measure_label,
        draft.key,
        draft.printed,
    )
    stem = sha256("\x1f".join(about).encode()).hexdigest()[:12]
    ids[stem] += 1
    return stem if ids[stem] == 1 else f"{stem}-{ids[stem]}"


_RANK: dict[State, int] = {"undecided": 0, "consistent": 1, "inconsistent": 2}


def count_figures(facts: Facts, details: Iterable[CheckDetail]) -> Counts:
    """What became of each figure: in a sum that holds, in one that does not, in none.

    Figures that only took part in an inconsistent sum without being the one judged count as
    consistent if another sum confirms them, else as undecided.
    """
    ranks: dict[tuple[int, str], int] = {}
    for detail in details:
        if not detail.check.formula:
            continue
        rank = _RANK[detail.check.verdict]
        if detail.judged is not None:
            key = (detail.judged.observation, detail.judged.field)
            if ranks.get(key, -1) < rank:
                ranks[key] = rank
        rank = rank if rank < _RANK["inconsistent"] else _RANK["undecided"]
        for operand in detail.operands:
            key = (operand.observation, operand.field)
            if ranks.get(key, -1) < rank:
                ranks[key] = rank
    reached = Counter(ranks.values())
    tally = {state: reached[rank] for state, rank in _RANK.items()}
    figures = len(facts.figures)
    checked = tally["consistent"] + tally["inconsistent"]
    return Counts(
        figures=figures,
        checked=checked,
        consistent=tally["consistent"],
        inconsistent=tally["inconsistent"],
        undecided=tally["undecided"],
        unchecked=figures - checked - tally["undecided"],
    )
