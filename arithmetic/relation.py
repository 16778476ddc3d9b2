"""The frame of a relation that figures can stand in, and of the ways it may be computed.

A relation is data: which figure is judged, and the hypotheses about how it came about, the
simplest first. Each hypothesis is a formula over roles; who plays which role in a document is
found elsewhere. One engine scores and judges all of them.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.arithmetic.interval import Rounding
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kenzan.arithmetic.expression import Expression


@dataclass(frozen=True, slots=True)
class RoleName:
    """What to call a role in a formula: ``0（前年度目標）``. Empty if it goes without saying."""

    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way in which the judged figure may have been computed."""

    name: str
    ja: str
    en: str
    formula: Expression


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of a table can play a part: by measure, and by words in their headers.

    ``words`` is a regular expression tried on the folded labels of the line. Where both are given
    either is enough if ``either``, else both are asked for. ``avoid`` rules lines out.
    """

    measures: frozenset[str] = frozenset()
    words: str = ""
    avoid: str = ""
    either: bool = False
    blank: bool = False
    """Whether a blank cell counts as 0 in this part."""


AMOUNTS = frozenset(
    {"budget", "settlement", "amount", "target", "actual", "baseline", "other", "change"}
)
"""Measures that can be added up and subtracted."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of relation: its hypotheses, the simplest first, and the names of their roles.

    ``judged`` and ``parts`` say which lines of a table can take part, if it is a relation between
    lines. ``roundings`` are the ways of rounding that are tried. ``exception_bits`` is the cost
    of an honest exception: how surprising it would be that a figure departs from the relation
    on purpose. High for sums, low for mere habits. ``adjustable`` figures are moved by a last digit
    on purpose, so that a column adds up.
    """

    name: str
    ja: str
    en: str
    hypotheses: tuple[Hypothesis, ...]
    roles: Mapping[str, RoleName] = field(default_factory=dict)
    exception_bits: int = 10
    judged: Wanted = Wanted()
    parts: Mapping[str, Wanted] = field(default_factory=dict)
    roundings: tuple[Rounding, ...] = (Rounding.HALF_UP,)
    adjustable: bool = False
