"""Which reader a file needs: found out from its content; its name is only a hint."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Protocol, cast

from kenzan.errors import (
    DamagedError,
    EmptyDocumentError,
    NotFoundError,
    OfficeLockedError,
    TooLargeError,
    UnsupportedKindError,
)
from kenzan.extract.options import ReadOptions
from kenzan.schemas.data_files import read_toml

if TYPE_CHECKING:
    from kenzan.schemas.document import Document, DocumentKind

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 4096
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|style|script|table|div|center|font|"
    rb"h[1-6]|p|span|form)\b",
    re.IGNORECASE | re.DOTALL,
)
_READERS: dict[DocumentKind, tuple[str, str]] = {
    "pdf": ("kenzan.extract.pdf", "read_pdf"),
    "text": ("kenzan.extract.text", "read_text"),
    "docx": ("kenzan.extract.docx", "read_docx"),
    "xlsx": ("kenzan.extract.xlsx", "read_xlsx"),
    "xls": ("kenzan.extract.xls", "read_xls"),
    "html": ("kenzan.extract.html", "read_html"),
}
# A file of these names that is none inside is broken, or no more than an error page. An .xls is
# not among them: systems export HTML and CSV under that name.
_CONTAINERS = {".docx", ".xlsx", ".xlsm"}


class Reader(Protocol):
    """What every reader looks like: bytes in, document out."""

    def __call__(self, data: bytes, *, name: str, options: ReadOptions) -> Document:
        """Read one file."""


def read_document(
    source: Path | str | bytes | bytearray | memoryview,
    *,
    name: str | None = None,
    options: ReadOptions = ReadOptions(),  # noqa: B008 - frozen
) -> Document:
    """Read one file of any kind: a path, or the bytes themselves.

    ``name`` is what the document is called in the data (default: the file's name, ``-`` for
    bytes); its suffix helps only where the content leaves the kind open.

    Raises:
        DocumentError: with the subclass that says why it cannot be read.
    """
    if isinstance(source, (str, Path)):
        called = name if name is not None else Path(source).name
        data = _read_bytes(Path(source), called, options.max_bytes)
    else:
        called, data = name if name is not None else "-", bytes(source)
    if not data:
        raise EmptyDocumentError(called)
    if options.max_bytes is not None and len(data) > options.max_bytes:
        raise TooLargeError(called, f"> {options.max_bytes:,} bytes")
    module, function = _READERS[find_kind(data, called)]
    reader = cast("Reader", getattr(import_module(module), function))
    return reader(data, name=called, options=options)


def _read_bytes(path: Path, name: str, limit: int | None) -> bytes:
    """The bytes of a file; one byte past the limit is enough to know that it is too large."""
    try:
        with path.open("rb") as stream:
            return stream.read() if limit is None else stream.read(limit + 1)
    except (OSError, ValueError) as error:
        raise NotFoundError(name, getattr(error, "strerror", None) or str(error)) from error


def find_kind(data: bytes, name: str = "") -> DocumentKind:
    """The kind of file these bytes are.

    Raises:
        UnsupportedKindError: a kind that kenzan does not read, or a ``.pdf`` that is none.
        OfficeLockedError: an Office file behind a password.
        DamagedError: an Office file that cannot be opened, or is none.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return _kind_of_zip(data, name)
    if data.startswith(_OLE2):
        return _kind_of_ole(data, name)
    for kind, starts in _kinds()["unsupported"].items():
        if data.startswith(tuple(start.encode("latin-1") for start in starts)):
            raise UnsupportedKindError(name, kind)
    return _kind_of_text(data, name)


def _kind_of_text(data: bytes, name: str) -> DocumentKind:
    kind: DocumentKind = "html" if _looks_like_html(data) else "text"
    suffix = PurePath(name).suffix.lower()
    if suffix == ".pdf":
        raise UnsupportedKindError(name, "no %PDF header" + (", HTML" if kind == "html" else ""))
    if suffix in _CONTAINERS:
        raise DamagedError(name, "no zip container")
    return kind


def _kind_of_zip(data: bytes, name: str) -> DocumentKind:
    import zipfile

    from kenzan.extract.package import check_directory

    check_directory(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {member.lstrip("/") for member in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedError(name, str(error)) from error
    if any(member.startswith("word/") for member in members):
        return "docx"
    if "xl/workbook.bin" in members:
        raise UnsupportedKindError(name, ".xlsb")
    if any(member.startswith("xl/") for member in members):
        return "xlsx"
    raise UnsupportedKindError(name, "OpenDocument" if "mimetype" in members else "zip")


def _kind_of_ole(data: bytes, name: str) -> DocumentKind:
    """The kind of an OLE2 container, by which known stream its directory names first."""
    places = {}
    for stream, kind in _kinds()["streams"].items():
        at = data.find(f"{stream}\0".encode("utf-16-le"))
        if at >= 0:
            places[at] = kind
    # A file that is cut off has lost its directory; its name then says what it was.
    is_cut_off = not places and PurePath(name).suffix.lower() == ".xls"
    found = places[min(places)] if places else "xls" if is_cut_off else "OLE2"
    if found == "encrypted":  # only the password of a PDF can be given
        raise OfficeLockedError(name)
    if found != "xls":
        raise UnsupportedKindError(name, found)
    return "xls"


def _looks_like_html(data: bytes) -> bool:
    """Whether the first thing is a tag that HTML begins with, in an encoding of any width."""
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff")
    return _HTML_START.match(head) is not None


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Any]:
    return read_toml("kenzan.extract", "kinds.toml")
