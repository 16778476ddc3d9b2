"""KZ404 評価が他の評価と食い違う / Grade is out of line with the other grades.

What it checks:
    A grade (S, A, B, C, ◎○△×) beside target and actual, against the grades of the other
    indicators.
Why it matters:
    The same rate earns the same grade everywhere in one document; a grade out of line was carried
    over, or its figures were changed afterwards.
Formula:
    Indicators are put in the order of their achievement (actual ÷ target, turned round where less
    is better). Grades must not rise where achievement falls. If leaving out one indicator sets the
    order right, and at least five others keep to it, that one stands out.
Example:
    達成率 98% graded B, while 95%, 92% and 91% are graded A.
Leaves alone:
    Documents with few grades; several grades out of order; targets of 0; indicators without a
    direction.
Source:
    長与町 (S/A/B/C), 多摩市 行政評価.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.audit.achievement import find_goals, find_narratives, find_spoken_goal
from kenzan.audit.equation import to_operand
from kenzan.audit.rule import Draft, Outcome, Rule
from kenzan.normalize.characters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.achievement import Goal
    from kenzan.audit.facts import Facts

FEWEST = 6
SCALES = ("×△○◎", "EDCBAS", "ＥＤＣＢＡＳ", "54321")
Graded = tuple[Decimal, int, "Goal", str]


def check(facts: Facts) -> Iterator[Outcome]:
    """Every graded indicator with a target and an actual."""
    for scale in SCALES:
        graded = sorted(find_graded(facts, scale), key=lambda one: (one[0], one[1]))
        if len(graded) < FEWEST:
            continue
        odd = find_odd_one(graded)
        for place in range(len(graded)):
            yield _outcome(facts, graded, place, odd=place == odd)


def find_graded(facts: Facts, scale: str) -> Iterator[Graded]:
    """Achievement and grade of every indicator graded on a scale."""
    for series in facts.series:
        for narrative in find_narratives(facts, series, "achievement"):
            text = fold(narrative.text).strip()
            goal = find_spoken_goal(find_goals(facts, series), narrative)
            rate = achievement(goal) if goal is not None else None
            if goal is not None and rate is not None and len(text) == 1 and text in scale:
                yield rate, scale.index(text), goal, text


def achievement(goal: Goal) -> Decimal | None:
    """How far a target was reached, 1 for fully; ``None`` if that cannot be said."""
    target, actual = goal.target.value, goal.actual.value
    if goal.direction == "unknown" or target <= 0 or actual <= 0:
        return None
    return actual / target if goal.direction == "up" else target / actual


def find_odd_one(graded: list[Graded]) -> int | None:
    """The only one whose removal puts the grades in order; ``None`` if there is no such one."""
    if _in_order(graded):
        return None
    found = [
        place for place in range(len(graded)) if _in_order(graded[:place] + graded[place + 1 :])
    ]
    return found[0] if len(found) == 1 else None


def _in_order(graded: list[Graded]) -> bool:
    return all(before[1] <= after[1] for before, after in pairwise(graded))


def _outcome(facts: Facts, graded: list[Graded], place: int, *, odd: bool) -> Outcome:
    rate, _, goal, grade = graded[place]
    subject, judged = facts.subject_of(goal.actual), to_operand(facts, goal.actual)
    operands = (to_operand(facts, goal.target, "目標", "target"),)
    shown = (rate * 100).quantize(Decimal("0.1"))
    formula = f"{goal.actual.text}（実績） / {goal.target.text}（目標）: {shown:f}%"
    if not odd:
        verdict = "consistent" if _in_order(graded) else "undecided"
        return Outcome(
            "consistent" if verdict == "consistent" else "undecided",
            subject, grade, formula, None, judged, operands,
        )  # fmt: skip
    near = graded[max(place - 1, 0) : place] + graded[place + 1 : place + 2]
    others = "、".join(f"{(one[0] * 100).quantize(Decimal('0.1')):f}% は {one[3]}" for one in near)
    draft = Draft(
        subject,
        f"達成度 {shown:f}% で評価 {grade} は他の指標と食い違う（{others}）。",
        f"Grade {grade} at {shown:f}% is out of line with the others "
        f"({others.replace(' は ', ': ').replace('、', ', ')}).",
        printed=grade,
        formula=formula,
        key="grade",
    )
    return Outcome("inconsistent", subject, grade, formula, None, judged, operands, draft)


RULE = Rule(
    id="KZ404",
    slug="grade-out-of-line",
    title_ja="評価が他の評価と食い違う",
    title_en="Grade is out of line with the other grades",
    severity="warning",
    check=check,
)
