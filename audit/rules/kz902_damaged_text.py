"""KZ902 文字が壊れている可能性 / Text may be damaged.

What it checks:
    What the extraction itself doubts: two engines that read different digits, text whose font
    gives no characters, failed pages.
Why it matters:
    A figure that was read wrongly must not be held against its publisher.
Formula:
    Every such doubt is passed on, with its place. Sums with a figure from such a place are left
    undecided.
Example:
    pdfium reads 1,234 and pdfminer 1,284 at the same place.
Leaves alone:
    Doubts that have nothing to do with characters (guessed encodings, hidden sheets).
Source:
    pypdf, pdfplumber, pdfium on Japanese PDFs (measured); MinerU #2412.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.rule import Draft, Outcome, Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts

DOUBTS = {
    "broken-text": ("文字が正しく取り出せていない可能性", "characters may be misread"),
    "engines-disagree": ("二つの抽出方法で数字が異なる", "two engines read different digits"),
    "page-failed": ("頁を読み取れなかった", "a page could not be read"),
}


def check(facts: Facts) -> Iterator[Outcome]:
    """Every doubt of the extraction about characters."""
    for notice in facts.report.notices:
        if notice.code in DOUBTS:
            ja, en = DOUBTS[notice.code]
            subject = Subject(place=notice.place)
            detail = f"（{notice.detail}）" if notice.detail else ""
            detail_en = f" ({notice.detail})" if notice.detail else ""
            draft = Draft(
                subject,
                f"{notice.place.page} 頁: {ja}{detail}。抽出要確認。",
                f"Page {notice.place.page}: {en}{detail_en}. Check the extraction.",
                printed=notice.detail,
                key=f"{notice.code}-{notice.place.page}",
            )
            yield Outcome("undecided", subject, notice.detail, finding=draft)


RULE = Rule(
    id="KZ902",
    slug="damaged-text",
    title_ja="文字が壊れている可能性",
    title_en="Text may be damaged",
    severity="notice",
    check=check,
)
