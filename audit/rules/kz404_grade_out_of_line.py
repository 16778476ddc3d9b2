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
日本語:
    確かめること: 達成率の順に並べたとき、評価（S・A・B・C、◎○△× など）が一つだけ順に合わないも
        のがないか。
    大切な理由: 同じ達成率なら、同じ文書では同じ評価になるはずです。前回の評価が残ったか、後で数
        値が変わった可能性があります。
    指摘しないもの: 評価の少ない文書、順に合わない評価がいくつもある文書、目標が 0 の指標、良い
        向きの分からない指標。
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from kenzan.audit.achievement import find_spoken_goal
from kenzan.audit.equation import to_operand
from kenzan.audit.rule import Draft, Outcome, Rule
from kenzan.normalize.characters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.achievement import Goal
    from kenzan.audit.facts import Facts
    from kenzan.schemas.tables import Verdict

FEWEST = 6
SCALES = ("×△○◎", "EDCBAS", "ＥＤＣＢＡＳ", "54321")
_TENTH = Decimal("0.1")
Graded = tuple[Decimal, int, "Goal", str]


def check(facts: Facts) -> Iterator[Outcome]:
    """Every graded indicator with a target and an actual."""
    everything = list(find_graded(facts))
    for scale in SCALES:
        found = [
            (rate, scale.index(grade), goal, grade)
            for rate, goal, grade in everything
            if grade in scale
        ]
        graded = sorted(found, key=lambda one: (one[0], one[1]))
        if len(graded) < FEWEST:
            continue
        odd = find_odd_one(graded)
        in_order = _in_order(graded)
        for place in range(len(graded)):
            if place == odd:
                yield _accuse(facts, graded, place)
            else:
                yield _outcome(facts, graded[place], "consistent" if in_order else "undecided")


def find_graded(facts: Facts) -> Iterator[tuple[Decimal, Goal, str]]:
    """Achievement and grade of every indicator that is graded by one letter or mark."""
    for series in facts.series:
        for narrative in facts.narratives_of(series, "achievement"):
            text = fold(narrative.text).strip() if len(narrative.text) < 9 else ""
            if len(text) == 1:
                goal = find_spoken_goal(facts.goals_of(series), narrative)
                rate = achievement(goal) if goal is not None else None
                if goal is not None and rate is not None:
                    yield rate, goal, text


def achievement(goal: Goal) -> Decimal | None:
    """How far a target was reached, 1 for fully; ``None`` if that cannot be said."""
    target, actual = goal.target.value, goal.actual.value
    if goal.direction == "unknown" or target <= 0 or actual <= 0:
        return None
    return actual / target if goal.direction == "up" else target / actual


def find_odd_one(graded: list[Graded]) -> int | None:
    """The only one whose removal puts the grades in order; ``None`` if there is no such one."""
    falls = (place for place, (one, two) in enumerate(pairwise(graded)) if one[1] > two[1])
    fall = next(falls, None)
    if fall is None:
        return None
    found = [place for place in (fall, fall + 1) if _in_order(graded[:place] + graded[place + 1 :])]
    return found[0] if len(found) == 1 else None


def _in_order(graded: list[Graded]) -> bool:
    return all(before[1] <= after[1] for before, after in pairwise(graded))


def _outcome(facts: Facts, one: Graded, verdict: Verdict) -> Outcome:
    rate, _, goal, grade = one
    formula = f"{goal.actual.text}（実績） / {goal.target.text}（目標）: {_show(rate)}%"
    return Outcome(
        verdict,
        facts.subject_of(goal.actual),
        grade,
        formula,
        None,
        to_operand(facts, goal.actual),
        (to_operand(facts, goal.target, "目標", "target"),),
    )


def _show(rate: Decimal) -> str:
    return f"{(rate * 100).quantize(_TENTH):f}"


def _accuse(facts: Facts, graded: list[Graded], place: int) -> Outcome:
    outcome = _outcome(facts, graded[place], "inconsistent")
    shown, grade = _show(graded[place][0]), outcome.printed
    near = graded[max(place - 1, 0) : place] + graded[place + 1 : place + 2]
    goal = graded[place][2]
    figures = goal.actual.text, goal.target.text
    others = "、".join(f"{_show(one[0])}% は {one[3]}" for one in near)
    draft = Draft(
        outcome.subject,
        f"達成度 {shown}%（実績 {figures[0]}、目標 {figures[1]}）で評価 {grade} は他の指標と"
        f"食い違う（{others}）。",
        f"Grade {grade} at {shown}% ({figures[0]} against {figures[1]}) is out of line with the "
        f"others ({others.replace(' は ', ': ').replace('、', ', ')}).",
        printed=grade,
        formula=outcome.formula,
        key="grade",
    )
    return replace(outcome, finding=draft)


RULE = Rule(
    id="KZ404",
    slug="grade-out-of-line",
    title_ja="評価が他の評価と食い違う",
    title_en="Grade is out of line with the other grades",
    severity="warning",
    check=check,
)
