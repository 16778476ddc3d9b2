"""A user's profile (``kenzan.toml``): which rules speak, how loudly, what was accepted and why.

[rules]
select = ["KZ1", "KZ3"]          # prefixes; all rules if left out
ignore = ["KZ501"]
severity = { KZ303 = "notice" }

[[accept]]                       # accepted findings stay visible, with their reason
id = "ef081df74e59"
reason = "市に照会済み。次回訂正予定"

[[relation]]                     # how this document counts, if that cannot be inferred
name = "delta"
hypothesis = "previous-actual"

[[veto]]                         # what is not to be checked
relation = "total"
indicator = "純計"
"""

from __future__ import annotations

import tomllib
from dataclasses import field
from typing import TYPE_CHECKING, Any, ClassVar

from kenzan.errors import UsageError
from kenzan.schemas.records import dataclass
from kenzan.schemas.tables import Severity  # noqa: TC001  a field needs it at run time

if TYPE_CHECKING:
    from pathlib import Path


class _Part:
    """A part of a profile: a dataclass that nothing but its fields may stand in."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class RuleChoice(_Part):
    """Which rules speak. Prefixes of ids; the longest that fits an id decides."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, Severity] = field(default_factory=dict)

    def speaks(self, rule_id: str) -> bool:
        """Whether a rule is selected: a longer prefix wins, ignoring wins a tie."""
        chosen = max((len(one) for one in self.select if rule_id.startswith(one)), default=-1)
        ignored = max((len(one) for one in self.ignore if rule_id.startswith(one)), default=-1)
        if ignored >= 0 and ignored >= chosen:
            return False
        return chosen >= 0 or not self.select

    def severity_of(self, rule_id: str, severity: Severity) -> Severity:
        """The severity that the longest fitting prefix sets, else the given one."""
        fitting = [one for one in self.severity if rule_id.startswith(one)]
        return self.severity[max(fitting, key=len)] if fitting else severity


@dataclass(frozen=True, slots=True)
class Acceptance(_Part):
    """A finding that somebody has looked at. A reason is required."""

    id: str
    reason: str

    def __post_init__(self) -> None:
        """Refuse an empty reason."""
        if not self.reason:
            raise ValueError("a reason is required")


@dataclass(frozen=True, slots=True)
class RelationChoice(_Part):
    """A relation declared: the named hypothesis governs it, whatever the figures suggest."""

    name: str
    hypothesis: str


@dataclass(frozen=True, slots=True)
class Veto(_Part):
    """A relation (``*``: any) not to be checked, everywhere or where the names contain a text."""

    relation: str = "*"
    indicator: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Profile(_Part):
    """A whole profile. An empty one changes nothing."""

    rules: RuleChoice = RuleChoice()
    accept: tuple[Acceptance, ...] = ()
    relation: tuple[RelationChoice, ...] = ()
    veto: tuple[Veto, ...] = ()

    def reason_for(self, finding_id: str) -> str | None:
        """Why a finding was accepted; ``None`` if it was not."""
        return next((one.reason for one in self.accept if one.id == finding_id), None)

    def declared(self, relation: str) -> str | None:
        """The hypothesis declared for a relation; ``None`` if that is left to inference."""
        return next((one.hypothesis for one in self.relation if one.name == relation), None)


def read_profile(path: Path) -> Profile:
    """Read a profile file.

    Raises:
        UsageError: if it cannot be read, is not TOML, or says something unknown.
    """
    try:
        return parse_profile(tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise UsageError(str(path), str(error)) from error


def parse_profile(values: dict[str, Any]) -> Profile:
    """A profile of the values that its file holds.

    Raises:
        ValueError: the place of the first value that is not as it should be, and why.
    """
    from pydantic import TypeAdapter, ValidationError  # takes long to import, and is rarely needed

    try:
        return TypeAdapter(Profile).validate_python(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{place}: {first['msg']}") from error
