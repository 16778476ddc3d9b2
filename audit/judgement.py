"""From what fits and what breaks to verdicts: is the support strong enough to accuse?"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from kenzan.arithmetic.evidence import ERROR_BITS, Tally
from kenzan.arithmetic.slips import DIGIT_BITS, REWRITTEN
from kenzan.audit.echoes import ECHOES
from kenzan.audit.precision import LINEAR, find_error
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from kenzan.arithmetic.evidence import Choice
    from kenzan.audit.blame import Blame
    from kenzan.audit.figures import Figure
    from kenzan.audit.inference import Answer
    from kenzan.audit.ties import Tie
    from kenzan.schemas.tables import Verdict

Reason = Literal[
    "",
    "no-operand",
    "no-convention",
    "another-fits",
    "weak",
    "reading",
    "damaged",
    "adjusted",
    "rounding",
]

STRONG_TELLING = 4
STRONG_BITS = 16
"""Many cells with small figures say as much as a few with long ones."""

STRONG_SHARE = Decimal("0.8")
MEDIUM_TELLING = 2
MEDIUM_SHARE = Decimal("0.66")
MANY = 4
"""From this many tested cells on they speak for themselves, whatever the headers say."""

POOLED = {"delta", "difference", "flow", "change_rate", "ratio", "product"}
"""Relations whose pools support each other where they chose the same figures by their labels."""

HOPELESS = 4
"""With more breaks than this in a line, and in more than half of it, it is not looked into."""

LAYOUT_PRIOR = 2
"""What a header alone says; more than that comes from other sums of the table that hold."""

ECHO_PRIOR = LAYOUT_PRIOR + 2
"""What the rest of a table must say before a total that comes out nowhere is taken for a copy."""

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


def judge_answers(
    answers: Sequence[Answer], blames: Iterable[Blame], doubtful: Callable[[Figure], bool]
) -> list[Ruling]:
    """Rule on every answer, in order. ``doubtful`` figures may have been read wrongly."""
    court = _Court(answers, blames, doubtful)
    return _appoint_leaders([court.judge(answer) for answer in answers])


def _scope(answer: Answer) -> Hashable:
    return id(answer.pool), answer.scope


def find_line(answer: Answer) -> Hashable:
    """The line of a question: its series, or all questions of its pool."""
    return id(answer.pool), answer.question.line


def find_hopeless_lines(answers: Sequence[Answer]) -> set[Hashable]:
    """Lines where so much breaks that no correction of one figure could mend it."""
    broken = Counter(find_line(answer) for answer in answers if answer.breaks)
    many = {line for line, count in broken.items() if count > HOPELESS}
    tested = _count_tested(answers, many)
    return {line for line in many if 2 * broken[line] > tested[line]}


def _count_tested(answers: Sequence[Answer], lines: AbstractSet[Hashable]) -> Counter[Hashable]:
    """How many questions of some lines could be computed."""
    if not lines:
        return Counter()
    found = (find_line(answer) for answer in answers if answer.fits is not None)
    return Counter(line for line in found if line in lines)


class _Court:
    """What is known about all answers when one is judged."""

    def __init__(
        self,
        answers: Sequence[Answer],
        blames: Iterable[Blame],
        doubtful: Callable[[Figure], bool],
    ) -> None:
        self.doubtful = doubtful
        self.blame_of = {id(tie): blame for blame in blames for tie in blame.ties}
        self.breaks = self._count_breaks(answers)
        self.unread = self._find_unread_lines(answers)
        self.siblings = self._add_up_siblings(answers)
        self.made_to_fit = self._find_exact_shares(answers)

    def judge(self, answer: Answer) -> Ruling:
        if answer.fits:
            return Ruling(answer, "consistent")
        blame = self.blame_of.get(id(answer.tie))
        reason = self._find_reason(answer, blame)
        return Ruling(answer, "undecided" if reason else "inconsistent", reason, blame)

    def _find_reason(self, answer: Answer, blame: Blame | None) -> Reason:
        """Why an answer that does not fit cannot be held against the document; empty if it can."""
        line = find_line(answer)
        slight = answer.slightly and not _is_more_than_rounding(blame)
        reasons: tuple[tuple[bool, Reason], ...] = (
            (answer.choice is None or self._is_groundless(answer), "no-convention"),
            (answer.fits is None, "no-operand"),
            (answer.adjusted or self._is_made_to_fit(answer), "adjusted"),
            (not answer.breaks, "another-fits"),
            (slight, "rounding"),
            (self._is_doubtful(answer), "damaged"),
            (line in self.unread, "reading"),
            (not self._is_supported(answer, blame), "weak"),
        )
        return next((reason for applies, reason in reasons if applies), "")

    @staticmethod
    def _is_groundless(answer: Answer) -> bool:
        """Whether only the headers speak for a relation that comes out nowhere in its pool."""
        if answer.choice is None or answer.fits is not False:
            return False
        tally = answer.tallies[answer.choice.best]
        return tally.tested >= 2 and tally.held == 0

    def _is_made_to_fit(self, answer: Answer) -> bool:
        """Whether a share is off by what rounding of all shares leaves, and so they add up exactly.

        A slip would not: it would be missing in the sum.
        """
        tie = answer.tie
        most = 0 if tie is None else self.made_to_fit.get(tie.judged.index, 0)
        if tie is None or not most or answer.fits is not False:
            return False
        return answer.pool.relation.adjustable and 2 * abs(find_error(tie)) <= most

    def _is_doubtful(self, answer: Answer) -> bool:
        return answer.tie is not None and any(self.doubtful(one) for one in answer.tie.figures())

    def _is_supported(self, answer: Answer, blame: Blame | None) -> bool:
        """Enough telling cells follow the convention; fewer are enough for a plain slip."""
        choice = answer.choice
        if choice is None:
            return False
        if blame is not None and blame.doubt > MOST_DOUBT:
            return False
        tally = self.siblings.get(_sibling_key(answer, choice), answer.tallies[choice.best])
        plain = _is_plain(blame)
        if answer.lent is not None and not plain:
            return False
        if tally.held == 0:
            plain = plain and (not _is_echo(blame) or answer.prior >= ECHO_PRIOR)
            plain = plain and (answer.prior > LAYOUT_PRIOR or _is_no_chance(blame))
        prior = answer.prior if tally.tested < MANY else 0
        telling, held = tally.telling + answer.prior, tally.held + prior
        share = Decimal(held) / max(held + self.breaks[_scope(answer)], 1)
        strong = telling >= STRONG_TELLING or tally.bits >= STRONG_BITS
        if strong and share >= STRONG_SHARE and (plain or tally.held):
            return True
        return plain and telling >= MEDIUM_TELLING and share >= MEDIUM_SHARE

    def _count_breaks(self, answers: Sequence[Answer]) -> Counter[Hashable]:
        """Breaks per scope, where all that one correction mends count as one."""
        seen: set[tuple[Hashable, int]] = set()
        for answer in answers:
            if answer.breaks:
                seen.add((_scope(answer), id(self.blame_of.get(id(answer.tie), answer))))
        return Counter(scope for scope, _ in seen)

    def _find_unread_lines(self, answers: Sequence[Answer]) -> set[Hashable]:
        """Lines where several things break apart from each other, and at least as many as hold."""
        broken: dict[Hashable, set[int]] = defaultdict(set)
        for answer in answers:
            if answer.breaks:
                blame = self.blame_of.get(id(answer.tie), answer)
                broken[find_line(answer)].add(id(blame))
        many = {line for line, blames in broken.items() if len(blames) >= 2}
        tested = _count_tested(answers, many)
        return {line for line in many if 2 * len(broken[line]) >= tested[line]}

    @staticmethod
    def _find_exact_shares(answers: Sequence[Answer]) -> dict[int, int]:
        """Shares whose printed digits add up to their total, by index: how many they are."""
        found: dict[int, int] = {}
        for answer in answers:
            tie = answer.tie
            if answer.fits and tie is not None and tie.judged.measure == "share":
                parts = list(tie.figures())[1:]
                if tie.relation.name == "total" and tie.value() == tie.judged.value:
                    found.update((part.index, len(parts)) for part in parts)
        return found

    def _add_up_siblings(self, answers: Sequence[Answer]) -> dict[Hashable, Tally]:
        """What pools of one relation achieved that chose the same hypothesis on the same labels."""
        seen: dict[Hashable, dict[Hashable, Tally]] = defaultdict(dict)
        for answer in answers if self.breaks else ():
            if answer.choice is not None and answer.pool.relation.name in POOLED:
                tally = answer.tallies[answer.choice.best]
                seen[_sibling_key(answer, answer.choice)][_scope(answer)] = tally
        return {key: sum(found.values(), Tally()) for key, found in seen.items()}


def _sibling_key(answer: Answer, choice: Choice) -> Hashable:
    hypothesis = answer.pool.hypotheses[choice.best]
    return answer.pool.relation.name, hypothesis.name, hypothesis.ja


def _is_more_than_rounding(blame: Blame | None) -> bool:
    """Whether several sums are off by more than a last digit and one plain slip mends them all."""
    if blame is None or len(blame.ties) < 2 or not _is_plain(blame):
        return False
    return all(tie.relation.name in LINEAR and abs(find_error(tie)) >= 2 for tie in blame.ties)


def _is_plain(blame: Blame | None) -> bool:
    """Whether a plain slip explains it, and nothing that holds speaks against that."""
    best = blame.best if blame is not None else None
    return best is not None and best.slip.kind != REWRITTEN and not best.spoils


def _is_echo(blame: Blame | None) -> bool:
    """Whether it is explained by a figure that stands nearby, which would explain any break."""
    return blame is not None and blame.best is not None and blame.best.slip.kind in ECHOES


def _is_no_chance(blame: Blame | None) -> bool:
    """Whether a plain slip could hardly explain figures that have nothing to do with each other.

    Any of the figures may have slipped, in as many ways as the slip has bits: with few digits some
    slip nearly always fits.
    """
    if blame is None or blame.best is None:
        return False
    tie = blame.best.mends[0]
    ways = blame.best.bits + len(list(tie.figures())).bit_length() + ERROR_BITS
    return DIGIT_BITS * tie.digits >= ways


def _appoint_leaders(rulings: list[Ruling]) -> list[Ruling]:
    """Of the inconsistent rulings with one blame, the one whose judged figure is to blame leads."""
    leaders: dict[int, int] = {}
    for place, ruling in enumerate(rulings):
        if ruling.verdict == "inconsistent":
            blame = ruling.blame
            key = id(blame) if blame is not None else -place - 1
            judged = ruling.answer.question.judged
            if key not in leaders or (blame and blame.best and blame.best.figure is judged):
                leaders[key] = place
    for place in leaders.values():
        rulings[place] = replace(rulings[place], leads=True)
    return rulings


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
