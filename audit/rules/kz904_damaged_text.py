"""KZ904 文字が壊れている可能性 / Text may be damaged.

What it checks:
    Pages whose characters cannot be what is printed on them, and pages that could not be read.
Why it matters:
    A font without a table of its characters (ToUnicode) gives wrong digits without any error. They
    look like figures, and every sum with them breaks.
Formula:
    A page is damaged if too many of its characters are none that Japanese text is made of:
    private use, control and replacement characters, letters of foreign scripts. Whatever rests on
    a figure of such a page is left undecided; one finding a page says how many figures that are.
Example:
    Only 61% of the characters of page 3 can be right; none of its 48 figures is accused.
Leaves alone:
    Single odd characters (bullets, letters made by the author); a figure that is itself unreadable
    (KZ903); guessed encodings and hidden sheets, which say nothing about digits.
Source:
    PDF 32000-1:2008, 9.10 (extraction of text content); PDFs made without ToUnicode (measured).
日本語:
    確かめること: 紙面に印字された文字とは考えられない文字が多いページや、読めなかったページがな
        いか。
    大切な理由: 文字の対応表（ToUnicode）がないフォントでは、何の警告もなく別の数字として読めて
        しまい、それを使う計算がすべて合わなくなります。そのページの数値に関わる計算は「判定不能」と
        し、数値がいくつあるかをページごとに示します。
    指摘しないもの: 記号や外字が少し混じるだけのページ、その欄だけが読めない数値（KZ903）、数字
        に関係しない疑い（文字コードの推定、非表示のシートなど）。
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kenzan.audit.doubts import DAMAGE, LOST
from kenzan.audit.rule import Draft, Outcome, Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kenzan.audit.facts import Facts
    from kenzan.schemas.document import Notice

WORDS = {
    DAMAGE: ("文字が正しく取り出せていない可能性", "its characters may be misread"),
    LOST: ("読み取れなかった", "it could not be read"),
}
MOST_DETAILS = 3
"""So many details of a page are quoted; a sheet can have one for each of its cells."""


def check(facts: Facts) -> Iterator[Outcome]:
    """Every page with damaged text, once."""
    pages: dict[tuple[int, str], list[Notice]] = {}
    for notice in facts.doubts.about(DAMAGE, LOST):
        pages.setdefault((notice.place.page, notice.code), []).append(notice)
    figures = _count_figures(facts) if pages else Counter()
    for (page, code), notices in sorted(pages.items()):
        yield _describe(code, notices, figures[page])


def _count_figures(facts: Facts) -> Counter[int]:
    places = (facts.place_of(one) for one in facts.figures)
    return Counter(place.page for place in places if place is not None)


def _describe(code: str, notices: Sequence[Notice], figures: int) -> Outcome:
    place = notices[0].place
    details = [one.detail for one in notices[:MOST_DETAILS] if one.detail]
    more = len(notices) - MOST_DETAILS
    detail = "、".join(details) + (f" +{more}" if more > 0 else "")
    ja, en = WORDS[code]
    count_ja, count_en = "", ""
    if figures and code == DAMAGE:
        count_ja = f"この頁の数値 {figures} 件は不整合とせず、判定を保留した。"
        count_en = f"None of its {figures} figures is accused. "
    subject = Subject(place=place)
    draft = Draft(
        subject,
        f"{place.page} 頁: {ja}{f'（{detail}）' if detail else ''}。{count_ja}抽出要確認。",
        f"Page {place.page}: {en}{f' ({detail})' if detail else ''}. "
        f"{count_en}Check the extraction.",
        printed=detail,
        key=f"{code}-{place.page}",
    )
    return Outcome("undecided", subject, detail, finding=draft)


RULE = Rule(
    id="KZ904",
    slug="damaged-text",
    title_ja="文字が壊れている可能性",
    title_en="Text may be damaged",
    severity="notice",
    check=check,
)
