"""The conventions that were found, in words, and put into the indicators of a report.

Scopes of a ``Convention`` read ``document``, ``measure:actual``, ``table:3`` or
``indicator:A|来客数`` (project and name).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import Tally
from kenzan.audit.judgement import STRONG_TELLING
from kenzan.schemas.audit import Convention

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from kenzan.arithmetic.relation import Hypothesis, Relation
    from kenzan.audit.facts import Facts
    from kenzan.audit.inference import Answer
    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report
    from kenzan.schemas.tables import Indicator

_MEASURES = {"target": "目標", "actual": "実績"}
_ROLES = {
    "amount": ("額", "the amount"),
    "part": ("一部", "the part"),
    "whole": ("全体", "the whole"),
    "total": ("合計", "the total"),
    "current": ("当年度", "this year"),
    "base": ("前年度", "the year before"),
    "change": ("増減", "the change"),
    "before": ("変更前", "before"),
    "minuend": ("左の数値", "one figure"),
    "subtrahend": ("右の数値", "another"),
    "price": ("単価", "unit price"),
    "count": ("数量", "quantity"),
}


def find_conventions(facts: Facts) -> list[Convention]:
    """What governs each relation: for the document, then for the parts that count otherwise."""
    by_relation: dict[str, list[Answer]] = defaultdict(list)
    for answer in facts.answers:
        if answer.choice is not None:
            by_relation[answer.pool.relation.name].append(answer)
    return [one for answers in by_relation.values() for one in _of_relation(facts, answers)]


def _of_relation(facts: Facts, answers: Sequence[Answer]) -> Iterator[Convention]:
    certain = _Certainty(answers)
    general: dict[str, Answer] = {}
    special: dict[Hashable, Answer] = {}
    for answer in answers:
        if answer.scope is None:
            general.setdefault(answer.pool.scope, answer)
        else:
            special.setdefault((answer.pool.scope, answer.scope), answer)
    yield from _of_document(general, certain)
    for answer in special.values():
        yield _convention(answer, _name_scope(facts, answer), certain)


def _of_document(general: dict[str, Answer], certain: _Certainty) -> Iterator[Convention]:
    """One statement where all measures agree, and one for each measure."""
    winners = {_winner(answer).name for answer in general.values()}
    if len(winners) == 1:
        first = next(iter(general.values()))
        total = sum((_tally(answer) for answer in general.values()), Tally())
        sure = all(certain.of(answer) for answer in general.values())
        stated = _state(first.pool.relation, "document", _winner(first), total, certain=sure)
        yield _with_lent(stated, general.values())
    if len(general) > 1:
        for scope, answer in general.items():
            yield _convention(answer, f"measure:{scope}", certain)


def _winner(answer: Answer) -> Hypothesis:
    assert answer.choice is not None  # noqa: S101 - filtered by the caller
    return answer.pool.hypotheses[answer.choice.best]


def _tally(answer: Answer) -> Tally:
    return answer.tallies[answer.choice.best] if answer.choice else Tally()


class _Certainty:
    """Whether a convention is beyond doubt: enough telling cells, and nothing else does as well.

    Hypotheses that say the same of every cell are one: which of their names it goes by is no doubt.
    """

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._parts: dict[Hashable, list[Answer]] = defaultdict(list)
        for answer in answers:
            self._parts[id(answer.pool), answer.scope].append(answer)

    def of(self, answer: Answer) -> bool:
        """Whether it is for the part of the document that an answer belongs to."""
        if answer.choice is None or _tally(answer).telling < STRONG_TELLING:
            return False
        rivals = answer.choice.credible
        part = self._parts[id(answer.pool), answer.scope] if len(rivals) > 1 else ()
        return len({tuple(one.held[rival] for one in part) for rival in rivals}) == 1


def _convention(answer: Answer, scope: str, certain: _Certainty) -> Convention:
    runner_up = ""
    if answer.choice is not None and answer.choice.runner_up is not None:
        tally = answer.tallies[answer.choice.runner_up]
        name = answer.pool.hypotheses[answer.choice.runner_up].ja
        runner_up = f"{name_roles(name, 0)}: {tally.held}/{tally.tested}"
    sure = certain.of(answer)
    stated = _state(
        answer.pool.relation, scope, _winner(answer), _tally(answer), runner_up, certain=sure
    )
    return _with_lent(stated, [answer])


def _with_lent(stated: Convention, answers: Iterable[Answer]) -> Convention:
    """A convention with what other reports say for it told apart from what its own figures do."""
    lent = [one.lent for one in answers if one.lent is not None]
    if not lent:
        return stated
    total = sum((one.tally for one in lent), Tally())
    return replace(
        stated,
        held=stated.held - total.held,
        tested=stated.tested - total.tested,
        reports=max(one.reports for one in lent),
        lent_held=total.held,
        lent_tested=total.tested,
    )


def _state(
    relation: Relation,
    scope: str,
    winner: Hypothesis,
    tally: Tally,
    runner_up: str = "",
    *,
    certain: bool,
) -> Convention:
    return Convention(
        relation=relation.name,
        scope=scope,
        hypothesis=winner.name,
        title_ja=name_roles(winner.ja, 0),
        title_en=name_roles(winner.en, 1),
        held=tally.held,
        tested=tally.tested,
        certain=certain,
        runner_up=runner_up,
    )


def name_roles(title: str, language: int) -> str:
    """A title with general words for the roles that each cell fills with a figure of its own."""
    for role, names in _ROLES.items():
        title = title.replace(f"{{{role}}}", names[language])
    return title


def _name_scope(facts: Facts, answer: Answer) -> str:
    row = facts.row(answer.question.judged)
    if isinstance(answer.scope, tuple) and answer.scope[0] == "table":
        return f"table:{row.origin.table}"
    return f"indicator:{row.project}|{row.indicator}"


def with_conventions(report: Report, result: AuditResult) -> Report:
    """The report with the ``convention`` of its indicators filled in."""
    counted = _counted(report)
    stated = {one.scope: one for one in result.conventions if one.relation == "delta"}
    indicators = tuple(
        replace(one, convention=_find_convention(one, stated, counted)) for one in report.indicators
    )
    return replace(report, indicators=indicators)


def _counted(report: Report) -> dict[tuple[str, str], int | None]:
    """The indicators that print changes, with the table they stand in."""
    return {
        (row.project, row.indicator): row.origin.table
        for row in report.observations
        if row.delta is not None
    }


def _find_convention(
    indicator: Indicator,
    stated: dict[str, Convention],
    counted: dict[tuple[str, str], int | None],
) -> str:
    key = (indicator.project, indicator.indicator)
    if key not in counted:
        return ""
    for scope in (f"indicator:{key[0]}|{key[1]}", f"table:{counted[key]}", "document"):
        if scope in stated:
            return render_support(stated[scope])
    parts = [
        f"{_MEASURES.get(scope.removeprefix('measure:'), scope)} {render_support(one)}"
        for scope, one in stated.items()
        if scope.startswith("measure:")
    ]
    return "、".join(parts)


def render_support(convention: Convention) -> str:
    """前年度目標との差: 39/40; with what others of the same form say where that was needed."""
    own = f"{convention.title_ja}: {convention.held}/{convention.tested}"
    if not convention.reports:
        return own
    others = f"{convention.lent_held}/{convention.lent_tested}"
    return f"{own}（同じ様式の他の {convention.reports} 文書: {others}）"
