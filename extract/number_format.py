"""Numbers as a spreadsheet shows them: the display formats of Excel.

What a reader of the sheet saw is what was published, so a cell's figure is rendered by its
format: grouping, decimals, percent, ``△``, 千円 by trailing commas, dates with eras.

Two things differ from the screen on purpose. A figure in ``General`` is not cut to the width of
its column nor put in powers of ten. And where only colour tells a negative figure from a positive
one (``#,##0;[Red]#,##0``), a minus is put before it: the sign was shown, if not by a character.

Source: ECMA-376 part 1, section 18.8.31 (numFmts); behaviour of Excel where that is silent.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any, Literal

from kenzan.extract.number_dates import render_date
from kenzan.extract.number_digits import render_digits, render_general
from kenzan.schemas.data_files import read_toml
from kenzan.schemas.records import dataclass

Kind = Literal["general", "number", "date", "text"]

# One piece of a format: quoted, escaped, padding, fill, bracketed, date letters, or a character.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/標準)|(?P<half>AM/PM|A/P|午前/午後)|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|g+|e+|a{3,}|b{1,4}|r{1,2})|(?P<char>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-\]]*)")
_COLOUR = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|colou?r\s*\d+|[黒青水緑紫赤白黄]|色\s*\d+",
    re.IGNORECASE,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_PLACEHOLDERS = frozenset("0#?")
_SIGNIFICANT = Context(prec=15)
_TINY = Decimal("1e-9")
_COMPARE = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a format section; ``kind`` is literal, digit, point, comma, percent, …"""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a format. ``condition`` is an operator and its limit."""

    kind: Kind
    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    colour: str = ""
    numerals: str = ""
    first_year_word: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as shown; ``by_colour`` if its minus was shown by colour alone."""

    text: str
    by_colour: bool = False


@lru_cache(maxsize=1)
def read_formats() -> dict[str, Any]:
    """The data file: ``builtin`` formats by number, ``numerals``, ``era``."""
    return read_toml("kenzan.extract", "number_formats.toml")


def builtin_format(number: int) -> str:
    """The format that a workbook names by number alone; ``General`` if there is none."""
    return str(read_formats()["builtin"].get(str(number), "General"))


@lru_cache(maxsize=16_384)
def show_number(value: Decimal, code: str, *, epoch_1904: bool = False) -> Shown:
    """A number (or the serial number of a date) in a display format.

    >>> show_number(Decimal("-54317"), '#,##0;"△ "#,##0').text
    '△ 54,317'
    """
    sections = parse_format(code)
    value = _SIGNIFICANT.create_decimal(value)
    chosen = _choose(sections, value)
    if chosen is None:
        return Shown("#" * 8)
    section = sections[chosen]
    if section.kind == "date":
        return Shown(render_date(value, section, epoch_1904=epoch_1904))
    drops_sign = value < 0 and _is_for_negatives(sections, chosen)
    by_colour = drops_sign and _differs_in_colour(section, sections[0])
    sign = "-" if value < 0 and (by_colour or not drops_sign) else ""
    body = _render(abs(value), section)
    return Shown(f"{sign}{body}".strip() if body else "", by_colour and bool(body))


def show_text(text: str, code: str) -> str:
    """A text in a display format: only a section with ``@`` changes it."""
    for section in parse_format(code):
        if any(token.kind == "text" for token in section.tokens):
            parts = (text if token.kind == "text" else token.text for token in section.tokens)
            return "".join(parts)
    return text


@lru_cache(maxsize=1024)
def parse_format(code: str) -> tuple[Section, ...]:
    """The sections of a format code; total: what makes no sense is taken literally."""
    sections: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["char"] == ";" and len(sections) < 4:
            sections.append([])
        else:
            sections[-1].append(match)
    return tuple(_parse_section(matches) for matches in sections)


def _parse_section(matches: list[re.Match[str]]) -> Section:
    tokens: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    colour, numerals, first_year_word = "", "", False
    for match in matches:
        bracket = match["bracket"]
        if bracket is None:
            tokens.extend(_plain_tokens(match))
        elif found := _CONDITION.fullmatch(bracket):
            condition = found[1], Decimal(found[2])
        elif _COLOUR.fullmatch(bracket):
            colour = bracket.lower()
        elif bracket.startswith("DBNum"):
            numerals = bracket[:6]
        elif _ELAPSED.fullmatch(bracket):
            tokens.append(Token("elapsed", bracket.lower()))
        elif found := _CURRENCY.match(bracket):
            tokens.append(Token("literal", found[1]))
            first_year_word |= "gannen" in bracket
    return Section(_kind_of(tokens), tuple(tokens), condition, colour, numerals, first_year_word)


def _plain_tokens(match: re.Match[str]) -> list[Token]:
    kind = match.lastgroup or "char"
    text = match[kind]
    if kind in {"pad", "fill"}:
        return []
    if kind in {"quoted", "escaped"}:
        return [Token("literal", text)] if text else []
    if kind != "char":
        return [Token(kind, text)]
    if text in _PLACEHOLDERS:
        return [Token("digit", text)]
    named = {".": "point", ",": "comma", "%": "percent", "％": "percent", "@": "text", "/": "slash"}
    return [Token(named.get(text, "literal"), text)]


def _kind_of(tokens: list[Token]) -> Kind:
    kinds = {token.kind for token in tokens}
    if kinds & {"date", "elapsed"} and "digit" not in kinds - _clock_digits(tokens):
        return "date"
    if "general" in kinds:
        return "general"
    return "text" if "text" in kinds and "digit" not in kinds else "number"


def _clock_digits(tokens: list[Token]) -> set[str]:
    """``{"digit"}`` if all digits are fractions of a second (``ss.00``)."""
    last = ""
    for token in tokens:
        if token.kind == "digit" and last not in {"point", "digit"}:
            return set()
        last = token.kind
    return {"digit"}


def _choose(sections: tuple[Section, ...], value: Decimal) -> int | None:
    """Which section shows a value; ``None`` if conditions leave it out."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        return _choose_by_condition(numeric, value)
    if len(numeric) == 1 or value > 0:
        return 0
    if value < 0:
        return 1
    return 2 if len(numeric) == 3 else 0


def _choose_by_condition(sections: tuple[Section, ...], value: Decimal) -> int | None:
    for i, section in enumerate(sections):
        if section.condition is None:
            implied = i == 0 and len(sections) > 1 and value <= 0
            implied |= i == 1 and len(sections) > 2 and value >= 0
            if not implied:
                return i
        elif _COMPARE[section.condition[0]](value, section.condition[1]):
            return i
    return None


def _differs_in_colour(section: Section, other: Section) -> bool:
    return section.tokens == other.tokens and section.colour != other.colour


def _is_for_negatives(sections: tuple[Section, ...], chosen: int) -> bool:
    """Whether a section is for negative figures only: Excel then adds no minus to it."""
    limits = [section.condition[1] for section in sections if section.condition]
    around = [x for limit in limits for x in (limit - _TINY, limit, limit + _TINY)]
    samples = [Decimal(0), _TINY, Decimal("1e15"), *(x for x in around if x >= 0)]
    return all(_choose(sections, sample) != chosen for sample in samples)


def _render(value: Decimal, section: Section) -> str:
    """A figure without sign."""
    if section.kind == "number":
        text = render_digits(value, section.tokens)
    else:
        parts = (
            render_general(value) if token.kind in {"general", "text"} else token.text
            for token in section.tokens
        )
        text = "".join(parts)
    if section.numerals:
        digits = read_formats()["numerals"].get(section.numerals, "0123456789")
        text = text.translate(str.maketrans("0123456789", digits))
    return text
