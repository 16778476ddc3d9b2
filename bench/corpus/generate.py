"""Seed in, document with its truth out: the front door of the corpus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bench.corpus.author import Author
from bench.corpus.draw import Draw
from bench.corpus.families import (
    budget,
    decoys,
    forms,
    funding,
    indicator_rows,
    levels,
    measure_subrows,
    paired,
    sheets,
    supplement,
    trends,
    years_by_indicator,
)
from bench.corpus.model import Document, Generated, Heading, Paragraph, Table
from bench.corpus.notation import draw_notation
from bench.corpus.widths import column_widths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.corpus.model import Block, HeaderSet, Rules

_COMPOSERS: dict[str, Callable[[Author], list[Block]]] = {
    "years_by_indicator": years_by_indicator.compose,
    "indicator_rows": indicator_rows.compose,
    "measure_subrows": measure_subrows.compose,
    "forms": forms.compose,
    "budget": budget.compose,
    "supplement": supplement.compose,
    "funding": funding.compose,
    "levels": levels.compose,
    "trends": trends.compose,
    "paired": paired.compose,
    "sheets": sheets.compose,
}
FAMILIES = (*_COMPOSERS, "mixed")
_RULES: tuple[tuple[Rules, int], ...] = (
    ("full", 6),
    ("horizontal", 2),
    ("outline", 1),
    ("none", 2),
)
_PORTRAIT, _SMALL = 511.0, 7.0
_LANDSCAPE = {
    "indicator_rows": 0.6,
    "funding": 0.6,
    "measure_subrows": 0.3,
    "years_by_indicator": 0.3,
}


def generate(
    seed: int, family: str, header_set: HeaderSet = "common", rules: Rules | None = None
) -> Generated:
    """A document of the family. Equal arguments give equal documents.

    ``rules`` fixes how its tables are ruled; drawn at random if ``None``.
    Raises ``KeyError`` for an unknown family.
    """
    draw = Draw(f"{family}/{header_set}/{seed}", header_set)
    author = Author(
        draw=draw,
        notation=draw_notation(draw),
        year=draw.between(2019, 2025),
        city=draw.text("cities"),
        rules=rules or draw.random.choices(*zip(*_RULES, strict=True))[0],
    )
    body = _body(author, family)
    blocks = _title(author, family) + body
    if draw.chance(0.2):
        blocks += decoys.compose(author)
    wide = draw.chance(_LANDSCAPE.get(family, 0.15)) or "beside" in author.traits
    document = Document(
        name=f"{family}-{header_set}-{seed:05d}" + (f"-{rules}" if rules else ""),
        blocks=tuple(blocks),
        landscape=wide or _too_wide(blocks),
        label=f"資料{draw.one('１２３４５６７８')}" if draw.chance(0.4) else "",
        page_numbers=draw.chance(0.7),
        size=float(draw.one((8, 9, 9, 10))),
    )
    author.traits |= {"rules": author.rules, "era": author.notation.era}
    return Generated(
        seed,
        family,
        header_set,
        document,
        tuple(author.facts),
        tuple(author.relations),
        author.traits,
    )


def _too_wide(blocks: Sequence[Block]) -> bool:
    """Whether an upright page would force a table into very small type."""
    tables = (block for block in blocks if isinstance(block, Table))
    return any(column_widths(table, _PORTRAIT, 9)[1] < _SMALL for table in tables)


def _title(author: Author, family: str) -> list[Block]:
    lists = {
        "forms": "form_titles",
        "sheets": "form_titles",
        "budget": "budget_titles",
        "levels": "budget_titles",
        "trends": "settlement_titles",
        "supplement": "supplement_titles",
        "funding": "settlement_titles",
    }
    if author.traits.get("kind") == "settlement":
        lists["budget"] = "settlement_titles"
    number = str(author.draw.between(1, 6))
    title = author.draw.text(
        lists.get(family, "report_titles"),
        city=author.city,
        year=_title_year(author),
        n=number,
        month=author.draw.one(("６", "９", "12", "３")),
    )
    return [Heading(title, 0)]


def _title_year(author: Author) -> str:
    """The year without the 度 that the titles bring along; a bare R3 would not stand in one."""
    label = author.notation.year(author.year)
    if not label.endswith("年度"):
        label = replace(author.notation, era="令和3年度").year(author.year)
    return label.removesuffix("度")


def _body(author: Author, family: str) -> list[Block]:
    if family != "mixed":
        return _COMPOSERS[family](author)
    draw = author.draw
    names = draw.some(sorted(_COMPOSERS), draw.between(2, 3))
    author.traits["mix"] = "/".join(names)
    blocks: list[Block] = []
    for number, name in enumerate(names):
        if number and draw.chance(0.4):
            blocks += decoys.compose(author)
        draw.forget_headers()
        blocks.append(Paragraph(draw.text("introductions")))
        blocks += _COMPOSERS[name](author)
    return blocks
