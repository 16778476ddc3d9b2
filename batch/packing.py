"""A report and its audit as bytes and back, nothing lost: what the store keeps beside the rows.

The tables of the contract cannot hold everything that the writers need (how tables were read,
the operands of a check). This does: models and dataclasses become JSON arrays of their fields in
order, figures strings of digits; the types alone say how to read them back. No code is ever
stored, so a store from elsewhere is data and nothing more.
"""

from __future__ import annotations

import json
import typing
import zlib
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from kenzan.schemas import audit, document, geometry, report, tables

_LEVEL = 1
_FEW = 2000
"""Values of one field that are made into text together."""
_MOST_BYTES = 1 << 30
_NAMES = {
    name: value
    for module in (typing, geometry, document, report, tables, audit)
    for name, value in vars(module).items()
    if not name.startswith("_")
}

Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]


def pack(content: report.Report, result: audit.AuditResult) -> bytes:
    """A report with its audit, compressed piece by piece: the whole text is never in memory."""
    squeeze = zlib.compressobj(_LEVEL)
    pieces = _texts((content, result))
    packed = [squeeze.compress(piece.encode("utf-8", "surrogatepass")) for piece in pieces]
    return b"".join((*packed, squeeze.flush()))


def _texts(values: tuple[Any, ...]) -> Iterator[str]:
    """The JSON of records whose fields may hold very many values, a few values at a time."""
    for at, value in enumerate(values):
        kind: Any = type(value)
        yield "[" if at == 0 else ","
        for place, (name, (write, _)) in enumerate(_fields(kind)):
            yield "[" if place == 0 else ","
            held = getattr(value, name)
            if isinstance(held, tuple) and len(held) > _FEW:
                for start in range(0, len(held), _FEW):
                    text = _to_json(write(held[start : start + _FEW]))
                    yield ("[" if start == 0 else ",") + text[1:-1]
                yield "]"
            else:
                yield _to_json(write(held))
        yield "]"
    yield "]"


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _fields(kind: Any) -> list[tuple[str, Codec]]:
    return _parts(kind, tuple(field.name for field in fields(kind)))


def unpack(data: bytes) -> tuple[report.Report, audit.AuditResult]:
    """The report and audit again, equal to what was packed.

    Raises:
        ValueError: the bytes are not what ``pack`` makes.
    """
    try:
        text = zlib.decompressobj().decompress(data, _MOST_BYTES)
        content, result = json.loads(text.decode("utf-8", "surrogatepass"))
        return _codec(report.Report)[1](content), _codec(audit.AuditResult)[1](result)
    except (zlib.error, TypeError, LookupError, ArithmeticError) as error:
        raise ValueError(str(error)) from error


@cache
def _codec(kind: Any) -> Codec:  # noqa: PLR0911  one return a kind of type
    """How values of a type are written and read."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is typing.Annotated:
        return _codec(inner[0])
    if origin in (Union, UnionType):
        return _optional(_codec(next(part for part in inner if part is not NoneType)))
    if origin is tuple:
        return _sequence(_codec(inner[0])) if inner[-1] is Ellipsis else _fixed(inner)
    if origin is dict:
        return _mapping(_codec(inner[0]), _codec(inner[1]))
    if kind is Decimal:
        return str, Decimal
    if is_dataclass(kind):
        return _record(kind, tuple(field.name for field in fields(kind)))
    if origin is Literal or kind in (str, int, float, bool):
        return _same, _same
    raise TypeError(kind)


def _same(value: Any) -> Any:
    return value


def _optional(codec: Codec) -> Codec:
    write, read = codec
    if codec == (_same, _same):
        return codec
    return (
        lambda value: None if value is None else write(value),
        lambda value: None if value is None else read(value),
    )


def _sequence(codec: Codec) -> Codec:
    write, read = codec
    return (
        _same if write is _same else lambda value: list(map(write, value)),
        lambda value: tuple(map(read, value)),
    )


def _fixed(kinds: tuple[Any, ...]) -> Codec:
    codecs = [_codec(kind) for kind in kinds]
    return (
        lambda value: [write(item) for (write, _), item in zip(codecs, value, strict=True)],
        lambda value: tuple(read(item) for (_, read), item in zip(codecs, value, strict=True)),
    )


def _mapping(key: Codec, content: Codec) -> Codec:
    return (
        lambda value: [[key[0](name), content[0](item)] for name, item in value.items()],
        lambda value: {key[1](name): content[1](item) for name, item in value},
    )


def _parts(kind: type, names: tuple[str, ...]) -> list[tuple[str, Codec]]:
    hints = typing.get_type_hints(kind, localns=_NAMES, include_extras=True)
    return [(name, _codec(hints[name])) for name in names]


def _record(kind: Any, names: tuple[str, ...]) -> Codec:
    parts = _parts(kind, names)
    # Most fields are written as they are: all are taken at once, and only the others written.
    values_of = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    writers = [(index, one[0]) for index, (_, one) in enumerate(parts) if one[0] is not _same]
    readers = [(name, one[1]) for name, one in parts if one[1] is not _same]

    def write(value: Any) -> list[Any]:
        values = list(values_of(value))
        for index, writer in writers:
            if values[index] is not None:
                values[index] = writer(values[index])
        return values

    def read(value: Any) -> Any:
        values = dict(zip(names, value, strict=True))
        for name, reader in readers:
            if values[name] is not None:
                values[name] = reader(values[name])
        return kind(**values)

    return (values_of if not writers else write), read
