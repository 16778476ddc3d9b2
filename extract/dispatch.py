"""Which reader a file needs: found out from its content; its name is only a hint."""

from __future__ import annotations

import io
import re
import zipfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from kenzan.errors import (
    DamagedError,
    EmptyDocumentError,
    EncryptedError,
    NotFoundError,
    TooLargeError,
    UnsupportedKindError,
)
from kenzan.extract.options import ReadOptions

if TYPE_CHECKING:
    from kenzan.schemas.document import Document, DocumentKind

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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


class Reader(Protocol):
    """What every reader looks like: bytes in, document out."""

    def __call__(self, data: bytes, *, name: str, options: ReadOptions) -> Document:
        """Read one file."""


def read_document(
    source: Path | str | bytes,
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
    called = name if name is not None else _default_name(source)
    data = source if isinstance(source, bytes) else _read_bytes(Path(source), called, options)
    if not data:
        raise EmptyDocumentError(called)
    if options.max_bytes is not None and len(data) > options.max_bytes:
        raise TooLargeError(called, f"{len(data):,} > {options.max_bytes:,} bytes")
    module, function = _READERS[find_kind(data, called)]
    reader = cast("Reader", getattr(import_module(module), function))
    return reader(data, name=called, options=options)


def _default_name(source: Path | str | bytes) -> str:
    return "-" if isinstance(source, bytes) else Path(source).name


def _read_bytes(path: Path, name: str, options: ReadOptions) -> bytes:
    try:
        size = path.stat().st_size
        if options.max_bytes is not None and size > options.max_bytes:
            raise TooLargeError(name, f"{size:,} > {options.max_bytes:,} bytes")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise NotFoundError(name, getattr(error, "strerror", None) or str(error)) from error


def find_kind(data: bytes, name: str = "") -> DocumentKind:
    """The kind of file these bytes are.

    Raises:
        UnsupportedKindError: a kind that kenzan does not read.
        EncryptedError: an Office file behind a password.
        DamagedError: a zip container that cannot be opened.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data, name)
    if data.startswith(_OLE2):
        return _kind_of_ole(data, name)
    return "html" if _looks_like_html(data) else "text"


def _kind_of_zip(data: bytes, name: str) -> DocumentKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DamagedError(name, str(error)) from error
    if any(member.startswith("word/") for member in members):
        return "docx"
    if any(member.startswith("xl/") for member in members):
        return "xlsx"
    raise UnsupportedKindError(name, "zip")


def _kind_of_ole(data: bytes, name: str) -> DocumentKind:
    # The directory of an OLE2 container names its streams in UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedError(name)
    for stream in ("Workbook", "Book"):
        if stream.encode("utf-16-le") in data:
            return "xls"
    raise UnsupportedKindError(name, "OLE2")


def _looks_like_html(data: bytes) -> bool:
    """Whether the first thing is a tag that HTML begins with, in an encoding of any width."""
    head = data[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff")
    return _HTML_START.match(head) is not None
