"""Word files: paragraphs as lines and tables as grids, in the order of the body.

What is read is the text once all tracked changes are accepted; a deletion that touches a figure
is noticed. Headers stand before the first page, footers after the last, each text once.

Word files have no pages of their own. If Word has stored where its pages broke when it last laid
the file out, those breaks are counted; otherwise the breaks that the author set (page breaks,
sections that begin a new page). A table belongs to the page on which it begins. Numbers that
Word makes itself (of lists, of pages, of notes) are not part of the text.

Read with the standard library's XML parser rather than python-docx, which knows neither tracked
changes nor text boxes and loads the whole tree. Source: ECMA-376, part 1, chapter 17.
"""

from __future__ import annotations

import hashlib
from dataclasses import field
from typing import TYPE_CHECKING

from kenzan.errors import EmptyDocumentError, NoTextLayerError, TooLargeError
from kenzan.extract.options import Budget, Deadline, ReadOptions
from kenzan.extract.package import Package
from kenzan.extract.word_tables import WordBlocks
from kenzan.extract.word_text import WordState, is_on
from kenzan.schemas.document import Document, Line, Page
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kenzan.schemas.document import Block

_NOTES = {"footnotes": "w_footnote", "endnotes": "w_endnote"}
_MEDIA = "word/media/"


def read_docx(data: bytes, *, name: str, options: ReadOptions) -> Document:
    """Read a Word file.

    Raises:
        DamagedError: no Word file, or broken.
        EmptyDocumentError: nothing in it.
        NoTextLayerError: nothing but pictures in it.
        TooLargeError: over a limit of size, pages, characters or cells.
        TooSlowError: over the limit of time.
    """
    deadline = Deadline.of(name, options)
    package = Package(data, name, options, deadline)
    reader = _Reader(package, options)
    blocks = list(reader.blocks())
    if not blocks:
        raise (NoTextLayerError if package.parts(_MEDIA) else EmptyDocumentError)(name)
    return Document(
        name=name,
        kind="docx",
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        pages=_to_pages(blocks, name, options),
        notices=tuple(reader.state.notices),
    )


def _to_pages(blocks: Iterable[Block], name: str, options: ReadOptions) -> tuple[Page, ...]:
    pages: dict[int, list[Block]] = {}
    for block in blocks:
        pages.setdefault(block.page, []).append(block)
    last = max(pages)
    if options.max_pages is not None and last > options.max_pages:
        raise TooLargeError(name, f"{last:,} > {options.max_pages:,} pages")
    return tuple(Page(number, tuple(pages.get(number, ()))) for number in range(1, last + 1))


@dataclass(slots=True)
class _Sections:
    """What a first pass over the body finds: sections, and whether Word stored its pages."""

    stored_breaks: bool = False
    begin_new_page: list[bool] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, package: Package, options: ReadOptions) -> None:
        self._package = package
        self._main = package.main_part
        self._cells = Budget(package.name, options.max_cells, "cells")
        chars = Budget(package.name, options.max_chars, "characters")
        self._sections = self._find_sections()
        self.state = WordState(chars, self._sections.stored_breaks)
        self.state.hidden_styles = self._find_hidden_styles()
        self.state.notes = self._read_notes()

    def blocks(self) -> Iterator[Block]:
        """All blocks: headers, body, footers."""
        yield from self._read_margins(self._sections.headers)
        yield from self._read_body()
        yield from self._read_margins(self._sections.footers)

    def _find_sections(self) -> _Sections:
        sections = _Sections()
        for event, element, _ in self._package.events(self._main):
            if event == "start":
                sections.stored_breaks |= element.tag == "w_lastRenderedPageBreak"
                continue
            if element.tag == "w_sectPr":
                kind = element.find("w_type")
                value = kind.get("w_val") if kind is not None else "nextPage"
                sections.begin_new_page.append(value not in {"continuous", "nextColumn"})
                for found, tag in (
                    (sections.headers, "w_headerReference"),
                    (sections.footers, "w_footerReference"),
                ):
                    found.extend(link.get("r_id", "") for link in element.iterfind(tag))
            elif element.tag in {"w_p", "w_tbl"}:
                element.clear()
        return sections

    def _read_body(self) -> Iterator[Block]:
        reader = WordBlocks(self.state, self._cells)
        begun = iter(self._sections.begin_new_page[1:])
        for child in self._package.children(self._main, depth=3):
            yield from reader.read(child)
            if child.find("w_pPr/w_sectPr") is not None and next(begun, False):
                self.state.page += not self.state.stored_breaks
        yield from reader.end_paragraph()

    def _read_margins(self, ids: Iterable[str]) -> Iterator[Block]:
        """Headers or footers, each part once; page numbers in them are left out."""
        links = self._package.relationships(self._main)
        seen: set[str] = set()
        self.state.drop_page_fields = True
        for part in dict.fromkeys(links[key].target for key in ids if key in links):
            if part not in self._package:
                continue
            reader = WordBlocks(self.state, self._cells)
            for child in self._package.children(part, depth=2):
                for block in reader.read(child):
                    if not isinstance(block, Line) or _says_new(block.text, seen):
                        yield block
            yield from reader.end_paragraph()
        self.state.drop_page_fields = False

    def _read_notes(self) -> dict[str, tuple[str, ...]]:
        notes: dict[str, tuple[str, ...]] = {}
        for kind, tag in _NOTES.items():
            part = self._package.linked_part(self._main, kind)
            for note in self._package.children(part, depth=2) if part else ():
                if note.tag == tag and "w_type" not in note.attrib:
                    reader = WordBlocks(self.state, self._cells)
                    blocks = [x for child in note for x in reader.read(child)]
                    told = tuple(block.text for block in blocks if isinstance(block, Line))
                    notes[f"{tag}Reference/{note.get('w_id', '')}"] = told
        return notes

    def _find_hidden_styles(self) -> frozenset[str]:
        part = self._package.linked_part(self._main, "styles")
        styles = self._package.children(part, depth=2) if part else ()
        return frozenset(
            style.get("w_styleId", "") for style in styles if is_on(style.find("w_rPr/w_vanish"))
        )


def _says_new(text: str, seen: set[str]) -> bool:
    """Whether a line of a header says something, and for the first time."""
    new = text not in seen and any(char.isalnum() for char in text)
    seen.add(text)
    return new
