"""KZ702 本文の数値が表と異なる / Prose differs from the table.

What it checks:
    Figures in running text that follow the name of a line of a table.
Why it matters:
    The text is what is read out; it was written before the last change of the table, or after it.
Formula:
    Text and table print the same figure, in the unit of either. Only a figure that a plain slip
    turns into one of the figures of that line is held against the text, and only if at least three
    others agree.
Example:
    人件費は4,869,091千円, and 4,869,091 in the table.
Leaves alone:
    Changes, shares and other figures that the line does not print; rounded figures (約, 億円);
    names of several lines.
Source:
    Table-text consistency (10.7557/18.6816).
日本語:
    確かめること: 本文に出てくる数値が、表の同じ項目の数値と同じか。
    大切な理由: 読み上げられるのは本文です。表を最後に直したとき、本文が直されていないことがあり
        ます。
    指摘しないもの: 増減・構成比など表にない数値、「約」や億円単位に丸めた数値、複数の行に当ては
        まる名前。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.prose import find_mentions
from kenzan.audit.rule import Draft, Outcome, Rule
from kenzan.audit.wording import render_slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.prose import Mention

FEWEST = 3


def check(facts: Facts) -> Iterator[Outcome]:
    """Every figure of the text that follows the name of a line."""
    mentions = find_mentions(facts)
    agreeing = sum(one.agrees for one in mentions)
    differing = [one for one in mentions if not one.agrees]
    supported = agreeing >= FEWEST and agreeing >= 3 * len(differing)
    for one in mentions:
        if one.agrees:
            yield Outcome("consistent", one.subject, one.printed, one.formula)
        elif supported:
            yield Outcome(
                "inconsistent", one.subject, one.printed, one.formula, finding=_draft(one)
            )
        else:
            yield Outcome("undecided", one.subject, one.printed, one.formula)


def _draft(one: Mention) -> Draft:
    slip_ja = render_slip(one.slip, "ja") if one.slip else ""
    slip_en = render_slip(one.slip, "en") if one.slip else ""
    return Draft(
        one.subject,
        f"本文の「{one.label}」{one.printed} は表の {one.expected} と異なる。{slip_ja}。",
        f"The text gives {one.printed} for {one.label}, the table {one.expected}; {slip_en}.",
        printed=one.printed,
        expected=one.expected.replace(",", ""),
        formula=one.formula,
        repair=slip_ja,
        key="prose",
    )


RULE = Rule(
    id="KZ702",
    slug="prose-differs",
    title_ja="本文の数値が表と異なる",
    title_en="Prose differs from the table",
    severity="warning",
    check=check,
)
