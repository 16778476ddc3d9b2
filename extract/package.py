"""Office files: a zip of XML parts, opened with limits and parsed without entities.

Word and Excel files are read with the standard library alone: their text, spans and tracked
changes are plain XML, and every limit can be kept while the parts are streamed.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from functools import cached_property
from typing import IO, TYPE_CHECKING, Literal
from xml.etree import ElementTree as ET

from kenzan.errors import DamagedError, OfficeLockedError, TooLargeError
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.extract.options import Deadline, ReadOptions

_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    _OFFICE + "wordprocessingml/2006/main": "w",
    _STRICT + "wordprocessingml/main": "w",
    _OFFICE + "spreadsheetml/2006/main": "s",
    _STRICT + "spreadsheetml/main": "s",
    _OFFICE + "officeDocument/2006/relationships": "r",
    _STRICT + "officeDocument/relationships": "r",
    _OFFICE + "package/2006/relationships": "rel",
    _OFFICE + "markup-compatibility/2006": "mc",
    _OFFICE + "officeDocument/2006/math": "m",
    _STRICT + "officeDocument/math": "m",
    _OFFICE + "drawingml/2006/main": "a",
    _STRICT + "drawingml/main": "a",
    _OFFICE + "drawingml/2006/spreadsheetDrawing": "xdr",
    _STRICT + "drawingml/spreadsheetDrawing": "xdr",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
# An entry of a zip directory takes 46 bytes at least; an honest Office file has some hundreds.
_MAX_DIRECTORY = 4 * 1024 * 1024
_SMALL = 10 * 1024 * 1024
_MAX_DEPTH = 250
_CHUNK = 64 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError, RuntimeError)
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another; ``kind`` is the last word of its type's address."""

    kind: str
    target: str


class Package:
    """An opened Office file.

    Raises:
        DamagedError: no zip, or broken.
        TooLargeError: it unpacks to more than the options allow, or is made to look small.
    """

    def __init__(self, data: bytes, name: str, options: ReadOptions, deadline: Deadline) -> None:
        self.name = name
        self._deadline = deadline
        check_directory(data, name)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise DamagedError(name, str(error)) from error
        self._members = {info.filename.lstrip("/"): info for info in self._archive.infolist()}
        self._check_sizes(options)

    def _check_sizes(self, options: ReadOptions) -> None:
        total = sum(info.file_size for info in self._members.values())
        if options.max_unpacked is not None and total > options.max_unpacked:
            raise TooLargeError(self.name, f"unpacks to {total:,} bytes")
        for info in self._members.values():
            if info.flag_bits & 1:
                raise OfficeLockedError(self.name)
            ratio = info.file_size / max(info.compress_size, 1)
            limit = options.max_ratio
            if limit is not None and info.file_size > _SMALL and ratio > limit:
                raise TooLargeError(self.name, f"{info.filename} unpacks {ratio:,.0f}-fold")

    def __contains__(self, part: str) -> bool:
        return part in self._members

    def parts(self, folder: str) -> list[str]:
        """The names of all parts under a folder."""
        return sorted(name for name in self._members if name.startswith(folder))

    @cached_property
    def main_part(self) -> str:
        """The part that the package is about.

        Raises:
            DamagedError: it names none.
        """
        for link in self.relationships("").values():
            if link.kind == "officeDocument" and link.target in self._members:
                return link.target
        raise DamagedError(self.name, "no main part")

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The links of a part by their ids; links out of the package are left out."""
        folder, base = posixpath.split(part)
        links = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, Relationship] = {}
        if links not in self._members:
            return found
        for element in self.read_tree(links).iter("rel_Relationship"):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                kind = element.get("Type", "").rpartition("/")[2]
                found[element.get("Id", "")] = Relationship(kind, target.lstrip("/"))
        return found

    def linked_part(self, part: str, kind: str) -> str | None:
        """The first existing part of a kind that ``part`` links to."""
        links = self.relationships(part).values()
        return next((x.target for x in links if x.kind == kind and x.target in self), None)

    def read_tree(self, part: str) -> ET.Element:
        """A small part as a whole; names are written with the prefixes of this module."""
        root: ET.Element | None = None
        for event, element, depth in self.events(part):
            if event == "start" and depth == 1:
                root = element
        if root is None:
            raise DamagedError(self.name, part)
        return root

    def children(self, part: str, depth: int) -> Iterator[ET.Element]:
        """Complete elements of one depth (the root's is 1), each dropped once it was used."""
        parents: list[ET.Element] = []
        for event, element, level in self.events(part):
            if event == "start" and level < depth:
                del parents[level - 1 :]
                parents.append(element)
            elif event == "end" and level == depth:
                yield element
                parents[-1].clear()

    def events(self, part: str) -> Iterator[tuple[Literal["start", "end"], ET.Element, int]]:
        """Starts and ends of all elements of a part, with their depth (the root's is 1).

        Raises:
            DamagedError: the part is missing, not well-formed, or nested too deep.
        """
        names: dict[str, str] = {}
        depth = 0
        try:
            with self._open(part) as stream:
                # S314: _Guarded refuses document types, and expat bounds what entities expand to.
                parser = ET.iterparse(stream, ("start", "end"))  # noqa: S314
                for count, (event, element) in enumerate(parser):
                    if count % 1024 == 0:
                        self._deadline.check()
                    if event == "start":
                        depth += 1
                        _shorten_names(element, names)
                        yield "start", element, depth
                    else:
                        yield "end", element, depth
                        depth -= 1
                    if depth > _MAX_DEPTH:
                        raise DamagedError(self.name, f"{part} is nested too deep")
        except (*_BROKEN, ET.ParseError) as error:
            raise DamagedError(self.name, f"{part}: {error}") from error

    def _open(self, part: str) -> IO[bytes]:
        if part not in self._members:
            raise DamagedError(self.name, f"{part} is missing")
        stream = self._archive.open(self._members[part])
        return io.BufferedReader(_Guarded(stream, self.name), _CHUNK)


def check_directory(data: bytes, name: str) -> None:
    """Refuse a zip with an endless directory before it is read into memory."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if end < 0 or end + 22 > len(data):
        raise DamagedError(name, "zip")
    (size,) = struct.unpack_from("<L", data, end + 12)
    if size > _MAX_DIRECTORY:
        raise TooLargeError(name, "zip directory")


def _shorten_names(element: ET.Element, names: dict[str, str]) -> None:
    """Write ``{namespace}name`` as ``prefix_name``; attributes without namespace stay bare."""
    element.tag = names.get(element.tag) or names.setdefault(element.tag, _short(element.tag))
    attributes = element.attrib
    for key in [key for key in attributes if key[0] == "{"]:
        attributes[names.get(key) or names.setdefault(key, _short(key))] = attributes.pop(key)


def _short(name: str) -> str:
    namespace, _, local = name[1:].rpartition("}") if name[0] == "{" else ("", "", name)
    return f"{_PREFIXES.get(namespace, 'x')}_{local}" if namespace else local


class _Guarded(io.RawIOBase):
    """A stream of XML that refuses document types: Office files have none, attacks do."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        super().__init__()
        self._stream = stream
        self._name = name
        self._tail = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Pass on the next bytes, after a look at them."""
        chunk = self._stream.read(len(buffer))
        # UTF-16 has a zero byte beside each ASCII character.
        window = (self._tail + chunk).replace(b"\0", b"")
        if any(mark in window for mark in _FORBIDDEN):
            raise DamagedError(self._name, "DOCTYPE")
        self._tail = window[-16:]
        buffer[: len(chunk)] = chunk
        return len(chunk)
