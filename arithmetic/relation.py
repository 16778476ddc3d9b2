"""The frame of a relation that figures can stand in, and of the ways it may be computed.

A relation is data: which figure is judged, and the hypotheses about how it came about, the
simplest first. Each hypothesis is a formula over roles; who plays which role in a document is
found elsewhere. One engine scores and judges all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
class Relation:
    """A kind of relation: its hypotheses, the simplest first, and the names of their roles.

    ``exception_bits`` is the cost of an honest exception: how surprising it would be that a
    figure departs from the relation on purpose. High for sums, low for mere habits.
    """

    name: str
    ja: str
    en: str
    hypotheses: tuple[Hypothesis, ...]
    roles: Mapping[str, RoleName] = field(default_factory=dict)
    exception_bits: int = 10
