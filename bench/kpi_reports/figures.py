"""The indicators of a report: figures drawn, changes computed as its convention has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from bench.kpi_reports.model import Cell, Kpi

if TYPE_CHECKING:
    from random import Random

    from bench.kpi_reports.model import KpiReport

Kind = tuple[str, str, int, int, int]
# name, unit, least and most of the first value, decimals
KINDS = (
    ("地域商社の売上高", "円", 0, 9_000_000, 0),
    ("ふるさと産品の販売額", "千円", 500, 90_000, 0),
    ("体験プログラムの参加者数", "人", 100, 30_000, 0),
    ("道の駅の来場者数", "人", 20_000, 900_000, 0),
    ("新規創業件数", "件", 0, 40, 0),
    ("移住者数（相談窓口経由）", "人", 0, 90, 0),
    ("空き家バンクの成約件数", "件", 1, 60, 0),
    ("15～29歳の転出超過数", "人", 20, 600, 0),
    ("住み続けたいと思う市民の割合", "％", 40, 80, 1),
    ("スマート農業に取り組む経営体数", "経営体", 0, 30, 0),
    ("開発した商品の数", "個", 0, 30, 0),
    ("延べ宿泊者数", "人泊", 1_000, 70_000, 0),
    ("サテライトオフィスの誘致数", "社", 0, 12, 0),
    ("公共交通の利用回数", "回", 2_000, 300_000, 0),
    ("健康教室を実施した箇所数", "箇所", 3, 90, 0),
    ("関係人口として登録した人の数", "人", 0, 3_000, 0),
)
_MET = ("目標を達成した。", "達成済み", "目標値を上回り達成している。")
_UNMET = ("現在のところ達成できていない。", "目標未達成である。", "達成には至っていない。")
_REASONS = (
    "感染症の影響によりイベントの中止が相次ぎ、目標未達成となった。今後は実施方法を見直し取組を進める。",
    "関係者との協議に時間を要したため、事業の着手が遅れ目標未達となった。今後、計画的に進める。",
    "燃料費の高騰により利用が伸び悩み、目標に届かなかった。引き続き周知に取り組む。",
)


@dataclass(slots=True)
class _Style:
    """How figures are printed in the whole report."""

    brackets: tuple[str, str]
    plus: str
    minus: str

    def delta(self, value: Decimal) -> str:
        opening, closing = self.brackets
        return f"{opening}{self.minus if value < 0 else self.plus}{abs(value):,}{closing}"

    def value(self, value: Decimal, unit: str) -> str:
        return f"{self.minus if value < 0 else ''}{abs(value):,}{unit}"


@dataclass(slots=True)
class _Course:
    """The figures of an indicator over the years: ``None`` where still to come."""

    base: Decimal
    targets: list[Decimal] = field(default_factory=list)
    actuals: list[Decimal | None] = field(default_factory=list)


class KpiMaker:
    """Makes the indicators of one report, all in its style and by its convention."""

    def __init__(self, draw: Random, report: KpiReport, years: list[int], reported: int) -> None:
        self._draw = draw
        self._report = report
        self._years = years
        self._reported = reported
        brackets = draw.choice((("(", ")"), ("（", "）")))
        self._style = _Style(brackets, draw.choice("+＋"), draw.choice("-－△▲"))

    def make(self, letter: str, kind: Kind) -> Kpi:
        """An indicator of a kind, for the project of this letter."""
        name, unit, *_ = kind
        kpi = Kpi(name, unit)
        course = self._draw_course(kind)
        for measure in ("target", "actual"):
            raw = self._style.value(course.base, unit)
            kpi.cells.append(
                Cell(
                    letter,
                    name,
                    self._report.periods[0],
                    None,
                    measure,
                    course.base,
                    None,
                    "reported",
                    raw,
                    "",
                )
            )
        skipped = len(self._years) - 1 if self._draw.random() < 0.12 else 0
        for place in range(len(self._years)):
            for measure in ("target", "actual"):
                kpi.cells.append(self._cell(letter, kpi, course, (place, measure), place < skipped))
        self._tell(kpi, course, skipped)
        return kpi

    def _draw_course(self, kind: Kind) -> _Course:
        _, _, least, most, decimals = kind
        draw, step = self._draw, Decimal(1).scaleb(-kind[4])
        tenths = step * draw.randint(0, 9) if decimals else Decimal(0)
        course = _Course(Decimal(draw.randint(least, most)).quantize(step) + tenths)
        span = Decimal(draw.randint(1, max(2, (most - least) // 8)))
        value = course.base
        for place in range(len(self._years)):
            value += (span * draw.choice((0, 1, 1, 2)) / draw.choice((1, 2, 4))).quantize(step)
            course.targets.append(value)
            off = (span * draw.randint(-14, 9) / 10).quantize(step)
            known = place < self._reported
            course.actuals.append(max(value + off, Decimal(0).quantize(step)) if known else None)
        return course

    def _cell(
        self,
        letter: str,
        kpi: Kpi,
        course: _Course,
        at: tuple[int, Literal["target", "actual"]],
        skipped: bool,
    ) -> Cell:
        place, measure = at
        period, year = self._report.periods[place + 1], self._years[place]
        figure = course.targets[place] if measure == "target" else course.actuals[place]
        if skipped:
            return Cell(
                letter, kpi.name, period, year, measure, None, None, "not_applicable", "―", ""
            )
        if figure is None:
            return Cell(letter, kpi.name, period, year, measure, None, None, "not_reported", "", "")
        delta = figure - self._reference(course, place, measure)
        return Cell(
            letter,
            kpi.name,
            period,
            year,
            measure,
            figure,
            delta,
            "reported",
            self._style.value(figure, kpi.unit),
            self._style.delta(delta),
        )

    def _reference(self, course: _Course, place: int, measure: str) -> Decimal:
        """What the change of a cell is measured against."""
        way = self._report.convention
        if way == "same-target" and measure == "actual":
            return course.targets[place]
        if way == "baseline" or place == 0:
            return course.base
        if way == "previous-actual" and measure == "actual":
            before = course.actuals[place - 1]
            assert before is not None
            return before
        return course.targets[place - 1]

    def _tell(self, kpi: Kpi, course: _Course, skipped: int) -> None:
        """What the report says of the newest actual."""
        newest = self._reported - 1
        actual = course.actuals[newest]
        if newest < skipped or actual is None:
            return
        met = actual >= course.targets[newest]
        kpi.status_text = self._draw.choice(_MET if met else _UNMET)
        kpi.reason = "" if met else self._draw.choice(_REASONS)
