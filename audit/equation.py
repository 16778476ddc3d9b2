"""From the verdict on a tie to an outcome: the formula with its numbers, and what it means."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP
from typing import TYPE_CHECKING

from kenzan.arithmetic.interval import Rounding
from kenzan.audit.rule import Draft, Outcome
from kenzan.audit.wording import (
    render_formula,
    render_number,
    render_slip,
    trim,
)
from kenzan.schemas.audit import Operand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.arithmetic.interval import Interval
    from kenzan.audit.blame import Blame
    from kenzan.audit.corrections import Correction
    from kenzan.audit.facts import Facts
    from kenzan.audit.figures import Figure
    from kenzan.audit.judgement import Ruling
    from kenzan.audit.precedents import Precedent
    from kenzan.audit.ties import Tie
    from kenzan.audit.wording import Lang


def describe_rulings(facts: Facts, *relations: str) -> Iterator[Outcome]:
    """The outcomes of all verdicts on the relations."""
    for ruling in facts.rulings_on(*relations):
        yield describe_ruling(facts, ruling)


def describe_ruling(facts: Facts, ruling: Ruling) -> Outcome:
    """One verdict with its working; a finding if it is inconsistent."""
    judged = ruling.answer.question.judged
    subject = facts.subject_of(judged)
    tie = ruling.answer.tie
    if tie is None:
        return Outcome(ruling.verdict, subject, judged.raw, judged=facts.operand_of(judged))
    formula, operands = _show_working(facts, tie)
    return Outcome(
        ruling.verdict,
        subject,
        judged.raw,
        formula,
        tie.computed(),
        facts.operand_of(judged),
        operands,
        _draft(facts, ruling, tie) if ruling.verdict == "inconsistent" else None,
        id(ruling.blame) if ruling.verdict == "inconsistent" and ruling.blame else None,
        ruling.leads,
    )


def to_operand(facts: Facts, figure: Figure, role_ja: str = "", role_en: str = "") -> Operand:
    """A figure as the published working names it."""
    if not role_ja:
        return facts.operand_of(figure)
    place = facts.place_of(figure)
    return Operand(figure.observation, figure.field, role_ja, role_en, figure.raw, place)


def _show_working(facts: Facts, tie: Tie) -> tuple[str, tuple[Operand, ...]]:
    """The formula with its numbers, in Japanese as the tables have it, and its operands."""
    places = facts.places
    texts: dict[str, list[str]] = {}
    operands: list[Operand] = []
    for role, figures in tie.operands.items():
        names = tie.names_of(role)
        texts[role] = written = []
        for one, name in zip(figures, names, strict=False):
            ja, place = name.ja, places[one.index]
            written.append(f"{one.text}（{ja}）" if ja else one.text)
            operands.append(Operand(one.observation, one.field, ja, name.en, one.raw, place))
    return tie.hypothesis.formula.write(texts), tuple(operands)


def _draft(facts: Facts, ruling: Ruling, tie: Tie) -> Draft:
    culprit, expected = _culprit(ruling, tie)
    best = ruling.blame.best if ruling.blame else None
    return Draft(
        subject=facts.subject_of(culprit),
        message_ja=_message(facts, ruling, tie, "ja"),
        message_en=_message(facts, ruling, tie, "en"),
        printed=culprit.raw,
        expected=expected,
        formula=render_formula(tie, "ja"),
        repair=render_slip(best.slip, "ja") if best else "",
        confidence=ruling.blame.confidence if ruling.blame else None,
        key=culprit.field,
    )


def _culprit(ruling: Ruling, tie: Tie) -> tuple[Figure, str]:
    """The figure to point at, and what it should be: the judged one unless another stands out."""
    blame = ruling.blame
    if blame is None or blame.best is None:
        return tie.judged, _expected(tie)
    if blame.best.figure is tie.judged or not blame.rivals:
        return blame.best.figure, format(blame.best.value, "f")
    return tie.judged, _expected(tie)


def _expected(tie: Tie) -> str:
    """What the others lead to, at the precision printed; a range if they leave one."""
    computed = tie.computed()
    if computed is None:
        return ""
    if computed.is_point:
        return format(trim(computed.low), "f")
    step = tie.judged.step
    mode = ROUND_DOWN if tie.rounding is Rounding.TRUNCATED else ROUND_HALF_UP
    low, high = (end.quantize(step, mode) for end in (computed.low, computed.high))
    return format(low, "f") if low == high else f"{low:f}～{high:f}"


def render_result(tie: Tie, computed: Interval) -> str:
    """The value on the printed digits, and the range that rounding allows if there is one.

    The range is told to a digit more than is printed: finer ones decide nothing.
    """
    value = render_number(trim(tie.value(), 3))
    fine = tie.judged.step.scaleb(-1)
    low, high = (
        computed.low.quantize(fine, ROUND_FLOOR),
        computed.high.quantize(fine, ROUND_CEILING),
    )
    if computed.is_point or low == high:
        return value
    return f"{value}（{render_number(trim(low))}～{render_number(trim(high))}）"


def _message(facts: Facts, ruling: Ruling, tie: Tie, lang: Lang) -> str:
    computed = tie.computed()
    result = "" if computed is None else render_result(tie, computed)
    formula = render_formula(tie, lang)
    told = f"{_explanation(facts, ruling.blame, tie, lang)}{_source(ruling.answer.lent, lang)}"
    if lang == "ja":
        equals = "=" if formula.endswith("）") else " ="
        return f"{formula}{equals} {result}。印刷は{_quote(tie.judged.raw)}。{told}"
    result = result.replace("（", " (").replace("）", ")").replace("～", " to ")
    return f"{formula} = {result}; printed is {tie.judged.raw.strip()}. {told}".strip()


def _source(lent: Precedent | None, lang: Lang) -> str:
    """Where it is known from how the report counts, if it does not show that by itself."""
    if lent is None:
        return ""
    held, tested, reports = lent.tally.held, lent.tally.tested, lent.reports
    if lang == "ja":
        return f"。数え方は同じ様式の他の {reports} 文書による（{held}/{tested}）"
    return f" Counted as in {reports} other documents of this form ({held} of {tested})."


def _quote(raw: str) -> str:
    """Brackets speak for themselves; other figures are set off by blanks."""
    text = raw.strip()
    return text if text.startswith(("（", "(")) else f" {text} "


def _explanation(facts: Facts, blame: Blame | None, tie: Tie, lang: Lang) -> str:
    if blame is None or blame.best is None:
        return ""
    parts = [_correction(facts, blame.best, tie, lang)]
    parts += [_correction(facts, rival, tie, lang) for rival in blame.rivals]
    confidence = f"{blame.confidence:f}"
    more = len(blame.best.mends) - 1
    if lang == "ja":
        support = f"、他の検算 {more} 件もこれで合う" if more else ""
        return f"{'、または'.join(parts)}（確信度 {confidence}{support}）"
    support = f", which mends {more} more" if more else ""
    text = " or ".join(parts)
    return f"{text[:1].upper()}{text[1:]} (confidence {confidence}{support})."


def _correction(facts: Facts, correction: Correction, tie: Tie, lang: Lang) -> str:
    slip = render_slip(correction.slip, lang)
    if correction.figure is tie.judged:
        return slip
    row = facts.row(correction.figure)
    name = " ".join(part for part in (row.indicator, row.period, row.measure_label) if part)
    raw = correction.figure.raw.strip()
    if lang == "ja":
        return f"「{name}」{_quote(raw).strip()} は {slip}"
    return f"for {name} {raw}: {slip}"
