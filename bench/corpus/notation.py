"""How one document prints its figures and years: widths, signs, brackets, eras, missing marks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.corpus.draw import Draw

_WIDE = str.maketrans(
    "0123456789.,+-()%ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "０１２３４５６７８９．，＋－（）％ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ",
)
ERAS = ("R3", "Ｒ３", "R3年度", "令和3年度", "令和３年度", "2021年度", "2021", "both")
_ERA_WEIGHTS = (5, 5, 3, 5, 5, 3, 1, 1)


def widen(text: str) -> str:
    """The text with its ASCII letters, digits and signs set full-width."""
    return text.translate(_WIDE)


@dataclass(frozen=True, slots=True)
class Notation:
    """The habits of one author. ``minus`` may hold a space after the mark (``△ ``)."""

    wide: bool = False
    grouped: bool = True
    minus: str = "-"
    delta_minus: str = "-"
    plus: str = "+"
    brackets: tuple[str, str] = ("(", ")")
    delta_break: bool = True
    percent: str = "％"
    era: str = "R3"
    first_year: str = "元"
    none_mark: str = "―"
    pending_mark: str = ""
    spread: bool = False

    def number(self, value: Decimal, *, signed: bool = False, delta: bool = False) -> str:
        """The figure without unit, every printed decimal kept; ``signed`` marks a plus too."""
        digits = f"{abs(value):,f}" if self.grouped else f"{abs(value):f}"
        digits = widen(digits) if self.wide else digits
        if value < 0:
            return (self.delta_minus if delta else self.minus) + digits
        return self.plus + digits if signed else digits

    def unit(self, unit: str) -> str:
        """The unit as this author prints it."""
        return unit.replace("％", self.percent)

    def delta(self, value: Decimal) -> str:
        """The change in its brackets."""
        return self.brackets[0] + self.number(value, signed=True, delta=True) + self.brackets[1]

    def year(self, fiscal_year: int) -> str:
        """The label of a fiscal year, such as Ｒ３ or 令和３年度."""
        era = self.era
        if era in ("2021年度", "2021"):
            return f"{fiscal_year}{era[4:]}"
        if era == "both":
            return f"{self._name(fiscal_year)}年度（{fiscal_year}年度）"
        if era in ("令和3年度", "令和３年度"):
            name = self._name(fiscal_year)
            return f"{widen(name) if '３' in era else name}年度"
        letter = self._short(fiscal_year)
        return widen(letter) if era == "Ｒ３" else letter + era[2:]

    def _name(self, fiscal_year: int) -> str:
        if fiscal_year >= 2019:
            number = fiscal_year - 2018
            return "令和元" if number == 1 and self.first_year == "元" else f"令和{number}"
        return f"平成{fiscal_year - 1988}"

    def _short(self, fiscal_year: int) -> str:
        if fiscal_year >= 2019:
            number = fiscal_year - 2018
            return "R元" if number == 1 and self.first_year == "元" else f"R{number}"
        return f"H{fiscal_year - 1988}"

    def label(self, text: str) -> str:
        """A short label, spread out with full-width spaces where the author does so."""
        return "　".join(text) if self.spread and len(text) in (2, 3) else text


def draw_notation(draw: Draw) -> Notation:
    """The habits of an author, at random, in believable combinations."""
    minus = draw.one(("-", "-", "△", "△", "▲", "▲", "−", "－", "△ ", "▲ "))
    wide = draw.chance(0.15)
    brackets = draw.one((("(", ")"), ("(", ")"), ("（", "）")))
    return Notation(
        wide=wide,
        grouped=draw.chance(0.9),
        minus=minus,
        delta_minus=draw.one((minus.strip(), "-", "△")),
        plus=draw.one(("+", "+", "＋")) if not wide else "＋",
        brackets=brackets,
        delta_break=draw.chance(0.7),
        percent=draw.one(("％", "%")),
        era=draw.random.choices(ERAS, _ERA_WEIGHTS)[0],
        first_year=draw.one(("元", "元", "1")),
        none_mark=draw.one(("―", "－", "-", "—", "該当なし")),
        pending_mark=draw.one(("", "", "未集計", "集計中", "未確定")),
        spread=draw.chance(0.25),
    )


def round_to(value: Decimal, decimals: int) -> Decimal:
    """Half up, with exactly ``decimals`` digits after the point."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP")
