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

Reason = Literal["", "no-operand", "no-convention", "another-fits", "weak", "reading", "adjusted"]

STRONG_TELLING = 4
STRONG_SHARE = Decimal("0.8")
MEDIUM_TELLING = 2
MEDIUM_SHARE = Decimal("0.66")
MANY = 4
"""From this many tested cells on they speak for themselves, whatever the headers say."""

HOPELESS = 4
"""With more breaks than this in a line, and in more than half of it, it is not looked into."""

MOST_DOUBT = Decimal("0.5")
"""With more doubt than this an honest exception is the better story."""


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
        line = find_line(answer)
        tested[line] += answer.fits is not None
        if answer.breaks:
            broken[line].add(id(blame_of.get(id(answer.tie), answer)))
    return {line for line, blames in broken.items() if 2 <= len(blames) >= tested[line] / 2}


def find_line(answer: Answer) -> Hashable:
    """The line of a question: its series, or all questions of its pool."""
    return id(answer.pool), answer.question.line


def find_hopeless_lines(answers: Sequence[Answer]) -> set[Hashable]:
    """Lines where so much breaks that no correction of one figure could mend it."""
    tested: Counter[Hashable] = Counter()
    broken: Counter[Hashable] = Counter()
    for answer in answers:
        tested[find_line(answer)] += answer.fits is not None
        broken[find_line(answer)] += answer.breaks
    return {line for line, count in broken.items() if count > HOPELESS and 2 * count > tested[line]}


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
    elif answer.adjusted:
        reason = "adjusted"
    elif not answer.breaks:
        reason = "another-fits"
    elif find_line(answer) in unread:
        reason = "reading"
    elif not _is_supported(answer, blame, breaks[_scope(answer)]):
        reason = "weak"
    return Ruling(answer, "undecided" if reason else "inconsistent", reason, blame)


def _is_supported(answer: Answer, blame: Blame | None, breaks: int) -> bool:
    """Enough telling cells follow the convention; fewer are enough if a plain slip explains it."""
    if answer.choice is None:
        return False
    tally = answer.tallies[answer.choice.best]
    if blame is not None and blame.doubt > MOST_DOUBT:
        return False
    plain = (
        blame is not None
        and blame.best is not None
        and blame.best.slip.kind != REWRITTEN
        and not blame.best.spoils
    )
    prior = answer.prior if tally.tested < MANY else 0
    telling, held = tally.telling + answer.prior, tally.held + prior
    share = Decimal(held) / (held + breaks)
    if telling >= STRONG_TELLING and share >= STRONG_SHARE and (plain or tally.telling):
        return True
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


def adopted_ties(answers: Sequence[Answer]) -> tuple[list[Tie], list[Tie]]:
    """The ties of the governing hypotheses that break, and those that hold.

    Lines that do not follow the convention at all are left out.
    """
    broken: list[Tie] = []
    holding: list[Tie] = []
    hopeless = find_hopeless_lines(answers)
    for answer in answers:
        tie = answer.tie
        if tie is None or find_line(answer) in hopeless:
            continue
        if answer.breaks:
            broken.append(tie)
        elif answer.fits:
            holding.append(tie)
    return broken, holding
