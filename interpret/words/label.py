"""One label of a table, taken apart: year, measure, unit, mark, formula, numbering, kind.

Nothing is decided here that needs the rest of the table: a label such as 現状値 keeps its weak
reading, and whether a year belongs to the name is settled by the axis it stands on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.interpret.words.comparing import cut_comparison
from kenzan.interpret.words.lexicon import (
    MeasureWord,
    find_kind,
    find_measure,
    find_role,
    kinds,
    label_key,
)
from kenzan.interpret.words.numbering import Numbering, find_numbering
from kenzan.normalize.characters import fold
from kenzan.normalize.labels import fold_label
from kenzan.normalize.periods import Period, find_periods, parse_period
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

_DASH = "-‐‑‒–—―−－ー─"
_MARK = r"(?:\(?[A-Za-z]\)?|\(?[①-⑳]\)?)"
_FORMULA = re.compile(
    rf"[(（\[]{{0,3}}(?<![A-Za-z]){_MARK}"
    rf"(?:\s*[{_DASH}+＋/／÷×*=＝]\s*[(（]{{0,3}}(?:{_MARK}|100|1)[)）]{{0,3}})+"
    rf"(?![A-Za-z])[)）\]]{{0,3}}"
)
_END_MARK = re.compile(r"[(（\[]([A-Za-z①-⑳])[)）\]]$|(?<=[^\x00-\x7f])([A-Z①-⑳])$|\s([A-Za-z])$")
_LONE_MARK = re.compile(r"[A-Za-z①-⑳]")
_ONLY_MARK = re.compile(r"[(（\[]?([A-Za-z①-⑳])[)）\]]?$")
_BRACKETED = re.compile(r"[(（\[〔【]([^()（）\[\]〔〕【】]{1,12})[)）\]〕】]")
_EMPTY_BRACKETS = re.compile(r"[(（\[〔【][\s・,、/:：]*[)）\]〕】]")
_OPENING, _CLOSING = frozenset("(（[〔【"), frozenset(")）]〕】")
_BRACKETS = _OPENING | _CLOSING
_LETTER = re.compile(r"[A-Fa-f]")
# What a name counts over (新規創業件数（年間）), not what it counts in.
_SPANS = frozenset({"年間", "月間", "週間", "年度", "月"})
_IN_BRACKETS = re.compile(r"\([^()]*\)")
# Terms of a plan, which name no indicator.
_TERM = re.compile(
    r"第?\d{1,2}[期次](?:計画|事業計画|戦略)?|[前中後]期(?:計画|基本計画)?|(?:現行|次期|前)?計画(?:期間)?"
)
_START = MeasureWord("baseline", strong=True, whole=True)
_RELATIVE_TAIL = ("末", "中")
_LOOSE_ENDS = " 　・、,，/／:：のー-−－~〜～"
_YEAR_KINDS = frozenset({"fiscal_year", "calendar_year", "month", "date", "half", "ordinal"})
_CUMULATIVE = re.compile(r"の?(?:累計|累積)(?:[値額数]|実績)?$")
_BREAK = re.compile(r" (?!(?<=\d )\d)")
"""A blank, unless it parts figures: what stands on two lines may be two."""
_BROKEN_YEAR = re.compile(
    r"(?:(?<![\d.,])(?:[1１] ?[9９]|[2２] ?[0０]) ?\d ?\d"
    r"|(?<=[和RＲ])[1１] [0０]|(?<=[成HＨ])[12１２] [04-9０４-９])(?= ?年)"
)
"""A year that the edge of its cell breaks between two digits."""
_WESTERN = re.compile(r"((?:19[5-9]|20[0-6])\d)(?=[^\d,.．人件円％%万千百])")
_WESTERN_BEHIND = re.compile(r"(?<=[^\d\s(（])\s?[(（\[]((?:19[5-9]|20[0-6])\d)[)）\]]$")
_QUALIFIED = re.compile(r"[(（][^()（）]+[・･、,， 　](?P<unit>[^\s・･、,，()（）]+)[)）]$")
"""A unit behind another word in brackets: 予定価格（税抜・円）."""
_BEHIND = re.compile(
    r"[)）]\s?(?P<unit>[千百億万]{0,2}円|㎡|[mMｍ]2|[hｈ][aａ]|[kｋ][mｍ]|人|[%％])$"
)
"""A unit behind a bracket: 土地（地積）㎡."""
_NOTE_MARK = re.compile(r"[(（]?(?:[※＊*†]\s?\d{0,2}|注\s?\d{1,2})[)）]?$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label as its words tell it.

    ``text`` is the folded label, ``wording`` the same without the year that leads or ends it,
    ``rest`` what is left once unit, mark and formula are gone too, ``name`` the whole label
    without unit and note mark. ``relative`` is an offset in years for labels such as 前年度.
    ``measure`` is read from ``rest``.
    """

    raw: str = ""
    text: str = ""
    rest: str = ""
    wording: str = ""
    name: str = ""
    period: Period | None = None
    relative: int | None = None
    measure: MeasureWord | None = None
    role: str | None = None
    unit: str = ""
    kind: str = "part"
    mark: str | None = None
    formula: str | None = None
    numbering: Numbering | None = None

    @property
    def only_period(self) -> bool:
        """Whether the label is a year (or 当初, 累計 …) and nothing else."""
        return not self.rest and (self.period is not None or self.relative is not None)

    @property
    def bare(self) -> str:
        """The folded text without its numbering."""
        return self.text[self.numbering.length :] if self.numbering else self.text


EMPTY = Label()


def _cut(text: str, start: int, end: int) -> str:
    joined = _EMPTY_BRACKETS.sub("", text[:start] + text[end:]).strip(_LOOSE_ENDS)
    if joined[:1] in _OPENING and joined[-1:] in _CLOSING and not set(joined[1:-1]) & _BRACKETS:
        return joined[1:-1]
    return joined


def _is_wrapped(formula: str) -> bool:
    """Whether one pair of brackets goes around all of it: (a+b), but not (a)+(b)."""
    if not (formula.startswith("(") and formula.endswith(")")):
        return False
    depth = 0
    for at, char in enumerate(formula):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at == len(formula) - 1
    return False


def _find_formula(text: str) -> tuple[str | None, str]:
    match = _FORMULA.search(text)
    if not match or not re.search(rf"[{_DASH}+＋/／÷×*=＝]", match.group()):
        return None, text
    formula = re.sub(rf"[{_DASH}]", "-", match.group())
    formula = formula.translate(str.maketrans("＋／÷×＝（）", "+//*=()")).replace(" ", "")
    formula = re.sub(r"\(([A-Za-z①-⑳])\)", r"\1", formula).strip("[]")
    while _is_wrapped(formula):
        formula = formula[1:-1]
    if formula.count("(") != formula.count(")"):
        formula = formula.strip("()")
    return formula, _cut(text, match.start(), match.end())


def _split_equation(formula: str | None) -> tuple[str | None, str | None]:
    """C=A-B and A-B=C give the line its own mark C besides the formula A-B."""
    if formula is None or formula.count("=") != 1:
        return None, formula
    left, right = formula.split("=")
    for mark, said in ((right, left), (left, right)):
        if _LONE_MARK.fullmatch(mark) and said:
            return mark, said
    return None, formula


def _find_mark(text: str) -> tuple[str | None, str]:
    only = _ONLY_MARK.match(text)
    if only:
        return only.group(1), ""
    match = _END_MARK.search(text)
    if not match:
        return None, text
    mark = next(group for group in match.groups() if group)
    return mark, _cut(text, match.start(), match.end())


@lru_cache(maxsize=4096)
def _unit_text(text: str) -> str:
    unit = find_known_unit(fold(text).removeprefix("単位").lstrip(": "))
    return unit.text if unit else ""


def _find_unit(text: str) -> tuple[str, str]:
    for match in _BRACKETED.finditer(text):
        unit = _unit_text(match.group(1))
        if unit and not (_LETTER.fullmatch(unit) or unit.startswith("人口") or unit in _SPANS):
            return unit, _cut(text, match.start(), match.end())
    qualified = _QUALIFIED.search(text)
    sum_of = find_known_unit(qualified["unit"]) if qualified is not None else None
    if sum_of is not None and sum_of.dimension == "money":
        return sum_of.text, text
    behind = _BEHIND.search(text)
    last = find_known_unit(fold(behind["unit"])) if behind is not None else None
    if behind is None or last is None:
        return "", text
    return last.text, text[: behind.start("unit")]


def _name(text: str, unit: str) -> str:
    """The label as a name: without its unit in brackets and the marks of notes."""
    plain = _NOTE_MARK.sub("", text).strip() or text
    if unit:
        found, cut = _find_unit(plain)
        plain = cut if found and cut else plain
    return plain


def _is_at_edge(text: str, start: int, end: int) -> bool:
    before, after = text[:start].strip(_LOOSE_ENDS), text[end:].strip(_LOOSE_ENDS)
    return before in {"", "(", "（", "["} or after in {"", ")", "）", "]"}


def _choose(found: Iterable[Period], text: str) -> tuple[Period, int, int] | None:
    for period in found:
        if period.kind not in _YEAR_KINDS:
            continue
        folded = fold_label(period.raw).replace(" ", "")
        match = re.search(r"\s?".join(map(re.escape, folded)) + "(末?)", text)
        if match and _is_at_edge(text, match.start(), match.end()):
            named = replace(period, label=period.label + match.group(1))
            return named, match.start(), match.end()
    return None


def _choose_period(raw: str, text: str) -> tuple[Period, int, int] | None:
    """The year that a label names; one that its cell broke (令和元年|度) counts whole."""
    spaced = " ".join(raw.split())
    joined = _BROKEN_YEAR.sub(lambda broken: broken[0].replace(" ", ""), spaced)
    joined = _BREAK.sub("", joined)
    parted = _choose(find_periods(spaced), text)
    if joined == spaced:
        return parted
    whole = _choose(find_periods(joined), text)
    if parted is None or whole is None:
        return whole or parted
    covers = whole[1] <= parted[1] and parted[2] <= whole[2]
    return whole if covers else parted


def _western(text: str) -> tuple[Period, int, int] | None:
    """A western year without 年度 that leads a label or ends it in brackets: 目標値（2025）."""
    match = _WESTERN.match(text) or _WESTERN_BEHIND.search(text)
    year = match.group(1) if match else ""
    period = parse_period(year, bare_years=True) if match else None
    return (period, match.start(), match.end()) if match and period else None


def _find_period(raw: str, text: str) -> tuple[Period | None, str]:
    joined = "".join(raw.split())
    if any(c.isdigit() or c == "元" for c in text):
        chosen = _choose_period(raw, text) or _western(text)
        if chosen is not None:
            period, start, end = chosen
            return period, _cut(text, start, end)
    whole = parse_period(joined, bare_years=True)
    summed = _CUMULATIVE.search(text)
    if whole is None and summed and summed.start():
        rest = _cut(text, summed.start(), summed.end())
        if find_measure(label_key(rest)) is not None:
            return parse_period("累計"), rest
    if whole is None or (whole.rest and whole.kind not in _YEAR_KINDS):
        return None, text
    return whole, whole.rest


def _find_relative(text: str) -> tuple[int | None, str]:
    words = kinds()["relative"]
    word = max((w for w in words if text.startswith(w)), key=len, default="")
    if not word or text.startswith(("比", "対比", "差", "同", "繰越", "へ"), len(word)):
        return None, text
    rest = text[len(word) :]
    for tail in _RELATIVE_TAIL:
        rest = rest.removeprefix(tail)
    return words[word], rest.strip(_LOOSE_ENDS)


def _names_baseline(key: str) -> bool:
    """Whether all of a label says the state before a plan began (計画開始時, 交付前)."""
    found = find_measure(key)
    return found is not None and found.whole and found.measure == "baseline"


def _find_measure(key: str) -> MeasureWord | None:
    """The measure of the words, or of those outside the brackets: 発行額（繰越分）.

    Those inside count where the others name none: 第8期（実績）.
    """
    if not key:
        return None
    found = find_measure(key)
    if found is None or not found.whole:
        plain = _IN_BRACKETS.sub("", key)
        found = (find_measure(plain) if plain and plain != key else None) or found
    if found is None and (inside := _IN_BRACKETS.search(key)):
        said = find_measure(inside.group()[1:-1])
        whole = bool(_TERM.fullmatch(_IN_BRACKETS.sub("", key)))
        found = replace(said, whole=whole) if said is not None and said.whole else None
    return found


def _settled_measure(key: str, period: Period | None, rest: str) -> MeasureWord | None:
    """計画時 is when a plan was made, no plan."""
    found = _find_measure(key)
    start = period is not None and period.kind == "baseline" and not rest
    return _START if start and found is not None and found.measure == "target" else found


def _find_wording(raw: str, text: str, period: Period | None) -> str:
    """The label without its year, unit and marks kept."""
    if period is None:
        return _find_relative(text)[1]
    return "" if period.kind == "baseline" else _find_period(raw, text)[1]


@lru_cache(maxsize=16384)
def read_label(raw: str) -> Label:
    """Take one label apart; ``raw`` is the text of the cell as printed, lines and all."""
    text = fold_label(raw)
    if not text:
        return EMPTY
    numbering = find_numbering(text)
    formula, core = _find_formula(_NOTE_MARK.sub("", text).strip() or text)
    equated, formula = _split_equation(formula)
    unit, core = _find_unit(core)
    mark, core = _find_mark(core) if not numbering or numbering.length < len(core) else (None, core)
    compared, core = cut_comparison(core)
    period, without = (None, core) if compared else _find_period(raw, core)
    relative, bare = (None, without) if period else _find_relative(without)
    key = label_key(bare)
    if period is None and relative is None and _names_baseline(key):
        period, without, bare = Period("baseline", None, "".join(raw.split())), "", ""
    role = find_role(label_key(core)) or find_role(key)
    if period is not None and not bare:
        key = label_key(core)
    return Label(
        raw=raw,
        text=text,
        rest=bare,
        name=_name(text, unit),
        wording=_find_wording(raw, text, period),
        period=period,
        relative=relative,
        measure=_settled_measure(key, period, bare) or (None if bare else compared),
        role=role,
        unit=unit,
        kind=find_kind(fold(text[numbering.length :] if numbering else text)),
        mark=mark or equated,
        formula=formula,
        numbering=numbering,
    )
