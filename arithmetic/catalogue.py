"""All relations that kenzan knows, by name: what a profile can declare or veto."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from kenzan.arithmetic import relations

if TYPE_CHECKING:
    from kenzan.arithmetic.relation import Relation

_MODULES = (
    import_module(f"{relations.__name__}.{found.name}")
    for found in iter_modules(relations.__path__)
)
RELATIONS: dict[str, Relation] = {one.RELATION.name: one.RELATION for one in _MODULES}
