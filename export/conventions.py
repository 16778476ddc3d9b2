"""How a document counts, told to people: alike conventions once, each with its support."""

from __future__ import annotations

from dataclasses import field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kenzan.schemas.audit import Convention

_MEASURE = "measure:"


@dataclass(slots=True)
class Told:
    """One way of counting: for the whole document (``places`` is 0), or for so many tables.

    ``title_ja`` and ``title_en`` begin with what is counted so. ``parts`` are tallies by measure:
    its name, how many figures fit, of how many.
    """

    title_ja: str
    title_en: str
    held: int
    tested: int
    certain: bool
    places: int = 0
    parts: list[tuple[str, int, int]] = field(default_factory=list)


def tell_conventions(conventions: Iterable[Convention]) -> list[Told]:
    """The conventions of a document, those of the whole first, the rest by their support."""
    given = list(conventions)
    whole = {
        (one.relation, one.hypothesis, one.title_ja): _tell(one)
        for one in given
        if one.scope == "document"
    }
    local: dict[tuple[str, str, str], Told] = {}
    for one in given:
        key = (one.relation, one.hypothesis, one.title_ja)
        scope = one.scope.removeprefix(_MEASURE)
        if one.scope == "document":
            continue
        told = whole.get(key)
        if told is None:
            _add(local, key, one)
        else:
            told.certain |= one.certain
            if ":" not in scope:
                told.parts.append((scope, one.held, one.tested))
    return [*whole.values(), *sorted(local.values(), key=lambda told: -told.held)]


def _tell(one: Convention) -> Told:
    ja, en = _name_relation(one.relation)
    title_ja = one.title_ja if not ja or one.title_ja.startswith(ja) else f"{ja}は{one.title_ja}"
    title_en = one.title_en if not en or one.title_ja.startswith(ja) else f"{en}: {one.title_en}"
    lent_ja, lent_en = _tell_lent(one)
    return Told(f"{title_ja}{lent_ja}", f"{title_en}{lent_en}", one.held, one.tested, one.certain)


def _tell_lent(one: Convention) -> tuple[str, str]:
    """What other documents of the same form say for it, where that was needed."""
    if not one.reports:
        return "", ""
    return (
        f"、同じ様式の他の {one.reports} 文書で {one.lent_held}/{one.lent_tested}",
        f", {one.lent_held} of {one.lent_tested} in {one.reports} others of this form",
    )


@cache
def _name_relation(name: str) -> tuple[str, str]:
    """What people call a relation, in both languages."""
    try:
        relation = import_module(f"kenzan.arithmetic.relations.{name}").RELATION
    except ModuleNotFoundError:
        return "", ""
    return relation.ja, relation.en


def _add(
    local: dict[tuple[str, str, str], Told], key: tuple[str, str, str], one: Convention
) -> None:
    """Count a convention of one table to those that are alike."""
    told = local.get(key)
    if told is None:
        local[key] = told = _tell(one)
    else:
        told.held += one.held
        told.tested += one.tested
        told.certain |= one.certain
    told.places += 1
