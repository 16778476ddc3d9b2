"""KZ502 桁区切りの位置がおかしい / Digit grouping is misplaced.

What it checks:
    The commas of a printed figure.
Why it matters:
    1,2345 can be read as 12,345 or as 1,234 with a stray 5; whoever copies it has to guess.
Formula:
    Digits stand in groups of three from the decimal point; anything else is misplaced.
Example:
    12,3456 for 123,456.
Leaves alone:
    Ungrouped figures; lists of figures; groups of four before 万 and 億.
Source:
    JIS Z 8301 (grouping of digits).
日本語:
    確かめること: 数値のカンマが 3 桁ごとに入っているか。
    大切な理由: 1,2345 は、12,345 とも、1,234 の後ろに 5 が残ったとも読めます。
    指摘しないもの: 桁区切りのない数値、数値の並び、万・億の前の 4 桁区切り。
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kenzan.audit.equation import to_operand
from kenzan.audit.rule import Draft, Outcome, Rule
from kenzan.errors import NumberSyntaxError
from kenzan.normalize.numbers import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts


def check(facts: Facts) -> Iterator[Outcome]:
    """Every figure that is printed with commas."""
    for figure in facts.figures:
        if "," not in figure.raw and "，" not in figure.raw:
            continue
        subject, judged = facts.subject_of(figure), to_operand(facts, figure)
        if not is_misgrouped(figure.raw):
            yield Outcome("consistent", subject, figure.raw, judged=judged)
            continue
        raw = figure.raw.strip()
        draft = Draft(
            subject,
            f"{raw} の桁区切りの位置がおかしい（{figure.text} のことか）。",
            f"The digit grouping of {raw} is misplaced (is {figure.text} meant?).",
            printed=figure.raw,
            expected=format(figure.value, "f"),
            key="grouping",
        )
        yield Outcome("inconsistent", subject, figure.raw, judged=judged, finding=draft)


_PLAINLY_RIGHT = re.compile(r"[-△▲+]? ?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def is_misgrouped(raw: str) -> bool:
    """Whether the commas of one printed figure stand where they should not."""
    if _PLAINLY_RIGHT.fullmatch(raw):
        return False
    try:
        return parse_number(raw).grouping == "misgrouped"
    except NumberSyntaxError:
        return False


RULE = Rule(
    id="KZ502",
    slug="misplaced-grouping",
    title_ja="桁区切りの位置がおかしい",
    title_en="Digit grouping is misplaced",
    severity="warning",
    check=check,
)
