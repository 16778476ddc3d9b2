"""KZ503 同じ指標の中で単位が異なる / Units differ within an indicator.

What it checks:
    The units that are printed with the targets, actuals and baselines of one indicator.
Why it matters:
    12,672人 and 8,016件 cannot be compared; a unit copied from the neighbouring indicator is a
    common slip.
Formula:
    All figures of one indicator that print a unit print the same one. The unit that most of them
    print is taken for the indicator's; with a tie nobody is accused.

Example:
    目標 12,672人, 12,672人, 13,672人; 実績 8,016件.
Leaves alone:
    Rates, shares and changes, which have units of their own; figures without a printed unit;
    figures that share a cell, each with a name of its own; units that differ only by a multiple
    (千円, 円) or are written in two ways.
Source:
    統計表における機械判読可能なデータの表記方法の統一ルール (総務省, 2020), 単位.
日本語:
    確かめること: 一つの指標の目標・実績・基準値に、同じ単位が付いているか。
    大切な理由: 12,672人 と 8,016件 は比べられません。隣の指標の単位を写してしまう例がよくありま
        す。
    指摘しないもの: 率・構成比・増減（単位が別にある）、単位のない数値、一つの欄にそれぞれの名と
        ともに並ぶ数値、千円と円のように倍率だけが違う単位や書き方だけが違う単位。
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kenzan.audit.equation import to_operand
from kenzan.audit.rule import Draft, Outcome, Rule
from kenzan.errors import NumberSyntaxError
from kenzan.normalize.numbers import parse_number
from kenzan.normalize.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit.facts import Facts
    from kenzan.audit.figures import Figure
    from kenzan.audit.series import Series

_COMPARED = {"target", "actual", "baseline"}


def check(facts: Facts) -> Iterator[Outcome]:
    """Every indicator with at least three figures that print a unit."""
    for series in facts.series:
        units = list(_find_units(facts, series))
        counts = Counter(unit for _, unit in units)
        ranked = counts.most_common(2)
        if len(units) < 3 or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
            continue
        for figure, unit in units:
            yield _outcome(facts, figure, unit, ranked[0][0])


def _find_units(facts: Facts, series: Series) -> Iterator[tuple[Figure, str]]:
    for moment in series.moments:
        for (measure, _, qualifier), position in moment.slots.items():
            figure = facts.index.find(position, "value")
            if figure is not None and measure in _COMPARED and not qualifier:
                unit = read_unit(figure.raw)
                if unit:
                    yield figure, unit


def read_unit(raw: str) -> str:
    """The unit printed with a figure, without its multiple; empty if there is none."""
    try:
        unit = parse_unit(parse_number(raw).unit)
    except NumberSyntaxError:
        return ""
    if unit is None:
        return ""
    return unit.text if unit.dimension == "other" else f"{unit.dimension}:{unit.text[-1:]}"


def _outcome(facts: Facts, figure: Figure, unit: str, usual: str) -> Outcome:
    subject = facts.subject_of(figure)
    judged = to_operand(facts, figure)
    if unit == usual:
        return Outcome("consistent", subject, figure.raw, judged=judged)
    raw, other = figure.raw.strip(), usual.rsplit(":", maxsplit=1)[-1]
    draft = Draft(
        subject,
        f"{raw} の単位が同じ指標の他の数値（{other}）と異なる。",
        f"The unit of {raw} differs from that of the other figures of the indicator ({other}).",
        printed=figure.raw,
        key="unit",
    )
    return Outcome("inconsistent", subject, figure.raw, judged=judged, finding=draft)


RULE = Rule(
    id="KZ503",
    slug="unit-differs",
    title_ja="同じ指標の中で単位が異なる",
    title_en="Units differ within an indicator",
    severity="warning",
    check=check,
)
