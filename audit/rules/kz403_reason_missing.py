"""KZ403 未達の理由がない / Unmet target without a reason.

What it checks:
    Whether an indicator that missed its latest target says why, where the document asks for it.
Why it matters:
    A row for reasons (未達理由) is a duty of the form. A blank in it is an omission, or the reason
    stands at another indicator.
Formula:
    The latest year with target and actual is unmet, and the indicator has no reason, while the
    document gives one for at least one other indicator.

Example:
    実績 85人 < 目標 100人, 未達理由 blank; the two indicators beside it give theirs.
Leaves alone:
    Documents without a row for reasons; targets that were met; indicators whose targets do not
    show which way is better; projects with one reason for all of their indicators.
Source:
    地方創生推進交付金 効果検証 forms: 未達の場合はその理由.
日本語:
    確かめること: 直近の目標に達していない指標に、未達の理由が書かれているか。
    大切な理由: 理由の欄は様式で求められています。空欄なら記入漏れか、ほかの指標の欄に書かれてい
        ます。
    指摘しないもの: 理由の欄がない文書、目標に達した指標、増減の向きが分からない指標、事業全体で
        理由を一つだけ書く文書。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.equation import to_operand
from kenzan.audit.rule import Draft, Outcome, Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.achievement import Goal
    from kenzan.audit.facts import Facts


def check(facts: Facts) -> Iterator[Outcome]:
    """Every unmet indicator, if the document gives reasons at all."""
    reasons = [one for one in facts.report.narratives if one.kind == "reason" and one.text.strip()]
    if not reasons:
        return
    shared = {one.project for one in reasons if not one.indicator}
    for series in facts.series:
        goals = facts.goals_of(series)
        if goals and goals[-1].met is False and series.key[0] not in shared:
            given = bool(facts.narratives_of(series, "reason"))
            yield _outcome(facts, goals[-1], given=given)


def _outcome(facts: Facts, goal: Goal, *, given: bool) -> Outcome:
    subject = facts.subject_of(goal.actual)
    judged = to_operand(facts, goal.actual, "実績", "actual")
    operands = (to_operand(facts, goal.target, "目標", "target"),)
    sign = ">" if goal.actual.value > goal.target.value else "<"
    formula = f"{goal.actual.value:,f}（実績） {sign} {goal.target.value:,f}（目標）"
    draft = None if given else _draft(subject, goal, formula)
    return Outcome(
        "consistent" if given else "inconsistent",
        subject,
        goal.actual.raw,
        formula,
        None,
        judged,
        operands,
        draft,
    )


def _draft(subject: Subject, goal: Goal, formula: str) -> Draft:
    english = formula.replace("（実績）", " (actual)").replace("（目標）", " (target)")
    return Draft(
        subject,
        f"{goal.moment.label} は {formula} で目標に達していないが、未達の理由が書かれていない。",
        f"{goal.moment.label}: {english}, so the target is not reached, but no reason is given.",
        printed="",
        formula=formula,
        key="reason",
    )


RULE = Rule(
    id="KZ403",
    slug="reason-missing",
    title_ja="未達の理由がない",
    title_en="Unmet target without a reason",
    severity="notice",
    check=check,
)
