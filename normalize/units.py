"""Units: canonical text, what they measure, how much one of them is, whether they are counted.

``千円`` is ``円`` a thousand times over; ``人/日`` takes the dimension of what is counted; a word
that is no unit we know still is the unit the document printed, of dimension ``other``.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Literal, cast

import regex

from kenzan.normalize.characters import fold

Dimension = Literal[
    "money", "count", "percent", "point", "ratio", "area", "length", "volume", "weight",
    "energy", "time", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as documents print it.

    ``text`` is the printed spelling, folded (％ → %, か所 stays か所), ``canonical`` one spelling
    for all that mean the same (箇所); ``scale`` counts in the base of the dimension (千円 → 1000 円,
    percent in %); ``exact`` says that a printed figure has no rounding of its own (人, 件, 円;
    not 千円, 万人, %).
    """

    text: str
    dimension: Dimension
    scale: Decimal
    exact: bool
    canonical: str


MULTIPLES = {
    "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7,
    "億": 8, "十億": 9, "百億": 10, "千億": 11, "兆": 12, "十兆": 13, "百兆": 14, "千兆": 15, "京": 16,
}  # fmt: skip
MULTIPLE = r"(?:[十百千]?[万億兆]|[十百千]|京)"
_LATIN_ENDS = r"(?![A-Za-z0-9])"


def _read_table() -> dict[str, Unit]:
    """Every known spelling to its unit, canonical spellings first."""
    text = files("kenzan.normalize").joinpath("units.csv").read_text("utf-8")
    rows = [line.split(",") for line in text.splitlines() if not line.startswith("#")][1:]
    table: dict[str, Unit] = {}
    for name, dimension, scale, exact, aliases in rows:
        for spelling in map(fold, (name, *aliases.split())):
            kind = cast("Dimension", dimension)
            table.setdefault(spelling, Unit(spelling, kind, Decimal(scale), exact == "yes", name))
    return table


KNOWN = _read_table()
_NO_UNIT = Unit("", "other", Decimal(1), exact=True, canonical="")
_SLASHES = regex.compile("[／∕毎]")


def _alternatives(words: list[str]) -> str:
    """Longest first; a Latin unit must not run on into more letters or digits."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(
        regex.escape(word) + (_LATIN_ENDS if word[-1].isascii() and word[-1].isalnum() else "")
        for word in ordered
    )


_BASE = f"(?:{_alternatives(list(KNOWN))})"
_PER = rf"(?:\s?[/／∕毎]\s?(?:{MULTIPLE}?{_BASE}|月)|\((?:{_BASE}|月)\))"
UNIT_PATTERN = rf"(?:{MULTIPLE}?{_BASE}{_PER}?|{MULTIPLE})"
_WHOLE = regex.compile(
    rf"(?P<multiple>{MULTIPLE})??(?P<base>{_BASE})?(?P<per>\s?[/／∕毎]\s?(?:{MULTIPLE}?{_BASE}|月))?"
)
_OTHER = regex.compile(r"[^\s\d()（）〔〕［］【】「」、。,:：;！？!?]{1,12}")
_STATED = regex.compile(r"単\s*位\s*[:：/／;\s]?\s*(?P<units>[^()（）〔〕［］\[\]【】\n]{1,40})")
_BRACKETED = regex.compile(r"[(（〔［\[【]\s*([^()（）〔〕［］\[\]【】]{1,20})\s*[)）〕］\]】]")
_SEPARATORS = regex.compile(r"[\s、,，・;；:：･|｜]+|(?<=円|%|人|件)[/／]")


@lru_cache(maxsize=1024)
def parse_unit(text: str) -> Unit | None:
    """The unit that fills the text; ``None`` if the text is too long or no unit at all.

    >>> parse_unit("千円").scale, parse_unit("人／日").text, parse_unit("％").dimension
    (Decimal('1000'), '人/日', 'percent')
    """
    if len(text) > 64:
        return None
    folded = fold(text).strip().replace(" ", "")
    known = find_known_unit(folded)
    if known is not None or not _OTHER.fullmatch(folded):
        return known
    return Unit(folded, "other", Decimal(1), exact=False, canonical=folded)


def find_known_unit(folded: str) -> Unit | None:
    """The unit of a folded text if it is made of known parts only."""
    exact = KNOWN.get(folded)
    if exact is not None:
        return exact
    match = _WHOLE.fullmatch(folded)
    if match is None or not folded:
        return None
    multiple = match["multiple"] or ""
    base = KNOWN.get(match["base"] or "", _NO_UNIT)
    per = match["per"] or ""
    scale = base.scale.scaleb(MULTIPLES.get(multiple, 0))
    exact = base.exact and not multiple and not per
    canonical = f"{multiple}{base.canonical}{_SLASHES.sub('/', per)}"
    return Unit(folded, base.dimension, scale, exact, canonical)


def _known_part(text: str) -> str:
    """The known unit at the end of ``金額千円``; empty if there is none."""
    folded = fold(text).strip()
    for start in range(len(folded)):
        unit = find_known_unit(folded[start:])
        if unit is not None:
            return unit.text
    return ""


def find_stated_unit(text: str) -> tuple[str, ...]:
    """The units a caption or header states, in order; ``()`` if it states none.

    >>> find_stated_unit("（単位：千円、％）"), find_stated_unit("執行率（％）")
    (('千円', '%'), ('%',))
    """
    stated = _STATED.search(text[:2000])
    if stated is not None:
        parts = [_known_part(part) for part in _SEPARATORS.split(stated["units"]) if part]
        whole = parse_unit(_SEPARATORS.sub("", stated["units"]))
        return tuple(part for part in parts if part) or ((whole.text,) if whole else ())
    for match in _BRACKETED.finditer(text[:2000]):
        parts = [part for part in _SEPARATORS.split(match[1]) if part]
        units = [find_known_unit(fold(part).strip()) for part in parts]
        if units and all(units):
            return tuple(unit.text for unit in units if unit)
    return ()
