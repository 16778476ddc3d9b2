"""HTML files: their tables as grids, everything else that shows as lines.

Parsed by lxml (libxml2): its HTML parser is lenient, bounds nesting by itself, fetches nothing,
and stays linear on input on which a parser true to HTML 5 explodes.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from kenzan.errors import EmptyDocumentError, EncodingUnknownError, TooLargeError
from kenzan.extract.encoding import Decoded, codec_for, decode_text
from kenzan.extract.html_flow import Flow, PageLimits, read_flow
from kenzan.extract.options import Budget, Deadline, ReadOptions
from kenzan.extract.text import notices_of
from kenzan.schemas.document import Document, Notice, Page
from kenzan.schemas.geometry import Place

_CHARSET = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:\-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml\b[^>]{0,100}?encoding\s*=\s*[\"']([\w.:\-]+)")
_HEAD = 4096
_DATA_URI = re.compile(r"\bdata:[^\"'>\s]{200,}")
# libxml2 compares each attribute of a tag with all others.
_HUGE_TAG = re.compile(r"<[^<>]{20000}")
_TOO_DEEP = "depth"


def read_html(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read a page of HTML. What it hides (scripts, ``display: none``) is left out.

    Raises:
        EncodingUnknownError: in no encoding that fits.
        EmptyDocumentError: it shows nothing.
        TooLargeError: over a limit of characters or cells.
        TooSlowError: over the limit of time.
    """
    decoded = _decode(data, name, options.encoding)
    limits = PageLimits(
        Budget(name, options.max_cells, "cells"),
        Budget(name, options.max_chars, "characters"),
        Deadline.of(name, options),
    )
    root, cut_off = _parse(decoded.text, name)
    flow = read_flow(root, limits) if root is not None else Flow()
    if not flow.blocks:
        raise EmptyDocumentError(name)
    notices = [*notices_of(decoded), *flow.notices]
    if cut_off:
        notices.append(Notice("limit-reached", "nested too deep", Place(1)))
    return Document(
        name=name,
        kind="html",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=(Page(1, tuple(flow.blocks)),),
        notices=tuple(notices),
        metadata={"encoding": decoded.encoding} | _title(root),
    )


def _decode(data: bytes, name: str, encoding: str | None) -> Decoded:
    """Decode by the caller's word, a byte order mark, the page's own word, or by detection."""
    declared = _CHARSET.search(data[:_HEAD]) or _XML_ENCODING.search(data[:_HEAD])
    codec = codec_for(declared[1].decode("ascii")) if declared else None
    if (
        encoding is not None
        or codec is None
        or data.startswith((b"\xef\xbb\xbf", b"\xff", b"\xfe"))
    ):
        return decode_text(data, name=name, encoding=encoding)
    for attempt in (codec, None):
        try:
            return decode_text(data, name=name, encoding=attempt)
        except EncodingUnknownError:
            continue
    return _decode_leniently(data, codec, name)


def _decode_leniently(data: bytes, codec: str, name: str) -> Decoded:
    """Decode as browsers do, as long as only the odd character is broken."""
    text = data.decode(codec, errors="replace")
    if text.count("\ufffd") > len(text) * 0.001 + 2:
        raise EncodingUnknownError(name, codec)
    return Decoded(text, codec, "U+FFFD")


def _parse(text: str, name: str) -> tuple[Any, bool]:
    """The root element (``None`` if there is none), and whether the parser cut something off."""
    from lxml import etree

    text = _DATA_URI.sub("", text)
    if _HUGE_TAG.search(text):
        raise TooLargeError(name, "a tag of over 20,000 characters")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    return root, any(_TOO_DEEP in entry.message for entry in parser.error_log)


def _title(root: Any) -> dict[str, str]:
    title = root.findtext(".//title") if root is not None else None
    return {"title": " ".join(title.split())} if title and title.strip() else {}
