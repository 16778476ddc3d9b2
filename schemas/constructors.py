"""``__init__`` methods of dataclasses, made without the compiler.

Those of two classes with as many fields differ in nothing but names, which a code object keeps
apart from its instructions. Compiling one for each class takes longer than reading a short report;
here one is compiled for each shape, and the names are put in.
"""

from __future__ import annotations

from dataclasses import MISSING
from functools import cache
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import Field

_VALUES = {
    "given": "{name}",
    "made": "{name}_or() if {name} is MISSING else {name}",
    "fixed": "{name}_or",
    "anew": "{name}_or()",
}
"""What a field is set to: an argument, or what its default or its factory gives."""
_ARGUMENTS = ("given", "made")


def make_init(owner: type, known: Sequence[Field[Any]]) -> FunctionType:
    """The ``__init__`` that sets these fields of a class and does what comes after.

    Fields that it neither takes nor knows a value for are for ``__post_init__`` to set.

    Raises:
        TypeError: a field without a default follows one that has one.
    """
    parts = [part for part in known if part.init or _is_optional(part)]
    parts.sort(key=lambda part: (not part.init, part.kw_only))
    taken = [part for part in parts if part.init]
    keywords = [part for part in taken if part.kw_only]
    positional = taken[: len(taken) - len(keywords)]
    defaults = [part.default for part in positional if _is_optional(part)]
    if any(map(_is_optional, positional[: len(positional) - len(defaults)])):
        raise TypeError(f"{owner.__name__}: a field without a default follows one that has one")
    shape = _compile_shape(tuple(map(_kind_of, parts)), hasattr(owner, "__post_init__"))
    names = {f"field{i}": part.name for i, part in enumerate(parts)}
    code = shape.replace(
        co_argcount=1 + len(positional),
        co_kwonlyargcount=len(keywords),
        co_varnames=("self", *(part.name for part in taken)),
        co_names=tuple(names.get(name, name) for name in shape.co_names),
        co_qualname=f"{owner.__qualname__}.__init__",
    )
    scope = {f"field{i}_or": _source_of(part) for i, part in enumerate(parts)}
    function = FunctionType(code, scope | {"MISSING": MISSING}, "__init__", tuple(defaults))
    function.__kwdefaults__ = {part.name: part.default for part in keywords if _is_optional(part)}
    return function


def _is_optional(part: Field[Any]) -> bool:
    return part.default is not MISSING or part.default_factory is not MISSING


def _source_of(part: Field[Any]) -> Any:
    return part.default if part.default_factory is MISSING else part.default_factory


def _kind_of(part: Field[Any]) -> str:
    if part.init:
        return "given" if part.default_factory is MISSING else "made"
    return "fixed" if part.default_factory is MISSING else "anew"


@cache
def _compile_shape(kinds: tuple[str, ...], ends_later: bool) -> CodeType:  # noqa: FBT001
    """The code of every class with fields of these kinds, as ``field0``, ``field1`` …"""
    body = [
        f" self.field{i} = {_VALUES[kind].format(name=f'field{i}')}" for i, kind in enumerate(kinds)
    ]
    body.append(" self.__post_init__()" if ends_later else " return")
    taken = [f"field{i}" for i, kind in enumerate(kinds) if kind in _ARGUMENTS]
    text = "\n".join([f"def __init__({', '.join(['self', *taken])}):", *body])
    scope: dict[str, Any] = {}
    exec(text, scope)  # noqa: S102 - made of nothing but what stands here
    code: CodeType = scope["__init__"].__code__
    return code
