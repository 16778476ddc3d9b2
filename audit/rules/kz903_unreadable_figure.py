"""KZ903 読み取れない数値 / Unreadable figure.

What it checks:
    Figures that were seen in a table and could not be read or placed with certainty.
Why it matters:
    What was not read was not checked. A reader must know where to look for themselves.
Formula:
    Every observation whose status is unreadable.

Example:
    A cell with characters that the font of the PDF does not map to text.
Leaves alone:
    Blank cells, cells marked as not reported, not applicable or withheld.
Source:
    Accurate Digits: grey is a colour of its own, seen but not verifiable.
日本語:
    確かめること: 表の中に見えているのに、確実には読めない、または置き場所を決められない数値。
    大切な理由: 読めなかった数値は確かめていません。どこを自分で見ればよいかを示します。
    指摘しないもの: 空欄、未報告・該当なし・秘匿とされた欄。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.figures import find_place
from kenzan.audit.rule import Draft, Outcome, Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.schemas.tables import Observation


def check(facts: Facts) -> Iterator[Outcome]:
    """Every figure that could not be read."""
    for row in facts.report.observations:
        if row.status == "unreadable":
            yield _outcome(row)


def _outcome(row: Observation) -> Outcome:
    subject = Subject.of(row, find_place(row, "value"))
    raw = row.value_raw.strip() or row.delta_raw.strip()
    ja = f"「{raw}」を数値として確定できない" if raw else "この欄の数値を特定できない"
    en = f"「{raw}」 could not be read as a figure" if raw else "The figure of this cell is open"
    draft = Draft(
        subject,
        f"{ja}（抽出要確認）。",
        f"{en} with certainty (check the extraction).",
        printed=row.value_raw or row.delta_raw,
        key="unreadable",
    )
    return Outcome("undecided", subject, raw, finding=draft)


RULE = Rule(
    id="KZ903",
    slug="unreadable-figure",
    title_ja="読み取れない数値",
    title_en="Unreadable figure",
    severity="notice",
    check=check,
)
