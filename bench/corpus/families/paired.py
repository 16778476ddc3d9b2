"""Cells with two figures, targets in words, and figures with a word in front."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bench.corpus.columns import Column, set_columns
from bench.corpus.model import Block, Fact, Figure, Heading, Leeway, Paragraph
from bench.corpus.notation import round_to
from bench.corpus.series import Series, draw_amounts, draw_series, split_amount
from bench.corpus.words import read_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.corpus.author import Author, Parts
    from bench.corpus.words import IndicatorWord


def compose(author: Author) -> list[Block]:
    """One or two tables, each with its own way to put two figures in a cell."""
    draw = author.draw
    makers = draw.some((_last_year, _with_share, _base_to_goal, _in_words, _two_sources), 2)
    author.traits["pairs"] = "/".join(maker.__name__.strip("_") for maker in makers)
    return [block for maker in makers for block in maker(author)]


def _words(
    author: Author, count: int, fits: Callable[[IndicatorWord], bool]
) -> list[IndicatorWord]:
    return [word for word in author.draw.indicators(999) if fits(word)][:count]


def _name(author: Author) -> Column[Series]:
    unit = author.notation.unit

    def show(series: Series) -> str:
        word = series.word
        return f"{word.name}（{unit(word.unit)}）" if word.unit else word.name

    return Column((author.draw.header("indicator"),), show, "label")


def _last_year(author: Author) -> list[Block]:
    """950 (9500): last year's figure in brackets behind this year's, as a note says."""
    draw, notation = author.draw, author.notation
    years = (author.year - 1, author.year)
    words = _words(author, draw.between(3, 8), lambda word: bool(word.unit))
    rows = [draw_series(draw, word, years) for word in words]
    label = draw.header("actual")
    this, last = map(notation.year, reversed(years))
    left, right = notation.brackets

    def show(series: Series) -> Parts:
        word = series.word
        fact = Fact(
            word.name,
            "actual",
            this,
            years[1],
            unit=word.unit,
            measure_label=label,
            value=series.actuals[years[1]],
        )
        _, now = author.figure(fact)
        _, then = author.figure(
            replace(
                fact,
                period=last,
                fiscal_year=years[0],
                value=series.actuals[years[0]],
                leeway=Leeway(periods=("前年度",)),
            )
        )
        return (now, "\n" if notation.delta_break else " ", left, then, right)

    columns = [_name(author), Column((f"{this}\n{label}",), show)]
    columns.append(Column((draw.header("section"),), lambda _: draw.text("sections"), "text"))
    note = f"※（　）内は前年度（{last}）の値"
    return [Heading("主な指標"), set_columns(author, columns, rows, notes=(note,))]


def _with_share(author: Author) -> list[Block]:
    """91人(7%): a count with its share."""
    draw, notation = author.draw, author.notation
    groups = ["20歳代", "30歳代", "40歳代", "50歳代", "60歳代", "70歳以上"]
    counts = draw_amounts(draw, [1, 2, 2, 3, 4, 4], draw.between(40, 900))
    total = sum(counts, Decimal(0))
    period = notation.year(author.year)

    def show(row: tuple[str, Decimal]) -> Parts:
        fact = Fact(
            row[0],
            "actual",
            period,
            author.year,
            unit="人",
            measure_label="人数",
            value=row[1],
            leeway=Leeway(measures=("amount", "other")),
        )
        number, count = author.figure(fact, unit="人")
        share = round_to(row[1] / total * 100, 1)
        other, figure = author.figure(
            replace(
                fact,
                measure="share",
                unit="％",
                measure_label="割合",
                value=share,
                leeway=Leeway(measures=("rate", "other")),
            ),
            unit="％",
        )
        shares.append((other, number))
        left, right = notation.brackets
        return (count, left, figure, right)

    shares: list[tuple[int, int]] = []
    columns = [
        Column((draw.header("item"),), lambda row: row[0], "label"),
        Column((f"{period}\n人数（割合）",), show),
    ]
    table = set_columns(author, columns, [*zip(groups, counts, strict=True), ("計", total)])
    for share, count in shares:
        author.relate("share", share, [count, shares[-1][1]], rounding="half_up")
    author.relate("total", shares[-1][1], [count for _, count in shares[:-1]])
    return [Heading("年代別の回答者数"), table]


def _base_to_goal(author: Author) -> list[Block]:
    """H26 12.5→H31 15.0: baseline and goal in one cell."""
    draw, notation = author.draw, author.notation
    words = _words(author, draw.between(3, 8), lambda word: bool(word.unit))
    rows = [draw_series(draw, word, (author.year,)) for word in words]
    base, goal = author.year - 5, author.year + 1
    dated = draw.chance(0.5)
    arrow = draw.one(("→", " → ", "⇒"))
    before, after = notation.year(base), notation.year(goal)

    def show(series: Series) -> Parts:
        word = series.word
        fact = Fact(
            word.name,
            "baseline",
            "基準値",
            None,
            unit=word.unit,
            measure_label="基準値",
            value=series.baseline,
            leeway=Leeway(periods=("", before), measures=("actual",), years=(base, None)),
        )
        _, first = author.figure(fact, unit=word.unit)
        _, second = author.figure(
            replace(
                fact,
                measure="target",
                period=after,
                fiscal_year=goal,
                measure_label="目標値",
                value=series.targets[author.year],
                leeway=Leeway(periods=("", "目標値"), years=(None,)),
            ),
            unit=word.unit,
        )
        marks = (f"{before} ", f"{after} ") if dated else ("", "")
        return (marks[0], first, arrow, marks[1], second)

    heading = "基準値→目標値" if dated else f"基準値（{before}）→目標値（{after}）"
    columns = [
        Column((draw.header("indicator"),), lambda s: s.word.name, "label"),
        Column((heading,), show),
    ]
    return [Heading("目標の一覧"), set_columns(author, columns, rows)]


def _in_words(author: Author) -> list[Block]:
    """Targets with bounds (2,000人以上), actuals with 累計 before them or 約."""
    draw, notation = author.draw, author.notation
    words = _words(author, draw.between(3, 8), lambda w: bool(w.unit) and w.low >= 0)
    rows = [draw_series(draw, word, (author.year,)) for word in words]
    year = notation.year(author.year)
    labels = {measure: draw.header(measure) for measure in ("target", "actual")}

    def target(series: Series) -> Parts:
        up = series.word.direction == "up"
        front, back, bound = ("", "以上", "at_least") if up else ("", "以下", "at_most")
        front = draw.one(("", "毎年度", "")) + front
        fact = Fact(
            series.word.name,
            "target",
            year,
            author.year,
            unit=series.word.unit,
            measure_label=labels["target"],
            value=series.targets[author.year],
            bound=bound,
        )
        _, figure = author.figure(fact, unit=series.word.unit)
        return (front, figure, back)

    def actual(series: Series) -> Parts:
        front = draw.one(("", "", "累計", "約"))
        fact = Fact(
            series.word.name,
            "actual",
            year,
            author.year,
            unit=series.word.unit,
            measure_label=labels["actual"],
            value=series.actuals[author.year],
            leeway=Leeway(periods=("累計", f"{year}累計"), years=(None,))
            if front == "累計"
            else Leeway(),
            bound="about" if front == "約" else None,
        )
        _, figure = author.figure(fact, unit=series.word.unit)
        return (front, figure)

    columns = [
        Column((draw.header("indicator"),), lambda s: s.word.name, "label"),
        Column((year, labels["target"]), target),
        Column((year, labels["actual"]), actual),
    ]
    return [Heading("数値目標と実績"), set_columns(author, columns, rows)]


def _two_sources(author: Author) -> list[Block]:
    """債) 104,600 over 他) 32,500 in the funding column of a list of projects."""
    draw, notation = author.draw, author.notation
    names = draw.some(read_words("finance")["projects"], draw.between(3, 9))
    costs = draw_amounts(draw, [1] * len(names), draw.between(9000, 90000))
    label, period = draw.header("budget"), notation.year(author.year)
    unit = "千円"

    def amount(row: tuple[str, Decimal]) -> Parts:
        fact = Fact(
            row[0],
            "budget",
            period,
            author.year,
            unit=unit,
            measure_label=label,
            value=row[1],
            leeway=Leeway(measures=("amount",)),
        )
        totals[row[0]], figure = author.figure(fact)
        return (figure,)

    def sources(row: tuple[str, Decimal]) -> Parts:
        marks = draw.some(("国", "県", "債", "他"), 2)
        parts: list[str | Figure] = []
        numbers = []
        for mark, value in zip(marks, split_amount(draw, row[1], 2), strict=True):
            fact = Fact(
                row[0],
                "amount",
                "",
                author.year,
                unit=unit,
                measure_label=f"財源内訳 {mark}",
                value=value,
                leeway=Leeway(measures=("budget", "other"), periods=(period,), years=(None,)),
            )
            number, figure = author.figure(fact)
            numbers.append(number)
            parts += ["\n"] if parts else []
            parts += [f"{mark}) ", figure]
        author.relate("total", totals[row[0]], numbers, convention="funding")
        return tuple(parts)

    totals: dict[str, int] = {}
    columns = [
        Column((draw.header("project"),), lambda row: row[0], "label"),
        Column((f"{period}\n{label}",), amount),
        Column(("特定財源の内訳",), sources),
    ]
    rows = list(zip(names, costs, strict=True))
    note = f"（単位：{unit}）"
    table = set_columns(author, columns, rows, unit_note=note)
    return [Heading("主要事業"), Paragraph(draw.text("introductions")), table]
