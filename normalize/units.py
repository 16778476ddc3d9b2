"""Units: canonical text, what they measure, how much one of them is, whether they are counted.

``千円`` is ``円`` a thousand times over; ``人/日`` takes the dimension of what is counted; a word
that is no unit we know still is the unit the document printed, of dimension ``other``.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import Literal, cast

from kenzan.normalize.characters import fold
from kenzan.normalize.lexicon import Lexicon
from kenzan.schemas.data_files import read_text
from kenzan.schemas.records import dataclass

Dimension = Literal[
    "money", "count", "percent", "point", "ratio", "area", "length", "volume", "weight",
    "energy", "time", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as documents print it.

    ``text`` is the printed spelling, folded (％ → %, か所 stays か所), ``canonical`` one spelling
    for all that mean the same (箇所). ``scale`` counts in the base of the dimension (千円 →
    1000 円, percent in %). ``exact`` says that a printed figure has no rounding of its own
    (人, 件, 円; not 千円, 万人, %).
    """

    text: str
    dimension: Dimension
    scale: Decimal
    exact: bool
    canonical: str


# Powers of ten.
MULTIPLES = {
    "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "億": 8, "十億": 9,
    "百億": 10, "千億": 11, "兆": 12, "十兆": 13, "百兆": 14, "千兆": 15, "京": 16,
}  # fmt: skip


def _read_table() -> dict[str, Unit]:
    """Every known spelling to its unit."""
    text = read_text("kenzan.normalize", "units.csv")
    rows = [line.split(",") for line in text.splitlines() if not line.startswith("#")][1:]
    table: dict[str, Unit] = {}
    for name, dimension, scale, exact, aliases in rows:
        for spelling in map(fold, (name, *aliases.split())):
            kind = cast("Dimension", dimension)
            table.setdefault(spelling, Unit(spelling, kind, Decimal(scale), exact == "yes", name))
    return table


KNOWN = _read_table()
_NO_UNIT = Unit("", "other", Decimal(1), exact=True, canonical="")
_EXACT = Context(prec=60)
_BASES = Lexicon(KNOWN)
_MULTIPLES = Lexicon(MULTIPLES)
# What a figure can be per: 5回/月 names no length of time by itself, so 月 is no unit alone.
_SHARES = {spelling for spelling, unit in KNOWN.items() if unit.dimension in {"percent", "point"}}
_PER_BASES = Lexicon([*(KNOWN.keys() - _SHARES), "月", "年度", "人当たり", "人あたり"])
_PER = re.compile(r"\s?[/／∕毎]\s?")
# 5.2人/10万人; a round number without 千 or 万 would rather be the other figure of 5件/10件.
_PER_COUNT = re.compile(r"10{0,2}(?=[千万])")
_OTHER = re.compile(r"[^\s\d()（）〔〕［］【】「」、。,:：;！？!?]{1,12}")
_STATED = re.compile(r"単\s*位\s*[:：/／;\s]?\s*(?P<units>[^()（）〔〕［］\[\]【】\n]{1,40})")
_BRACKETED = re.compile(r"[(（〔［\[【]\s*([^()（）〔〕［］\[\]【】]{1,20})\s*[)）〕］\]】]")
# Captions are short; what a page says further on states no unit for its table.
_STATED_WITHIN = 2000
_SEPARATORS = re.compile(r"[\s、,，;；:：|｜]+|(?<=[円%％人件])[/／](?=\D)")


def _base_end(text: str, at: int, end: int, bases: Lexicon) -> int:
    """The end of the longest known unit here; a Latin one must not run on into a word."""
    word = bases.match(text, at, end)
    stop = at + len(word)
    joint = text[max(stop - 1, at) : min(stop + 1, end)]
    runs_on = len(joint) == 2 and joint.isascii() and joint.isalnum()
    return at if runs_on else stop


def unit_end(text: str, at: int, end: int) -> int:
    """Where the known unit that begins at ``at`` ends (千円, 件/年, ㎡); ``at`` if none does."""
    plain = _base_end(text, at, end, _BASES)
    multiple = at + len(_MULTIPLES.match(text, at, end))
    scaled = _base_end(text, multiple, end, _BASES) if multiple > at else at
    stop = max(plain, multiple, scaled)
    link = _PER.match(text, stop, end) if stop > max(at, 0) else None
    if link is None:
        return stop
    count = _PER_COUNT.match(text, link.end(), end)
    first = count.end() if count else link.end()
    begin = first + len(_MULTIPLES.match(text, first, end))
    last = max(_base_end(text, begin, end, _PER_BASES), _base_end(text, first, end, _PER_BASES))
    return last if last > begin else stop


def find_known_unit(folded: str) -> Unit | None:
    """The unit of a folded text if it is made of known parts only."""
    known = KNOWN.get(folded)
    if known is not None or not folded:
        return known
    if unit_end(folded, 0, len(folded)) != len(folded):
        return None
    counted, *per = _PER.split(folded, maxsplit=1)
    multiple = "" if counted in KNOWN else _MULTIPLES.match(counted, 0, len(counted))
    base = KNOWN.get(counted[len(multiple) :], _NO_UNIT)
    scale = Decimal(f"{_EXACT.scaleb(base.scale, MULTIPLES.get(multiple, 0)):f}")
    canonical = "/".join([f"{multiple}{base.canonical}", *per])
    return Unit(folded, base.dimension, scale, base.exact and not multiple and not per, canonical)


@lru_cache(maxsize=1024)
def parse_unit(text: str) -> Unit | None:
    """The unit that fills the text; ``None`` if the text is too long or no unit at all.

    >>> parse_unit("千円").scale, parse_unit("人／日").canonical, parse_unit("％").dimension
    (Decimal('1000'), '人/日', 'percent')
    """
    if len(text) > 64:
        return None
    folded = fold(text).strip().replace(" ", "")
    known = find_known_unit(folded)
    if known is not None or not _OTHER.fullmatch(folded):
        return known
    return Unit(folded, "other", Decimal(1), exact=False, canonical=folded)


def _known_part(text: str) -> str:
    """The known unit at the end of ``金額千円``; empty if there is none."""
    folded = fold(text).strip()
    parts = (find_known_unit(folded[start:]) for start in range(len(folded)))
    return next((unit.text for unit in parts if unit is not None), "")


def _split_units(text: str) -> list[str]:
    """The parts of an enumeration of units; a middle dot may be part of one (国・地域)."""
    parts = [part for part in _SEPARATORS.split(text) if part]
    known = (find_known_unit(fold(part)) is not None for part in parts)
    return [
        piece
        for part, whole in zip(parts, known, strict=True)
        for piece in ([part] if whole else re.split("[・･]", part))
        if piece
    ]


def find_stated_unit(text: str) -> tuple[str, ...]:
    """The units a caption or header states, in order; ``()`` if it states none.

    >>> find_stated_unit("（単位：千円、％）"), find_stated_unit("執行率（％）")
    (('千円', '%'), ('%',))
    """
    stated = _STATED.search(text[:_STATED_WITHIN])
    if stated is not None:
        return _stated_units(stated["units"])
    for match in _BRACKETED.finditer(text[:_STATED_WITHIN]):
        units = [find_known_unit(fold(part)) for part in _split_units(match[1])]
        known = tuple(unit.text for unit in units if unit is not None)
        if known and len(known) == len(units):
            return known
        # 税抜・円, 給付費 千円: a word tells what is counted, the sum of money in what.
        if units and units[-1] is not None and units[-1].dimension == "money":
            return known[-1:]
    return ()


def _stated_units(text: str) -> tuple[str, ...]:
    """Behind 単位: one unit, several, or a word that no table knows."""
    alone = find_known_unit(fold(text).strip())
    if alone is not None:
        return (alone.text,)
    parts = tuple(part for part in map(_known_part, _split_units(text)) if part)
    other = None if parts else parse_unit(_SEPARATORS.sub("", text))
    return (other.text,) if other else parts
