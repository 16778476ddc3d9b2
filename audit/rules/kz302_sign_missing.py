"""KZ302 増減に符号がない / Sign of a change is missing.

What it checks:
    Whether a printed change carries a sign where the document signs its changes.
Why it matters:
    A bare (33) can be read as a change of 33, or as another figure altogether.
Formula:
    A document signs its changes if at least 5 rises, and at least 8 in 10 of all rises,
    are printed with a plus sign. A rise without one then stands out.

Example:
    資料６ Ａ ガラス商品数 Ｒ３: （33）, while every other rise is printed like (+810).
Leaves alone:
    Falls and changes of 0; documents that leave the plus sign out in general.
Source:
    統計表における機械判読可能なデータの表記方法の統一ルール (総務省, 2020): one notation.
日本語:
    確かめること: 増加に「+」を付けている文書で、符号のない増減がないか。
    大切な理由: （33）だけでは、33 増えたのか、別の数値なのかが分かりません。
    指摘しないもの: 減少と 0、そもそも「+」を付けない文書。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kenzan.audit.equation import to_operand
from kenzan.audit.rule import Draft, Outcome, Rule, Subject
from kenzan.errors import NumberSyntaxError
from kenzan.normalize.numbers import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.figures import Figure

FEWEST = 5
SHARE = Decimal("0.8")


def check(facts: Facts) -> Iterator[Outcome]:
    """Every rise printed with a figure, if the document signs its rises."""
    rises = [one for one in facts.figures if one.field == "delta" and one.value > 0]
    signed = {one.index for one in rises if has_sign(one.raw)}
    if len(signed) < FEWEST or len(signed) < SHARE * len(rises):
        return
    for rise in rises:
        subject = facts.subject_of(rise)
        judged = to_operand(facts, rise)
        if rise.index in signed:
            yield Outcome("consistent", subject, rise.raw, judged=judged)
        else:
            draft = _draft(subject, rise, len(signed), len(rises))
            yield Outcome("inconsistent", subject, rise.raw, judged=judged, finding=draft)


def has_sign(raw: str) -> bool:
    """Whether the printed change says which way it goes, by a sign or a word (2.7％増)."""
    try:
        number = parse_number(raw)
    except NumberSyntaxError:
        return True
    return bool(number.sign_raw or number.word)


def _draft(subject: Subject, rise: Figure, signed: int, rises: int) -> Draft:
    raw = rise.raw.strip()
    return Draft(
        subject,
        f"増減 {raw} に符号がない（増加 {rises} 件のうち {signed} 件は「+」付き）。",
        f"The change {raw} carries no sign ({signed} of {rises} rises carry a plus sign).",
        printed=rise.raw,
        expected=f"+{rise.value:f}",
        key="sign",
    )


RULE = Rule(
    id="KZ302",
    slug="sign-missing",
    title_ja="増減に符号がない",
    title_en="Sign of a change is missing",
    severity="notice",
    check=check,
)
