"""What KZ401 and KZ402 share: a claim in words, held against target and actual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.achievement import Claim, find_spoken_goal, parse_claim
from kenzan.audit.equation import to_operand
from kenzan.audit.rule import Draft, Outcome, Subject
from kenzan.schemas.geometry import Box, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.achievement import Goal
    from kenzan.audit.facts import Facts
    from kenzan.schemas.tables import Narrative, Verdict

_BETTER = {
    "up": ("（大きいほどよい指標）", " (more is better)"),
    "down": ("（小さいほどよい指標）", " (less is better)"),
    "unknown": ("", ""),
}
_COMPARED = {True: ("達している", "is reached"), False: ("達していない", "is not reached")}


def check_claims(facts: Facts, claim: Claim) -> Iterator[Outcome]:
    """Every text that makes this claim about an indicator with a target and an actual."""
    for series in facts.series:
        for narrative in facts.narratives_of(series, "achievement"):
            goal = find_spoken_goal(facts.goals_of(series), narrative)
            if goal is not None and parse_claim(narrative.text) == claim:
                yield _compare(facts, narrative, goal, claim)


def _compare(facts: Facts, narrative: Narrative, goal: Goal, claim: Claim) -> Outcome:
    row = facts.row(goal.actual)
    subject = Subject.of(row, find_text_place(narrative))
    sign = _sign(goal)
    formula = f"{goal.actual.value:,f}（実績） {sign} {goal.target.value:,f}（目標）"
    operands = (to_operand(facts, goal.target, "目標", "target"),)
    judged = to_operand(facts, goal.actual, "実績", "actual")
    claimed = claim == "reached"
    if goal.met is None or goal.met == claimed:
        verdict: Verdict = "consistent" if goal.met == claimed else "undecided"
        return Outcome(verdict, subject, narrative.text, formula, None, judged, operands)
    draft = _draft(subject, narrative, goal, formula)
    return Outcome("inconsistent", subject, narrative.text, formula, None, judged, operands, draft)


def _sign(goal: Goal) -> str:
    if goal.actual.value == goal.target.value:
        return "="
    return ">" if goal.actual.value > goal.target.value else "<"


def _draft(subject: Subject, narrative: Narrative, goal: Goal, formula: str) -> Draft:
    text = "".join(narrative.text.split())
    ja, en = _COMPARED[bool(goal.met)]
    formula_en = formula.replace("（実績）", " (actual)").replace("（目標）", " (target)")
    way_ja, way_en = _BETTER[goal.direction]
    label = goal.moment.label
    return Draft(
        subject,
        f"{label} は {formula}{way_ja}で目標に{ja}が、本文は「{text}」としている。",
        f"{label}: {formula_en}{way_en}, so the target {en}, but the text says 「{text}」.",
        printed=narrative.text,
        formula=formula,
        key="claim",
    )


def find_text_place(narrative: Narrative) -> Place | None:
    """Where a text is printed."""
    if narrative.page is None:
        return None
    x0, top, x1, bottom = narrative.x0, narrative.top, narrative.x1, narrative.bottom
    box = None
    if x0 is not None and top is not None and x1 is not None and bottom is not None:
        box = Box(x0, top, x1, bottom)
    return Place(narrative.page, box, narrative.line)
