"""Many like outcomes, one finding: what the notices about whole tables share."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kenzan.audit.equation import describe_ruling
from kenzan.audit.rule import Draft, Outcome, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.judgement import Reason, Ruling

LONGEST = 60
"""Longer formulas are left to the table of checks."""

SHOWN = 3
"""How many of the like cells a message quotes."""


def find_undecided(facts: Facts, reason: Reason) -> dict[int | None, list[Ruling]]:
    """Verdicts left open for one reason, by table."""
    found: dict[int | None, list[Ruling]] = defaultdict(list)
    for ruling in facts.rulings:
        if ruling.reason == reason:
            row = facts.row(ruling.answer.question.judged)
            found[row.origin.table].append(ruling)
    return found


def describe_group(
    facts: Facts, rulings: list[Ruling], head_ja: str, head_en: str
) -> Iterator[Outcome]:
    """One outcome for a group, with a finding at its first cell that quotes a few of them."""
    first = rulings[0].answer.question.judged
    subject = facts.subject_of(first)
    shown = [describe_ruling(facts, one) for one in rulings[:SHOWN]]
    quoted = "、".join(_quote(one) for one in shown)
    more_ja = f" ほか {len(rulings) - SHOWN} 件" if len(rulings) > SHOWN else ""
    more_en = f" and {len(rulings) - SHOWN} more" if len(rulings) > SHOWN else ""
    draft = Draft(
        Subject(project=subject.project, place=subject.place),
        f"{head_ja.format(count=len(rulings))}：{quoted}{more_ja}。",
        f"{head_en.format(count=len(rulings))}: {quoted.replace('、', ', ')}{more_en}.",
        printed=first.raw,
        formula=shown[0].formula,
        key="group",
    )
    yield Outcome("undecided", subject, first.raw, finding=draft)


def _quote(outcome: Outcome) -> str:
    name = outcome.subject.indicator or outcome.subject.measure_label
    formula = f"（{outcome.formula}）" if len(outcome.formula) <= LONGEST else ""
    return f"{name} {outcome.printed.strip()}{formula}"


def silent(rulings: Iterable[Ruling]) -> list[Ruling]:
    """The rulings of one group, each figure once."""
    seen: dict[int, Ruling] = {}
    for one in rulings:
        seen.setdefault(one.answer.question.judged.index, one)
    return list(seen.values())
