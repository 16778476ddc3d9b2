"""KZ303 当初の目標と実績が異なる / Baseline target and actual differ.

What it checks:
    The target and the actual that a baseline row (当初, 基準) prints for one indicator.
Why it matters:
    Everything later is measured against the baseline. Two different starting values cannot both
    be the one that the changes start from.
Formula:
    baseline actual = baseline target, where the other indicators of the document keep to it. The
    changes that follow show which of the two figures they were computed from.

Example:
    資料６ Ｃ ずっと住みたい割合 当初: 73.4％ / 74.3％; the changes +6.6 and +5.6 start from 73.4.
Leaves alone:
    Documents whose baseline rows give targets of their own; documents with few baseline rows.
Source:
    資料６ of a city in 山口県; the seven other indicators print one starting value twice.
日本語:
    確かめること: 当初（基準）の行にある目標と実績が、同じ値か。続く増減から、どちらの値をもとに
        しているかも調べます。
    大切な理由: 後の年度はすべて当初と比べられます。出発点が二つあっては、どちらからの増減か分か
        りません。
    指摘しないもの: 当初の行に独自の目標を載せる文書、当初の行が少ない文書。
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kenzan.audit.equation import describe_ruling
from kenzan.audit.rule import Draft, Rule
from kenzan.audit.wording import render_number, render_slip

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kenzan.audit.blame import Blame
    from kenzan.audit.facts import Facts
    from kenzan.audit.figures import Figure
    from kenzan.audit.judgement import Ruling
    from kenzan.audit.rule import Outcome
    from kenzan.audit.wording import Lang

    Uses = Mapping[int, Sequence[Figure]]


def check(facts: Facts) -> Iterator[Outcome]:
    """Every baseline row with a target and an actual."""
    rulings = facts.rulings_on("baseline_pair")
    equal = sum(one.verdict == "consistent" for one in rulings)
    uses = find_uses(facts) if equal < len(rulings) else {}
    for ruling in rulings:
        outcome = describe_ruling(facts, ruling)
        if outcome.finding is not None:
            draft = _reword(ruling, outcome.finding, uses, equal)
            outcome = replace(outcome, finding=draft)
        yield outcome


def _reword(ruling: Ruling, draft: Draft, uses: Uses, equal: int) -> Draft:
    tie = ruling.answer.tie
    if tie is None:
        return draft
    (target,) = tie.operands["target"]
    texts = {lang: _message(ruling, target, uses, lang) for lang in ("ja", "en")}
    return replace(
        draft,
        message_ja=texts["ja"].format(equal=equal),
        message_en=texts["en"].format(equal=equal),
    )


def find_uses(facts: Facts) -> Uses:
    """By the index of a figure: the changes that come out with it."""
    uses: dict[int, list[Figure]] = defaultdict(list)
    for one in facts.rulings_on("delta"):
        if one.verdict == "consistent" and one.answer.tie is not None:
            for figure in one.answer.tie.figures():
                uses[figure.index].append(one.answer.question.judged)
    return uses


def _message(ruling: Ruling, target: Figure, uses: Uses, lang: Lang) -> str:
    actual = ruling.answer.question.judged
    evidence = "".join(_evidence(one, uses.get(one.index, ()), lang) for one in (target, actual))
    story = _story(ruling.blame, lang)
    first, second = target.raw.strip(), actual.raw.strip()
    if lang == "ja":
        head = f"当初の目標 {first} と実績 {second} が異なる（他の {{equal}} 組は同じ値）。"
        return head + evidence + story
    head = f"Baseline target {first} and actual {second} differ ({{equal}} other pairs agree). "
    return (head + evidence + story).strip()


def _story(blame: Blame | None, lang: Lang) -> str:
    if blame is None or blame.best is None:
        return ""
    slip = render_slip(blame.best.slip, lang)
    if lang == "ja":
        return f"{slip}（確信度 {blame.confidence:f}）"
    return f"{slip[:1].upper()}{slip[1:]} (confidence {blame.confidence:f})."


def _evidence(figure: Figure, uses: Sequence[Figure], lang: Lang) -> str:
    if not uses:
        return ""
    changes = "・".join(one.raw.strip().strip("()（）") for one in uses)
    value = render_number(figure.value)
    if lang == "ja":
        return f"後に続く増減 {changes} は {value} から計算すると合う。"
    return f"The changes {changes} that follow come out with {value}. "


RULE = Rule(
    id="KZ303",
    slug="baseline-pair",
    title_ja="当初の目標と実績が異なる",
    title_en="Baseline target and actual differ",
    severity="warning",
    check=check,
)
