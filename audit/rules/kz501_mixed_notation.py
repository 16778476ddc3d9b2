"""KZ501 数値の表記が混在している / Notation of figures is mixed.

What it checks:
    Brackets, signs, digits and grouping of all printed figures: one form each, or several?
Why it matters:
    （＋134,280） and (+810) look alike to people and not to programs: searching, sorting and
    copying into a spreadsheet go wrong without anybody noticing.
Formula:
    For each class (brackets, plus signs, minus signs, digits) the forms in use are counted; a
    class with more than one is mixed. One notice for the document names them all.

Example:
    資料６: ( ) 32 times and （ ） 8 times; + 28 times and ＋ once.
Leaves alone:
    Texts; dashes that stand for no figure; ungrouped figures below 10,000.
Source:
    統計表における機械判読可能なデータの表記方法の統一ルール (総務省, 2020).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import regex

from kenzan.audit.rule import Draft, Outcome, Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.figures import Figure

CLASSES: dict[str, tuple[str, str, dict[str, str]]] = {
    "brackets": ("括弧", "brackets", {"( )": r"[()]", "（ ）": r"[（）]"}),
    "plus": ("正の符号", "plus signs", {"+": r"\+", "＋": r"＋"}),
    "minus": (
        "負の符号",
        "minus signs",
        {
            "-": r"-(?=[\d０-９])",
            "－": r"－(?=\s*[\d０-９])",
            "−": r"−(?=\s*[\d０-９])",
            "△": r"△(?=\s*[\d０-９])",
            "▲": r"▲(?=\s*[\d０-９])",
        },
    ),
    "digits": ("数字", "digits", {"0-9": r"[0-9]", "０-９": r"[０-９]"}),
    "grouping": (
        "桁区切り",
        "digit grouping",
        {"1,234": r"\d,\d{3}(?!\d)", "１，２３４": r"\d，\d{3}(?!\d)"},
    ),
}

_PATTERNS = {
    name: {form: regex.compile(pattern) for form, pattern in forms.items()}
    for name, (_, _, forms) in CLASSES.items()
}


def check(facts: Facts) -> Iterator[Outcome]:
    """All printed figures at once."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in CLASSES}
    first: dict[tuple[str, str], Figure] = {}
    for figure in facts.figures:
        for name, forms in _PATTERNS.items():
            for form, pattern in forms.items():
                if pattern.search(figure.raw):
                    counts[name][form] += 1
                    first.setdefault((name, form), figure)
    if not facts.figures:
        return
    mixed = {name: forms for name, forms in counts.items() if len(forms) > 1}
    if not mixed:
        yield Outcome("consistent", Subject())
        return
    name = next(iter(mixed))
    rarest = min(mixed[name], key=lambda form: mixed[name][form])
    figure = first[(name, rarest)]
    place = Subject.of_figure(facts.row(figure), figure).place
    yield Outcome("inconsistent", Subject(place=place), finding=_draft(mixed, Subject(place=place)))


def _draft(mixed: dict[str, Counter[str]], subject: Subject) -> Draft:
    ja = "、".join(f"{CLASSES[name][0]} {_list(forms, '件')}" for name, forms in mixed.items())
    en = ", ".join(f"{CLASSES[name][1]} {_list(forms, '')}" for name, forms in mixed.items())
    return Draft(
        subject,
        f"数値の表記が混在している：{ja}。",
        f"Figures are printed in mixed notation: {en}.",
        key="notation",
    )


def _list(forms: Counter[str], unit: str) -> str:
    return " / ".join(f"「{form}」{count}{unit}" for form, count in forms.most_common())


RULE = Rule(
    id="KZ501",
    slug="mixed-notation",
    title_ja="数値の表記が混在している",
    title_en="Notation of figures is mixed",
    severity="notice",
    check=check,
)
