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
日本語:
    確かめること: 数値のかっこ・符号・数字・桁区切りに、全角と半角などの表記が混在していないか。
        文書ごとに 1 件にまとめて示します。
    大切な理由: （＋134,280）と (+810) は、人には同じに見えても、機械には違う文字です。検索や並
        べ替え、表計算への貼り付けが、気付かないうちにうまくいかなくなります。
    指摘しないもの: 文章、数値ではない横線、10,000 未満の桁区切りのない数値。
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.audit.rule import Draft, Outcome, Rule, Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.figures import Figure

    Forms = tuple[tuple[str, str], ...]

_DIGIT = r"(?=\s*[\d０-９])"
CLASSES: dict[str, tuple[str, str, dict[str, tuple[str, str]]]] = {
    "brackets": ("括弧", "brackets", {"( )": ("(", ""), "（ ）": ("（", "")}),
    "plus": ("正の符号", "plus signs", {"+": ("+", ""), "＋": ("＋", "")}),
    "minus": (
        "負の符号",
        "minus signs",
        {sign: (sign, f"{sign}{_DIGIT}") for sign in "-－−△▲"},
    ),
    "digits": ("数字", "digits", {"0-9": ("", r"[0-9]"), "０-９": ("", r"[０-９]")}),
    "grouping": (
        "桁区切り",
        "digit grouping",
        {"1,234": (",", r"\d,\d{3}(?!\d)"), "１，２３４": ("，", r"\d，\d{3}(?!\d)")},
    ),
}
"""For each class its names and its forms: a character to look for, and a pattern to make sure."""

_FORMS = [
    (name, form, char, re.compile(pattern) if pattern else None)
    for name, (_, _, forms) in CLASSES.items()
    for form, (char, pattern) in forms.items()
]


def check(facts: Facts) -> Iterator[Outcome]:
    """All printed figures at once."""
    if not facts.figures:
        return
    counts: dict[str, Counter[str]] = {name: Counter() for name in CLASSES}
    first: dict[tuple[str, str], Figure] = {}
    for forms, figures in _sort_by_forms(facts.figures).items():
        for name, form in forms:
            counts[name][form] += len(figures)
            first.setdefault((name, form), figures[0])
    mixed = {name: forms for name, forms in counts.items() if len(forms) > 1}
    if not mixed:
        yield Outcome("consistent", Subject())
        return
    name = next(iter(mixed))
    rarest = min(mixed[name], key=lambda form: mixed[name][form])
    place = facts.place_of(first[name, rarest])
    yield Outcome("inconsistent", Subject(place=place), finding=_draft(mixed, Subject(place=place)))


def _sort_by_forms(figures: Iterable[Figure]) -> dict[Forms, list[Figure]]:
    found: dict[Forms, list[Figure]] = defaultdict(list)
    for figure in figures:
        found[find_forms(figure.raw)].append(figure)
    return found


def find_forms(raw: str) -> Forms:
    """The forms that a printed figure uses, by class.

    >>> find_forms("（+810）")
    (('brackets', '（ ）'), ('plus', '+'), ('digits', '0-9'))
    """
    return _find_forms(raw) if len(raw) > 24 else _find_short_forms(raw)


def _find_forms(raw: str) -> Forms:
    return tuple(
        (name, form)
        for name, form, char, pattern in _FORMS
        if char in raw and (pattern is None or pattern.search(raw))
    )


_find_short_forms = lru_cache(maxsize=65536)(_find_forms)


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
