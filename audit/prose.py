"""Figures in running text, and the lines of tables that they speak of."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from kenzan.arithmetic.evidence import count_bits
from kenzan.arithmetic.interval import find_step
from kenzan.arithmetic.slips import Slip, find_slip
from kenzan.audit.rule import Subject
from kenzan.normalize.labels import label_key
from kenzan.normalize.numbers import find_numbers
from kenzan.normalize.units import parse_unit
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from decimal import Decimal

    from kenzan.audit.facts import Facts
    from kenzan.audit.figures import Figure
    from kenzan.normalize.numbers import Number
    from kenzan.schemas.geometry import Place

TELLING = 10
"""Only figures that say at least so many bits are looked for; 5 or 12 stand everywhere."""

_BETWEEN = re.compile(r"(?:[はがで、,：:\s「」]|総額|予算額|合計|当初予算)*$")
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure of the text, the line it speaks of, and what the table prints there."""

    subject: Subject
    label: str
    printed: str
    expected: str
    formula: str
    agrees: bool
    slip: Slip | None = None


def find_mentions(facts: Facts) -> list[Mention]:
    """Every telling figure of the prose that follows the name of a line of a table."""
    if not facts.report.prose:
        return []
    lines = _index_lines(facts)
    longest = max((len(name) for name in lines), default=0)
    return [
        mention
        for text, place in facts.report.prose
        for mention in _read_text(text, place, lines, longest)
    ]


def _index_lines(facts: Facts) -> dict[str, list[Figure]]:
    """The figures of each row label that is long enough to mean one thing."""
    labelled: dict[str, list[Figure]] = defaultdict(list)
    for figure in facts.figures:
        if figure.field == "value":
            labelled[facts.row(figure).indicator].append(figure)
    found: dict[str, list[Figure]] = defaultdict(list)
    for label, figures in labelled.items():
        name = label_key(label).lstrip("0123456789.()")
        if 2 <= len(name) <= _LONGEST:
            found[name].extend(figures)
    return found


def _read_text(
    text: str, place: Place, lines: dict[str, list[Figure]], longest: int
) -> Iterator[Mention]:
    for number in find_numbers(text):
        if number.value is None or number.word or number.bound is not None:
            continue
        step = find_step(number.value)
        before = _BETWEEN.sub("", text[max(number.start - 2 * longest, 0) : number.start])
        if count_bits(number.value, step) < TELLING or number.value < 0:
            continue
        name = _find_name(label_key(before), lines, longest)
        if name:
            mention = _compare(name, number, lines[name], place)
            if mention is not None:
                yield mention


def _find_name(before: str, lines: Container[str], longest: int) -> str:
    """The longest name of a line that the text before a figure ends with."""
    for length in range(min(longest, len(before)), 1, -1):
        if before[-length:] in lines:
            return before[-length:]
    return ""


def _compare(name: str, number: Number, figures: list[Figure], place: Place) -> Mention | None:
    """Agreement with one of the figures of a line, or the slip that separates it from one."""
    subject = Subject(indicator=name, place=place)
    same_unit = [one for one in figures if _scale(one.unit) == _scale(number.unit)]
    if number.value is None or not same_unit:
        return None
    printed = number.raw.strip()
    for one in same_unit:
        if one.value == number.value:
            formula = f"{printed}（本文） = {one.text}（表）"
            return Mention(subject, name, printed, one.text, formula, agrees=True)
    slips = [(find_slip(one.value, number.value), one) for one in same_unit]
    plain = [(slip, one) for slip, one in slips if slip is not None and slip.kind in _PLAIN]
    if len(plain) != 1:
        return None
    slip, one = plain[0]
    formula = f"{printed}（本文） ≠ {one.text}（表）"
    return Mention(subject, name, printed, one.text, formula, agrees=False, slip=slip)


_PLAIN = {"transposed", "dropped", "doubled", "inserted", "substituted"}


def _scale(unit: str) -> tuple[str, Decimal] | None:
    parsed = parse_unit(unit) if unit else None
    return None if parsed is None else (parsed.dimension, parsed.scale)
