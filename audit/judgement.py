"""From what fits and what breaks to verdicts: is the support strong enough to accuse?"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from kenzan.arithmetic.slips import REWRITTEN

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from kenzan.audit.blame import Blame
    from kenzan.audit.inference import Answer
    from kenzan.audit.ties import Tie
    from kenzan.schemas.tables import Verdict

Reason = Literal["", "no-operand", "no-convention", "another-fits", "weak", "reading"]

STRONG_TELLING = 4
STRONG_SHARE = Decimal("0.8")
MEDIUM_TELLING = 2
MEDIUM_SHARE = Decimal("0.66")


@dataclass(frozen=True, slots=True)
class Ruling:
    """The verdict on one question, why it is undecided if it is, and who is to blame if it breaks.

    ``leads`` marks the ruling that speaks for all ties with the same blame.
    """

    answer: Answer
    verdict: Verdict
    reason: Reason = ""
    blame: Blame | None = None
    leads: bool = False


def judge_answers(answers: Sequence[Answer], blames: Iterable[Blame]) -> list[Ruling]:
    """Rule on every answer, in order."""
    blame_of = {id(tie): blame for blame in blames for tie in blame.ties}
    breaks = _count_breaks(answers, blame_of)
    unread = _find_unread_lines(answers, blame_of)
    rulings = [_judge(answer, blame_of, breaks, unread) for answer in answers]
    return _appoint_leaders(rulings)


def _scope(answer: Answer) -> Hashable:
    return id(answer.pool), answer.scope


def _count_breaks(answers: Sequence[Answer], blame_of: Mapping[int, Blame]) -> Counter[Hashable]:
    """Breaks per scope, where all that one correction mends count as one."""
    seen: set[tuple[Hashable, int]] = set()
    for answer in answers:
        if answer.breaks:
            seen.add((_scope(answer), id(blame_of.get(id(answer.tie), answer))))
    return Counter(scope for scope, _ in seen)


def _find_unread_lines(answers: Sequence[Answer], blame_of: Mapping[int, Blame]) -> set[Hashable]:
    """Lines where several things break apart from each other, and at least as many as hold."""
    tested: Counter[Hashable] = Counter()
    broken: dict[Hashable, set[int]] = defaultdict(set)
    for answer in answers:
        line = (id(answer.pool), answer.question.line)
        tested[line] += answer.fits is not None
        if answer.breaks:
            broken[line].add(id(blame_of.get(id(answer.tie), answer)))
    return {line for line, blames in broken.items() if 2 <= len(blames) >= tested[line] / 2}


def _judge(
    answer: Answer,
    blame_of: Mapping[int, Blame],
    breaks: Counter[Hashable],
    unread: set[Hashable],
) -> Ruling:
    if answer.fits:
        return Ruling(answer, "consistent")
    blame = blame_of.get(id(answer.tie))
    reason: Reason = ""
    if answer.choice is None:
        reason = "no-convention"
    elif answer.fits is None:
        reason = "no-operand"
    elif not answer.breaks:
        reason = "another-fits"
    elif (id(answer.pool), answer.question.line) in unread:
        reason = "reading"
    elif not _is_supported(answer, blame, breaks[_scope(answer)]):
        reason = "weak"
    return Ruling(answer, "undecided" if reason else "inconsistent", reason, blame)


def _is_supported(answer: Answer, blame: Blame | None, breaks: int) -> bool:
    """Enough telling cells follow the convention; fewer are enough if a plain slip explains it."""
    if answer.choice is None:
        return False
    tally = answer.tallies[answer.choice.best]
    telling = tally.telling + answer.pool.prior
    share = Decimal(tally.held + answer.pool.prior) / (tally.held + answer.pool.prior + breaks)
    if telling >= STRONG_TELLING and share >= STRONG_SHARE:
        return True
    plain = blame is not None and blame.best is not None and blame.best.slip.kind != REWRITTEN
    return plain and telling >= MEDIUM_TELLING and share >= MEDIUM_SHARE


def _appoint_leaders(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Of the inconsistent rulings with one blame, the one whose judged figure is to blame leads."""
    leaders: dict[int, int] = {}
    for place, ruling in enumerate(rulings):
        if ruling.verdict != "inconsistent":
            continue
        blame = ruling.blame
        key = id(blame) if blame is not None else -place - 1
        judged = ruling.answer.question.judged
        if key not in leaders or (blame and blame.best and blame.best.figure is judged):
            leaders[key] = place
    leading = set(leaders.values())
    return [
        Ruling(one.answer, one.verdict, one.reason, one.blame, leads=place in leading)
        for place, one in enumerate(rulings)
    ]


def adopted_ties(answers: Iterable[Answer]) -> tuple[list[Tie], list[Tie]]:
    """The ties of the governing hypotheses that break, and those that hold."""
    broken: list[Tie] = []
    holding: list[Tie] = []
    for answer in answers:
        tie = answer.tie
        if tie is not None and answer.breaks:
            broken.append(tie)
        elif tie is not None and answer.fits:
            holding.append(tie)
    return broken, holding
