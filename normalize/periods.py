"""Period labels: fiscal years in every era notation, months, dates, baselines, 累計, 1年目.

A label keeps its year in ``fiscal_year`` only if it stands for that year: R3.3 belongs to 2020,
baselines and 累計 to none.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from kenzan.normalize.characters import Folded, fold_with_map
from kenzan.normalize.eras import (
    ERA_YEAR,
    WORDS,
    YEAR,
    any_of,
    count_on,
    era_year,
    fiscal_year_of,
    nearest_year,
)
from kenzan.normalize.units import find_known_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Match = re.Match[str]
    Make = Callable[[Match], "Period | None"]

PeriodKind = Literal[
    "fiscal_year", "calendar_year", "baseline", "cumulative", "date", "month", "ordinal", "range",
    "half",
]  # fmt: skip

# A label with more characters than this is text.
LABEL_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Period:
    """A period as a report names it.

    ``label`` is the period as printed, without layout spaces; ``rest`` what the text says behind
    it (当初予算, 実績), folded; ``raw`` is ``text[start:end]``. ``fiscal_year`` is the western year
    of the 会計年度 (for a calendar year the year itself); ``None`` for baselines, 累計, ranges and
    wherever the text names no year. ``ordinal`` counts 1年目, halves and quarters.
    ``year`` and ``end_year`` are fiscal years that a label names without standing for them:
    基準値（R1）, R2～R4. ``number`` is a bare era year (3年度), ``relative`` the distance of 前年度
    (-1) from the year of the document: both need their context, see ``resolve_periods``.
    """

    kind: PeriodKind
    fiscal_year: int | None
    label: str
    raw: str = ""
    start: int = 0
    end: int = 0
    ordinal: int | None = None
    rest: str = ""
    year: int | None = None
    end_year: int | None = None
    number: int | None = None
    relative: int | None = None


_M = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12][0-9]|0?[1-9])"
_UNTIL = r"(?:～|〜|~|-|－|―|–|から)"
_WESTERN_DATE = r"(?<![0-9.,])(?:18|19|20)[0-9]{2}"
_ERA_DATE = r"(?:[RHS]\.?[0-9]{1,2}|[RHS]\.?元)"
_BASELINE = (
    rf"(?:{any_of(WORDS['baseline'])}|{any_of(WORDS['baseline_subject'])}?の?"
    rf"{any_of(WORDS['baseline_act'])}{any_of(WORDS['baseline_moment'])})"
)
_CUMULATIVE = any_of(WORDS["cumulative"])
_HALVES = any_of([*WORDS["first_half"], *WORDS["second_half"]])

_POINT = rf"""(?:{YEAR}年{_M}月(?:{_D}日|末)?
    |(?<![A-Za-z0-9]){_ERA_DATE}[./]{_M}(?:[./]{_D})?(?![0-9./]))"""
_SPAN_OF_MONTHS = rf"(?P<low>{_POINT}){_UNTIL}(?P<high>{_POINT}|{_M}月(?:{_D}日|末)?)(?:まで)?"
_SPAN_OF_YEARS = rf"""(?P<low>{YEAR})(?:年度|年)?{_UNTIL}
    (?P<high>{YEAR}|[0-9]{{1,2}}(?=年|[)]|\Z))(?P<suffix>年度|年)?(?:まで)?"""
_DATE = rf"""(?P<year>{ERA_YEAR}|{_WESTERN_DATE}|(?<![A-Za-z0-9]){_ERA_DATE})(?:
    [./-](?P<month>{_M})[./-](?P<day>{_D})(?![0-9./])|年(?P<month>{_M})月(?P<day>{_D})日)"""
_IN_MONTH = rf"""(?:(?P<year>{ERA_YEAR}|{_WESTERN_DATE})年(?P<month>{_M})月(?![0-9])
    |(?<![A-Za-z0-9])(?P<year>{_ERA_DATE})[./](?P<month>{_M})(?![0-9./,A-Za-z%])
    |(?P<year>{_WESTERN_DATE})/(?P<month>{_M})(?![0-9/]))"""
_HALF = (
    rf"(?:(?P<year>{YEAR})(?:年度|年)?)?(?P<half>{_HALVES}|第[1-4]四半期|(?<![0-9A-Za-z])[1-4]Q)"
)
_FISCAL = rf"""(?P<year>{YEAR})(?P<suffix>年度|年)?
    (?:[(/・](?P<again>{YEAR})(?P<suffix>年度|年)?[)]?(?P<suffix>年度|年)?)?"""
_ORDINAL = rf"""(?:(?<![0-9])第?(?P<nth>[0-9]{{1,2}})(?:[かヶカヵ]?年目|年次|年度目)
    |初年度|初年目|開始年度)(?:[(](?P<year>{YEAR})(?:年度|年)?[)])?"""
_BARE = r"(?<![0-9A-Za-z])(?P<number>[0-9]{1,2}|元)年度"


def _range(match: Match) -> Period | None:
    """Fiscal years from and to; 令和2～4年度 counts on in the era it began in."""
    low, high = match["low"], match["high"]
    first = _point_year(low)
    last = _point_year(high) if not high.isdigit() or len(high) == 4 else count_on(low, int(high))
    if last is None and "月" in high and first is not None:
        last = _month_after(low, high)
    if first is None or last is None or last < first:
        return None
    return Period("range", None, "", year=first, end_year=last)


def _point_year(text: str) -> int | None:
    """The fiscal year of a year, a month or a date."""
    month = _compiled(_IN_MONTH).match(text) or _compiled(_DATE).match(text)
    return _dated(month) if month else era_year(text)


def _month_after(low: str, high: str) -> int | None:
    """The fiscal year of a month without a year, the first one after the point before it."""
    start = _compiled(_IN_MONTH).match(low) or _compiled(_DATE).match(low)
    year = era_year(_part(start, "year")) if start else None
    if start is None or year is None:
        return None
    month = int(high.partition("月")[0])
    return fiscal_year_of(year + (month < int(_part(start, "month"))), month)


def _dated(match: Match) -> int | None:
    return fiscal_year_of(era_year(_part(match, "year")), int(_part(match, "month")))


def _date(match: Match) -> Period | None:
    year = _dated(match)
    return Period("date", year, "") if year is not None else None


def _month(match: Match) -> Period | None:
    year = _dated(match)
    return Period("month", year, "") if year is not None else None


def _half(match: Match) -> Period | None:
    part = match["half"]
    nth = next((int(char) for char in part if char in "1234"), 1 + (part in WORDS["second_half"]))
    return Period("half", era_year(match["year"]) if match["year"] else None, "", ordinal=nth)


def _year(match: Match) -> Period | None:
    """A year, perhaps named twice (平成31年度（令和元年度）); two different ones are no label."""
    year = era_year(match["year"])
    if year is None or (match["again"] and era_year(match["again"]) != year):
        return None
    suffixes = _parts(match, "suffix")
    calendar = bool(suffixes) and "年度" not in suffixes
    return Period("calendar_year" if calendar else "fiscal_year", year, "")


def _ordinal(match: Match) -> Period | None:
    nth = int(match["nth"]) if match["nth"] else 1
    year = era_year(match["year"]) if match["year"] else None
    return Period("ordinal", year, "", ordinal=nth) if nth else None


def _bare(match: Match) -> Period | None:
    """元年度 can only be 2019 in reports of our time; any other bare year waits for its era."""
    first = match["number"] == "元"
    number = 1 if first else int(match["number"])
    return Period("fiscal_year", 2019 if first else None, "", number=number) if number else None


def _relative(match: Match) -> Period:
    return Period("fiscal_year", None, "", relative=WORDS["relative"][match[0]])


def _named(kind: PeriodKind) -> Callable[[Match], Period]:
    """For labels that may name a year (基準値（R1）) without standing for it."""
    return lambda match: Period(kind, None, "", year=era_year(_part(match, "year")))


_IN_TEXT: dict[str, tuple[str, Make]] = {
    "span_of_months": (_SPAN_OF_MONTHS, _range),
    "span": (_SPAN_OF_YEARS, _range),
    "date": (_DATE, _date),
    "month": (_IN_MONTH, _month),
    "half": (_HALF, _half),
    "year": (_FISCAL, _year),
    "day": (rf"(?<![0-9./]){_M}月{_D}日", lambda _: Period("date", None, "")),
    "ordinal": (_ORDINAL, _ordinal),
    "bare": (_BARE, _bare),
}
_CUMULATIVE_LABEL = rf"""(?:(?P<year>{YEAR})(?:年度|年)?(?:まで|末)?の?)?{_CUMULATIVE}
    |[0-9]{{1,2}}(?:年間|[かヶカヵ]年)の?(?:累計|合計|計)"""
_BASELINE_LABEL = rf"""{_BASELINE}
    (?:[(:]?(?P<year>{YEAR})(?:年度|年)?(?:{any_of(WORDS["moment"])})?[)]?)?
    |(?P<year>{YEAR})(?:年度|年)?[(]{_BASELINE}[)]"""
_ALONE: dict[str, tuple[str, Make]] = {
    "cumulative": (_CUMULATIVE_LABEL, _named("cumulative")),
    "baseline": (_BASELINE_LABEL, _named("baseline")),
    "relative": (any_of(WORDS["relative"]), _relative),
    "month_alone": (rf"{_M}月", lambda _: Period("month", None, "")),
}
_TAIL = rf"(?P<moment>{any_of(WORDS['moment'])})?(?P<rest>(?:{any_of(WORDS['tail'])}){{1,3}}+)?"
# Nothing but digits (2020, 2019～2023) says that this is a year.
_BARE_YEARS = re.compile(r"[0-9]++(?:[～〜~/―–-][0-9]++)?")
_UNIT_BEHIND = re.compile(r"\((?:単位:?)?(?P<unit>[^()]{1,8})\)\Z")
_LAYOUT_GAP = re.compile(r"(?<![0-9])\s+|\s+(?![0-9\s])")
_GROUP = re.compile(r"\(\?P<(\w+)>")
_FRAMES = {"(": ")", "[": "]", "〔": "〕", "【": "】", "<": ">", "〈": "〉"}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern compiled; a name that several groups have is numbered from the second on."""
    known: Counter[str] = Counter()

    def name(group: re.Match[str]) -> str:
        known[group[1]] += 1
        return f"(?P<{group[1]}>" if known[group[1]] == 1 else f"(?P<{group[1]}_{known[group[1]]}>"

    return re.compile(_GROUP.sub(name, pattern), re.VERBOSE)


def _parts(match: Match, name: str) -> list[str]:
    """What the groups of a name have matched, in their order."""
    keys = (name, f"{name}_2", f"{name}_3")
    return [match[key] for key in keys if key in match.re.groupindex and match[key] is not None]


def _part(match: Match, name: str) -> str:
    """What the last group of a name has matched; empty if none has."""
    return "".join(_parts(match, name)[-1:])


def _squeezed(text: str) -> Folded:
    """Folded, without layout spaces: 令 和 ４ 年 度 is 令和4年度; digits are never joined."""
    folded = fold_with_map(text)
    gaps = {k for match in _LAYOUT_GAP.finditer(folded.text) for k in range(*match.span())}
    kept = [k for k in range(len(folded.text)) if k not in gaps]
    return folded.keep(kept, "".join(folded.text[k] for k in kept)) if gaps else folded


def _placed(period: Period, folded: Folded, span: tuple[int, int], rest: str = "") -> Period:
    start, end = folded.raw_span(*span)
    raw = folded.raw[start:end]
    label = "".join(raw.split())
    return replace(period, label=label, raw=raw, start=start, end=end, rest=rest)


@lru_cache(maxsize=4096)
def parse_period(text: str, *, bare_years: bool = False) -> Period | None:
    """The period that fills the text (in brackets or not); ``None`` if it names none.

    ``bare_years`` lets bare digits (2020, 2019-2023) be years, where the context says so.

    >>> parse_period("Ｒ３").fiscal_year, parse_period("R3.3末").fiscal_year
    (2021, 2020)
    >>> parse_period("令和８年度当初予算").label, parse_period("令和８年度当初予算").rest
    ('令和８年度', '当初予算')
    """
    if len(text) > LABEL_LIMIT:
        return None
    folded = _squeezed(text)
    start, end = 0, len(folded.text)
    if end > 1 and _FRAMES.get(folded.text[0]) == folded.text[-1]:
        start, end = 1, end - 1
    unit = _UNIT_BEHIND.search(folded.text, start, end)
    whole, end = end, unit.start() if unit and find_known_unit(unit["unit"]) else end
    if _BARE_YEARS.fullmatch(folded.text, start, end) and not bare_years:
        return None
    for pattern, make in (*_ALONE.values(), *_IN_TEXT.values()):
        match = _compiled(pattern).match(folded.text, start, end)
        tail = _compiled(_TAIL).fullmatch(folded.text, match.end(), end) if match else None
        period = make(match) if match and tail else None
        if match and tail and period:
            stop = match.end() + len(tail["moment"] or "")
            return _placed(period, folded, (match.start(), stop), folded.text[stop:whole])
    return None


def is_part_of_year(period: Period) -> bool:
    """Whether a label names a month, a day, a quarter or a half without saying of which year."""
    return period.kind in {"month", "date", "half"} and period.fiscal_year is None


def name_part(year_label: str, part: Period) -> str:
    """What a part of a year is called together with the label of its year: 令和４年度 4月."""
    return f"{year_label} {part.label}"


def find_part(year: Period, part: Period) -> Period | None:
    """4月 under 令和4年度 as one period; ``None`` if they are not a year and a part of one.

    January to March of a calendar year (令和5年) belong to the fiscal year before it.

    >>> find_part(parse_period("令和4年度"), parse_period("1月")).fiscal_year
    2022
    >>> find_part(parse_period("令和5年"), parse_period("1月")).fiscal_year
    2022
    """
    if year.kind not in {"fiscal_year", "calendar_year"} or not is_part_of_year(part):
        return None
    label = name_part(year.label, part)
    fiscal_year = year.fiscal_year
    if year.kind == "calendar_year" and fiscal_year is not None and "月" in part.label:
        month = parse_period(f"{fiscal_year}年{part.label}")
        fiscal_year = month.fiscal_year if month is not None else fiscal_year
    return replace(part, label=label, fiscal_year=fiscal_year, number=year.number)


def find_periods(text: str) -> tuple[Period, ...]:
    """Every period that a text names, in reading order, with its place in the raw text.

    Bare western years, baselines and 累計 are words of ordinary prose and not sought.

    >>> [p.fiscal_year for p in find_periods("令和元年度の実績はＲ３.3末に確定した")]
    [2019, 2020]
    """
    folded = fold_with_map(text)
    found: list[Period] = []
    for match, make in _scan(folded.text):
        period = None if _names_no_year(match[0]) else make(match)
        if period is not None:
            found.append(_placed(period, folded, match.span()))
    return tuple(found)


def _scan(text: str) -> Iterator[tuple[Match, Make]]:
    """What the patterns for running text match, the leftmost first and of those the first named.

    One pattern of all alternatives would do the same, and take as long to compile as a small
    report takes to read.
    """
    sought = [(_compiled(pattern), make) for pattern, make in _IN_TEXT.values()]
    ahead: dict[int, Match] = {}
    stale: Iterable[int] = range(len(sought))
    end = 0
    while True:
        for index in stale:
            found = sought[index][0].search(text, end)
            ahead.pop(index, None)
            if found is not None:
                ahead[index] = found
        if not ahead:
            return
        first = min(ahead, key=lambda index: (ahead[index].start(), index))
        yield ahead[first], sought[first][1]
        end = ahead[first].end()
        stale = [index for index, found in ahead.items() if found.start() < end]


def _names_no_year(text: str) -> bool:
    """Whether a match is bare digits (2019～2020), which in prose count rather than date."""
    return text[0].isdigit() and not any(char in "年月日期Q./" for char in text)


def resolve_periods(periods: Sequence[Period], *, current: int | None = None) -> tuple[Period, ...]:
    """Gives bare (3年度) and relative (前年度) labels of a row their western year.

    H30, 元年度, 2年度 become 2018, 2019, 2020: a bare year counts from the label before it, or
    else from the one after it. ``current`` is the document's own fiscal year, for relative ones.
    Labels that cannot be placed stay open.
    """
    resolved = [
        replace(period, fiscal_year=current + period.relative)
        if current is not None and period.relative is not None
        else period
        for period in periods
    ]
    for order in (range(len(resolved)), range(len(resolved) - 1, -1, -1)):
        known = current
        for at in order:
            period = resolved[at]
            if period.fiscal_year is None and period.number is not None and known is not None:
                resolved[at] = replace(period, fiscal_year=nearest_year(period.number, known))
            known = resolved[at].fiscal_year or known
    return tuple(resolved)
