"""KZ603 和暦と西暦が食い違う / Era year and western year differ.

What it checks:
    Labels that give a year twice, by era and in the western calendar.
Why it matters:
    Joining the table with others by the western year puts its figures into the wrong year.
Formula:
    令和 n = 2018 + n, 平成 n = 1988 + n, 昭和 n = 1925 + n; both years of a label are the same.
Example:
    令和3年度（2020年度）.
Leaves alone:
    Labels with one year only; ranges of years; months, whose fiscal year may differ.
Source:
    元号法; 会計年度 (地方自治法 第208条).
日本語:
    確かめること: 「令和3年度（2020年度）」のように和暦と西暦を並べた見出しで、二つが同じ年か。
    大切な理由: 西暦でほかの表とつなぐと、数値が別の年度に入ってしまいます。
    指摘しないもの: 年が一つだけの見出し、期間の見出し、月（会計年度が変わることがある）。
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kenzan.audit.figures import find_place
from kenzan.audit.rule import Draft, Outcome, Rule, Subject
from kenzan.normalize.characters import fold
from kenzan.normalize.periods import parse_period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.schemas.geometry import Place

_YEARS = {"fiscal_year", "calendar_year"}
_MARKS = re.compile(r"[()（）/／]")
_WESTERN = re.compile(r"((?:19|20)\d{2})(?:年度?)?")


def check(facts: Facts) -> Iterator[Outcome]:
    """Every label that gives a year twice."""
    seen: set[str] = set()
    for label, place in _find_labels(facts):
        if label not in seen:
            seen.add(label)
            years = read_both_years(label)
            if years is not None:
                yield _outcome(label, place, years)


def _find_labels(facts: Facts) -> Iterator[tuple[str, Place | None]]:
    for row in facts.report.observations:
        if row.period:
            yield row.period, find_place(row, "value")
    for table in facts.report.tables:
        for header in (*table.rows, *table.columns):
            for label in header.path:
                yield label, header.place


def read_both_years(label: str) -> tuple[int, int] | None:
    """The era year and the western year of a label, both western; ``None`` if it has not both.

    >>> read_both_years("令和3年度（2020年度）"), read_both_years("令和3年度")
    ((2021, 2020), None)
    """
    if len(label) > 40:
        return None
    pieces = [fold(piece).strip() for piece in _MARKS.split(label) if piece.strip()]
    western = [int(found[1]) for piece in pieces if (found := _WESTERN.fullmatch(piece))]
    periods = [parse_period(piece) for piece in pieces if not _WESTERN.fullmatch(piece)]
    era = [one.fiscal_year for one in periods if one is not None and one.kind in _YEARS]
    if len(western) != 1 or len(era) != 1 or era[0] is None:
        return None
    return era[0], western[0]


def _outcome(label: str, place: Place | None, years: tuple[int, int]) -> Outcome:
    subject = Subject(period=label, place=place)
    if years[0] == years[1]:
        return Outcome("consistent", subject, label)
    draft = Draft(
        subject,
        f"「{label}」の和暦は {years[0]} 年、西暦は {years[1]} 年で食い違う。",
        f"The era year of {label} is {years[0]}, its western year {years[1]}.",
        printed=label,
        key="era",
    )
    return Outcome("inconsistent", subject, label, finding=draft)


RULE = Rule(
    id="KZ603",
    slug="era-mismatch",
    title_ja="和暦と西暦が食い違う",
    title_en="Era year and western year differ",
    severity="warning",
    check=check,
)
