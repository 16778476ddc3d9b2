"""Period labels: fiscal years in every era notation, months, dates, baselines, 累計, 1年目.

A fiscal year (会計年度) runs from April to March: R3.3 belongs to 2020. A label keeps the year it
names in ``fiscal_year`` only if it stands for that year; baselines and 累計 leave it empty.

Source: 地方自治法 第208条 (fiscal year); eras in eras.toml.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, cast

import regex

from kenzan.normalize.characters import Folded, fold_with_map
from kenzan.normalize.notation import any_of, read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

PeriodKind = Literal[
    "fiscal_year", "calendar_year", "baseline", "cumulative", "date", "month", "ordinal", "range", "half",
]  # fmt: skip

# A label with more characters than this is text.
LABEL_LIMIT = 60
_FIRST_YEAR, _LAST_YEAR = 1868, 2100


@dataclass(frozen=True, slots=True)
class Period:
    """A period as a report names it.

    ``label`` is the period's own part, as printed; ``rest`` what else the text says (当初予算,
    実績), folded. ``fiscal_year`` is the western year of the 会計年度 (for a calendar year the year
    itself); ``None`` for baselines, 累計, ranges and dates without a year. ``year`` and
    ``end_year`` are fiscal years that a label names without standing for them: 基準値（R1）,
    R2～R4. ``number`` is the bare era year (3年度) that needs its era from the context.
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


_DATA: dict[str, Any] = read_words("eras.toml")
_WORDS = _DATA["words"]
_ERAS: dict[str, tuple[int, int]] = {
    form: (era["first"], era["last"])
    for era in _DATA["era"]
    for form in (era["name"], era["letter"], *era["forms"])
}
_NAME = any_of([era["name"] for era in _DATA["era"]])
_Y = r"(?:[0-9]{1,2}|元)"
_LETTER = rf"[RHS][.]?{_Y}(?![0-9])|[MT]{_Y}(?=年)"
_ERA_YEAR = rf"(?:{_NAME}{_Y}(?![0-9])|(?<![A-Za-z0-9])(?:{_LETTER}))"
_WESTERN = r"(?<![0-9.,])(?:18|19|20)[0-9]{2}(?![0-9.,])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_MOMENT = any_of(_WORDS["moment"])
_BASELINE = any_of(_WORDS["baseline"])
_CUMULATIVE = any_of(_WORDS["cumulative"])
_HALF = any_of([*_WORDS["first_half"], *_WORDS["second_half"]])
_YEAR = rf"(?:{_ERA_YEAR}|{_WESTERN})"
_WESTERN_LOOSE = r"(?<![0-9.,])(?:18|19|20)[0-9]{2}"

# Years: R3, 令和3年度, 2020年度, H31/R1, 平成31年度(令和元年度), 令和元(2019)年度.
_FISCAL = rf"""(?P<year>{_YEAR})(?P<suffix>年度|年|)(?:[(/・]?(?P<again>{_YEAR})(?P<suffix2>年度|年|)\)?(?:年度|年|))?"""
_DATE = rf"""(?P<dy>{_ERA_YEAR}|{_WESTERN_LOOSE})(?:
    [./-](?P<dm>{_MONTH})[./-](?P<dd>{_DAY})(?![0-9./])
  | 年(?P<dm>{_MONTH})月(?P<dd>{_DAY})日)"""
_IN_MONTH = rf"""(?P<my>{_ERA_YEAR}|{_WESTERN_LOOSE})(?:[./](?P<mm>{_MONTH})(?![0-9./,])|年(?P<mm>{_MONTH})月(?![0-9]))"""
_PLAIN_DATE = rf"(?<![0-9./])(?P<pm>{_MONTH})月(?P<pd>{_DAY})日"
_ORDINAL = r"(?<![0-9])(?:第)?(?P<nth>[0-9]{1,2})(?:年目|年次|か年目|ヶ年目|カ年目|年度目)|(?P<first>初年度|初年目|開始年度)"
_BARE = rf"(?<![0-9A-Za-z])(?P<bare>{_Y})年度"


def _compile(body: str) -> regex.Pattern[str]:
    return regex.compile(body, regex.VERBOSE)


_RANGE = _compile(
    rf"(?P<low>{_YEAR})(?:年度|年)?(?:～|〜|~|-|－|―|から)(?P<high>{_YEAR}|[0-9]{{1,2}}(?![0-9.]))(?:年度|年)?(?:まで)?"
)
_SCANNED = (
    ("range", _RANGE),
    ("date", _compile(_DATE)),
    ("month", _compile(_IN_MONTH)),
    ("half", _compile(rf"(?P<hy>{_YEAR})?(?:年度|年)?(?P<half>{_HALF}|第[1-4]四半期|[1-4]Q)")),
    ("year", _compile(_FISCAL)),
    ("plain_date", _compile(_PLAIN_DATE)),
    ("ordinal", _compile(_ORDINAL)),
    ("bare", _compile(_BARE)),
)
_ANY = _compile("|".join(f"(?P<as_{kind}>{pattern.pattern})" for kind, pattern in _SCANNED))
_ONLY_WHOLE = (
    (
        "cumulative",
        _compile(
            rf"(?P<cy>{_YEAR})?(?:年度|年)?(?:まで|末)?の?(?P<cumulative>{_CUMULATIVE})|[0-9]{{1,2}}(?:年間|か年|ヶ年|カ年)(?:の?(?:累計|計|合計))"
        ),
    ),
    (
        "baseline",
        _compile(
            rf"(?P<baseline>{_BASELINE})(?:[(:]?(?P<by>{_YEAR})(?:年度|年)?(?:{_MOMENT})?\)?)?|(?P<by>{_YEAR})(?:年度|年)?[(](?P<baseline>{_BASELINE})[)]"
        ),
    ),
    ("only_month", _compile(rf"(?P<om>{_MONTH})月末?")),
)
_TAIL = _compile(rf"(?:{_MOMENT})?(?:{any_of(_WORDS['tail'])})?(?:{_MOMENT})?")
_EDGES = "()[]（）〔〕【】［］<>〈〉"


def era_year(text: str) -> int | None:
    """The western year of R3, 令和元 or 2021; ``None`` beyond what its era can mean."""
    folded = text.replace(".", "")
    if folded[:4].isdigit() and len(folded) == 4:
        return int(folded) if _FIRST_YEAR <= int(folded) <= _LAST_YEAR else None
    form = next((form for form in _ERAS if folded.startswith(form)), "")
    count = folded[len(form) :]
    number = 1 if count == "元" else int(count) if count.isdigit() else 0
    first, last = _ERAS.get(form, (0, 0))
    return first + number - 1 if 1 <= number <= last else None


def _fiscal(year: int | None, month: str | None) -> int | None:
    """The fiscal year a month of a calendar year belongs to."""
    return None if year is None else year - (month is not None and int(month) < 4)


def _from_range(m: regex.Match[str]) -> Period | None:
    low = era_year(m["low"])
    high = era_year(m["high"])
    if low is not None and high is None and m["high"].isdigit():
        first = low - int(regex.sub(r"\D", "", m["low"].replace("元", "1"))[-2:]) if low else 0
        high = first + int(m["high"])
    if low is None or high is None or high < low:
        return None
    return Period("range", None, "", year=low, end_year=high)


def _from_year(m: regex.Match[str]) -> Period | None:
    year = era_year(m["year"])
    again = era_year(m["again"]) if m["again"] else year
    if year is None or again != year:
        return None
    suffix = m["suffix2"] or m["suffix"]
    return Period("calendar_year" if suffix == "年" else "fiscal_year", year, "")


def _from_half(m: regex.Match[str]) -> Period | None:
    year = era_year(m["hy"]) if m["hy"] else None
    part = m["half"]
    second = part in _WORDS["second_half"]
    nth = (
        int(regex.search("[1-4]", part)[0])
        if part[-1:] in "期Q" and part[:1] in "第1234"
        else 1 + second
    )  # type: ignore[index]
    return Period("half", year, "", ordinal=nth)


def _from_ordinal(m: regex.Match[str]) -> Period | None:
    nth = int(m["nth"]) if m["nth"] else 1
    return Period("ordinal", None, "", ordinal=nth) if nth else None


def _from_bare(m: regex.Match[str]) -> Period | None:
    """元年度 is 2019 today; another bare year waits for its era."""
    number = 1 if m["bare"] == "元" else int(m["bare"])
    return (
        Period("fiscal_year", 2019 if m["bare"] == "元" else None, "", number=number)
        if number
        else None
    )


def _from_baseline(m: regex.Match[str]) -> Period | None:
    return Period("baseline", None, "", year=era_year(m["by"]) if m["by"] else None)


def _from_cumulative(m: regex.Match[str]) -> Period | None:
    return Period("cumulative", None, "", year=era_year(m["cy"]) if m["cy"] else None)


_MAKERS = {
    "range": _from_range,
    "date": lambda m: Period("date", _fiscal(era_year(m["dy"]), m["dm"]), ""),
    "month": lambda m: Period("month", _fiscal(era_year(m["my"]), m["mm"]), ""),
    "half": _from_half,
    "year": _from_year,
    "plain_date": lambda _m: Period("date", None, ""),
    "ordinal": _from_ordinal,
    "bare": _from_bare,
    "cumulative": _from_cumulative,
    "baseline": _from_baseline,
    "only_month": lambda _m: Period("month", None, ""),
}


def _squeezed(text: str) -> Folded:
    """Folded, without any space: 令 和 ４ 年 度 is 令和4年度."""
    folded = fold_with_map(text)
    kept = [k for k, char in enumerate(folded.text) if not char.isspace()]
    return folded.keep(kept, "".join(folded.text[k] for k in kept))


def _placed(period: Period, folded: Folded, span: tuple[int, int], rest: str) -> Period:
    start, end = folded.raw_span(*span)
    raw = folded.raw[start:end]
    return replace(period, label=raw, raw=raw, start=start, end=end, rest=rest)


@lru_cache(maxsize=4096)
def parse_period(text: str, *, bare_years: bool = False) -> Period | None:
    """The period that fills the text (brackets around it allowed); ``None`` if it names none.

    ``bare_years`` lets a bare 2020 be a year, where the context says that it is one.

    >>> parse_period("Ｒ３").fiscal_year, parse_period("R3.3末").fiscal_year
    (2021, 2020)
    >>> parse_period("令和８年度当初予算").rest
    '当初予算'
    """
    if len(text) > LABEL_LIMIT:
        return None
    folded = _squeezed(text)
    body = folded.text.strip(_EDGES + "※・:")
    if folded.text.count("(") - body.count("(") != folded.text.count(")") - body.count(")"):
        body = folded.text
    at = folded.text.find(body)
    if not body or (_bare_western(body) and not bare_years):
        return None
    for kind, pattern in (*_ONLY_WHOLE, *_SCANNED):
        match = pattern.match(folded.text, at, at + len(body))
        tail = _TAIL.fullmatch(folded.text, match.end(), at + len(body)) if match else None
        period = _MAKERS[kind](match) if match and tail else None
        if period is not None and match is not None and tail is not None:
            return _placed(period, folded, match.span(), tail[0])
    return None


def _bare_western(body: str) -> bool:
    return len(body) == 4 and body.isdigit()


def find_periods(text: str) -> tuple[Period, ...]:
    """Every period that a text names, in reading order, with its place in the raw text.

    Bare western years, baselines and 累計 are words of ordinary prose and not sought.

    >>> [p.fiscal_year for p in find_periods("令和元年度から令和３年度の実績")]
    [2019, 2021]
    """
    folded = fold_with_map(text)
    found: list[Period] = []
    for match in _ANY.finditer(folded.text):
        kind = next(kind for kind, _ in _SCANNED if match[f"as_{kind}"] is not None)
        period = _MAKERS[kind](match)
        if period is not None and not (kind == "year" and _bare_western(match[0])):
            found.append(_placed(period, folded, match.span(), ""))
    return tuple(found)


def resolve_periods(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Gives bare era years (3年度) their western year from the labels before them in a row.

    H30, 元年度, 2年度 become 2018, 2019, 2020: a bare year counts on from the year before it,
    or back from the first full one after it. Labels that cannot be placed stay open.
    """
    resolved = list(periods)
    for order in (range(len(resolved)), range(len(resolved) - 1, -1, -1)):
        known: int | None = None
        for at in order:
            period = resolved[at]
            if period.fiscal_year is None and period.number is not None and known is not None:
                year = _nearest(period.number, known)
                resolved[at] = replace(period, fiscal_year=year)
            known = resolved[at].fiscal_year or known
    return tuple(resolved)


def _nearest(number: int, known: int) -> int:
    """The year of this number, in the era that brings it nearest to a known year."""
    firsts = {first for first, last in _ERAS.values() if number <= last}
    return min((first + number - 1 for first in firsts), key=lambda year: abs(year - known))
