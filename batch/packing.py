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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import islice
from operator import attrgetter, is_
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from kenzan.schemas import audit, document, geometry, report, tables

_LEVEL = 1
FEW = 500
"""Values of one field that are made into text together."""
_LENGTH = 4
_MOST_BYTES = 1 << 30
_NAMES = {
    name: value
    for module in (typing, geometry, document, report, tables, audit)
    for name, value in vars(module).items()
    if not name.startswith("_")
}

Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]


def pack(content: report.Report, result: audit.AuditResult) -> bytes:
    """A report with its audit, as frames compressed one by one.

    The first frame holds both records; a field of very many values stands there as the number of
    frames that follow, in order, a few values in each. So the whole text is never in memory.
    Checks are not written beside their details, which hold them.
    """
    frames: list[bytes] = []
    if _tells_checks(result.details, result.checks):
        result = replace(result, checks=())
    main = [_write_record(value, frames) for value in (content, result)]
    return b"".join(_framed(frame) for frame in (_squeeze(main), *frames))


def _write_record(value: Any, frames: list[bytes]) -> list[Any]:
    kind: Any = type(value)
    written = []
    for name, (write, _) in _fields(kind):
        held = getattr(value, name)
        if isinstance(held, tuple | Kept) and len(held) > FEW:
            before = len(frames)
            frames += (
                _squeeze(write(held[start : start + FEW])) for start in range(0, len(held), FEW)
            )
            written.append({"frames": len(frames) - before, "values": len(held)})
        else:
            written.append(write(held))
    return written


def _squeeze(value: Any) -> bytes:
    return zlib.compress(_to_json(value).encode("utf-8", "surrogatepass"), _LEVEL)


# Trees made here have no circles to look for.
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _framed(frame: bytes) -> bytes:
    return len(frame).to_bytes(_LENGTH, "big") + frame


@cache
def _fields(kind: Any) -> list[tuple[str, Codec]]:
    return _parts(kind, tuple(field.name for field in fields(kind)))


def unpack(data: bytes, *, lazily: bool = False) -> tuple[report.Report, audit.AuditResult]:
    """The report and audit again, equal to what was packed.

    ``lazily``: fields of very many values are sequences in place of tuples, which read a few
    values at a time as they are gone through; memory then does not grow with the document.

    Raises:
        ValueError: the bytes are not what ``pack`` makes.
    """
    try:
        first, *frames = _split(data)
        content, result = _expand(first)
        rest = iter(frames)
        return (
            _read_record(report.Report, content, rest, lazily=lazily),
            _with_checks(_read_record(audit.AuditResult, result, rest, lazily=lazily)),
        )
    except (zlib.error, TypeError, LookupError, ArithmeticError) as error:
        raise ValueError(str(error)) from error


def _split(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + _LENGTH], "big")
        at += _LENGTH + length
        yield data[at - length : at]


def _expand(frame: bytes) -> Any:
    text = zlib.decompressobj().decompress(frame, _MOST_BYTES)
    return json.loads(text.decode("utf-8", "surrogatepass"))


def _read_record(kind: Any, values: list[Any], frames: Iterator[bytes], *, lazily: bool) -> Any:
    built: dict[str, Any] = {}
    for (name, (_, read)), value in zip(_fields(kind), values, strict=True):
        if isinstance(value, dict):
            kept = Kept(tuple(islice(frames, value["frames"])), value["values"], read)
            built[name] = kept if lazily else tuple(kept)
        else:
            built[name] = read(value)
    return kind(**built)


def _tells_checks(details: Sequence[audit.CheckDetail], checks: Sequence[tables.Check]) -> bool:
    """Whether the details hold the checks themselves, one each."""
    if len(details) != len(checks):
        return False
    return isinstance(details, Kept) or all(map(is_, map(_CHECK_OF, details), checks))


def _with_checks(result: audit.AuditResult) -> audit.AuditResult:
    """The result with the checks that its details hold, if they were not written by themselves."""
    details: Any = result.details
    if not details or result.checks:
        return result
    if isinstance(details, Kept):
        checks: Any = details.each(_CHECK_OF)
    else:
        checks = tuple(map(_CHECK_OF, details))
    return replace(result, checks=checks)


_CHECK_OF: Callable[[Any], Any] = attrgetter("check")


class Kept(Sequence[Any]):
    """Very many values, left packed until they are asked for; one frame is open at a time.

    ``more`` are values that come behind them.
    """

    def __init__(
        self,
        frames: tuple[bytes, ...],
        count: int,
        read: Callable[[Any], Any],
        more: Sequence[Any] = (),
    ) -> None:
        self._frames, self._count, self._read, self._more = frames, count, read, more
        self._open: tuple[int, tuple[Any, ...]] = (-1, ())

    def followed_by(self, more: Sequence[Any]) -> Kept:
        """The same with more values behind."""
        return Kept(self._frames, self._count, self._read, (*self._more, *more))

    def each(self, take: Callable[[Any], Any]) -> Kept:
        """What is taken of every value, left packed as well."""
        read = self._read
        more = tuple(map(take, self._more))
        return Kept(self._frames, self._count, lambda frame: tuple(map(take, read(frame))), more)

    def __len__(self) -> int:
        return self._count + len(self._more)

    def __iter__(self) -> Iterator[Any]:
        for frame in self._frames:
            yield from self._read(_expand(frame))
        yield from self._more

    def __getitem__(self, at: int | slice) -> Any:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        index = range(len(self))[at]
        if index >= self._count:
            return self._more[index - self._count]
        number, place = divmod(index, FEW)
        if self._open[0] != number:
            self._open = (number, self._read(_expand(self._frames[number])))
        return self._open[1][place]


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
