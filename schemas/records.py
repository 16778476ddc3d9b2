"""Dataclasses that are cheap to define and cheap to make: the shape of nearly all values here.

The type checker sees the ``dataclass`` of the standard library, and it alone keeps frozen ones
frozen. At run time a frozen one is a plain one with a hash: the guard triples what making an
object costs, and a report is made of tens of thousands. No method is compiled for a class of its
own: all are shared code, since compiling them takes longer than reading a short report.
"""

from __future__ import annotations

from dataclasses import dataclass as _standard
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from kenzan.schemas.constructors import make_init

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass

__all__ = ["dataclass"]


def _define(
    *, frozen: bool = False, slots: bool = False, eq: bool = True, kw_only: bool = False
) -> Callable[..., Any]:
    """A decorator that makes a dataclass of a class; ``frozen`` gives it a hash."""

    def define(made: type) -> type:
        own = set(vars(made))
        # Without a text of its own the standard library works out the signature for one.
        made.__doc__ = made.__doc__ or made.__name__
        made = _standard(made, init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)
        known = fields(made)
        methods: dict[str, Any] = {
            "__init__": make_init(made, known),
            "__repr__": _repr_of(tuple(part.name for part in known if part.repr)),
        }
        if eq:
            compared = tuple(part.name for part in known if part.compare)
            methods |= _comparison_of(compared, hashed=frozen)
        for name in methods.keys() - own:
            setattr(made, name, methods[name])
        return made

    return define


def _repr_of(names: tuple[str, ...]) -> Any:
    def __repr__(self: Any) -> str:  # noqa: N807
        parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({parts})"

    return __repr__


def _comparison_of(names: tuple[str, ...], *, hashed: bool) -> dict[str, Any]:
    values_of: Callable[[Any], Any] = attrgetter(*names) if names else type

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        if type(other) is not type(self):
            return NotImplemented
        return bool(values_of(self) == values_of(other))

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values_of(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if hashed else None}


if not TYPE_CHECKING:
    dataclass = _define
