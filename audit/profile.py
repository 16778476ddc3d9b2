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

import re
import tomllib
from dataclasses import field, fields
from typing import TYPE_CHECKING, Any, ClassVar, get_args

from kenzan.arithmetic.catalogue import RELATIONS
from kenzan.errors import UnknownNameError, UsageError
from kenzan.schemas.records import dataclass
from kenzan.schemas.tables import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic_core import ErrorDetails


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


class UnknownWordError(ValueError):
    """A profile says something that nothing is called; ``known`` is what could be meant."""

    def __init__(self, place: str, known: Iterable[str]) -> None:
        self.place, self.known = place, ", ".join(known)
        super().__init__(f"{place}: one of {self.known}")


class UnfitValueError(ValueError):
    """A value of a profile is not of the kind that stands there; ``reason`` is what is wanted."""

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(f"{place}: {reason}")


_WANTED = {
    "missing": "a value is missing",
    "string_type": "must be a text",
    "tuple_type": "must be a list",
    "dict_type": "must be a table",
    "dataclass_type": "must be a table",
    "value_error": "a reason is required",
}
"""What to say of a fault, by the name that the validation gives it."""


def read_profile(path: Path) -> Profile:
    """Read a profile file.

    Raises:
        UsageError: if it cannot be read, is not TOML, or says something unknown.
    """
    try:
        return parse_profile(tomllib.loads(path.read_text("utf-8")))
    except UnknownWordError as error:
        raise UnknownNameError(f"{path}: {error.place}", error.known) from error
    except FileNotFoundError as error:
        raise UsageError(str(path), "no such file") from error
    except OSError as error:
        raise UsageError(str(path), error.strerror or "") from error
    except UnfitValueError as error:
        raise UsageError(f"{path}: {error.place}", error.reason) from error
    except UnicodeDecodeError as error:
        raise UsageError(str(path), "not in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(str(path), f"not TOML at line:column {_find_fault(error)}") from error


def _find_fault(error: tomllib.TOMLDecodeError) -> str:
    """Where a file stops being TOML: 1:7; ``?`` where that is its end."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f"{found[1]}:{found[2]}" if found else "?"


def parse_profile(values: dict[str, Any]) -> Profile:
    """A profile of the values that its file holds.

    Raises:
        ValueError: the place of the first value that is not as it should be, and why.
    """
    from pydantic import TypeAdapter, ValidationError  # takes long to import, and is rarely needed

    try:
        profile = TypeAdapter(Profile).validate_python(values)
    except ValidationError as error:
        raise _explain(error.errors()[0]) from error
    _check_rules(profile.rules)
    _check_relations(profile)
    return profile


_PARTS: dict[str, type[_Part]] = {
    "rules": RuleChoice,
    "accept": Acceptance,
    "relation": RelationChoice,
    "veto": Veto,
}


def _explain(fault: ErrorDetails) -> ValueError:
    """Where a value stands that cannot be used, and what could stand there."""
    loc = fault["loc"]
    place = ".".join(str(part) for part in loc)
    if fault["type"] == "unexpected_keyword_argument":
        within = Profile if len(loc) == 1 else _PARTS[str(loc[0])]
        return UnknownWordError(place, [one.name for one in fields(within)])  # type: ignore[arg-type]
    if fault["type"] == "literal_error":
        return UnknownWordError(f"{place} = {fault['input']}", get_args(Severity))
    return UnfitValueError(place, _WANTED.get(fault["type"], fault["msg"]))


def _check_rules(rules: RuleChoice) -> None:
    """A prefix that no rule begins with would be passed over without a word."""
    from kenzan.audit.registry import RULES

    families = sorted({one.id[:3] for one in RULES})
    for place, prefixes in (
        ("select", rules.select),
        ("ignore", rules.ignore),
        ("severity", rules.severity),
    ):
        for prefix in prefixes:
            if not prefix or not any(one.id.startswith(prefix) for one in RULES):
                raise UnknownWordError(f"rules.{place} = {prefix}", families)


def _check_relations(profile: Profile) -> None:
    for place, choice in enumerate(profile.relation):
        if choice.name not in RELATIONS:
            raise UnknownWordError(f"relation.{place}.name = {choice.name}", RELATIONS)
        known = [one.name for one in RELATIONS[choice.name].hypotheses]
        if choice.hypothesis not in known:
            raise UnknownWordError(f"relation.{place}.hypothesis = {choice.hypothesis}", known)
    for place, veto in enumerate(profile.veto):
        if veto.relation not in {"*", *RELATIONS}:
            raise UnknownWordError(f"veto.{place}.relation = {veto.relation}", ("*", *RELATIONS))
