"""KZ902 二つの抽出方法で数字が異なる / Two engines read different digits.

What it checks:
    Pages that two PDF engines were asked to read, for the digits and signs of their figures.
Why it matters:
    A figure that was read wrongly must not be held against its publisher.
Formula:
    Every disagreement is passed on, with its place. Whatever rests on a figure from there is left
    undecided.
Example:
    pdfium reads 1,234 and pdfplumber 1,284 at the same place.
Leaves alone:
    Pages that only one engine was asked for (without --verify-engines); the order of figures.
Source:
    pypdf, pdfplumber, pdfium on Japanese PDFs (measured); MinerU #2412.
日本語:
    確かめること: 二つの方法で読み取ったページで、数値の数字や符号が食い違っていないか。
    大切な理由: 読み取りの誤りを、作成者の誤りとして示してはならないためです。食い違った数値に関
        わる計算は「判定不能」とします。
    指摘しないもの: 一つの方法だけで読んだページ（--verify-engines を付けないとき）、数値の並び
        順の違い。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.doubts import DISAGREEMENT
from kenzan.audit.rule import Draft, Outcome, Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts


def check(facts: Facts) -> Iterator[Outcome]:
    """Every place where the engines disagree."""
    for notice in facts.doubts.about(DISAGREEMENT):
        subject, page = Subject(place=notice.place), notice.place.page
        key = f"{notice.code}-{page}"
        draft = Draft(
            subject,
            f"{page} 頁: 二つの抽出方法で数字が異なる（{notice.detail}）。抽出要確認。",
            f"Page {page}: two engines read different digits ({notice.detail}). "
            "Check the extraction.",
            printed=notice.detail,
            key=key if notice.place.box is None else f"{key}-{notice.detail}",
        )
        yield Outcome("undecided", subject, notice.detail, finding=draft)


RULE = Rule(
    id="KZ902",
    slug="engines-disagree",
    title_ja="二つの抽出方法で数字が異なる",
    title_en="Two engines read different digits",
    severity="notice",
    check=check,
)
