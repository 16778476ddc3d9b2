"""The text of Word paragraphs as Word prints it once all tracked changes are accepted."""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING

from kenzan.schemas.data_files import read_toml
from kenzan.schemas.document import Line, Notice
from kenzan.schemas.geometry import Place
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from kenzan.extract.options import Budget

_OFF = frozenset({"0", "false", "off", "none"})
_XML_SPACE = " \t\r\n"
_CHARACTERS = {"w_tab": "\t", "w_ptab": "\t", "w_noBreakHyphen": "\u2011"}
# What is printed under these elements is printed as part of what stands around them.
_TRANSPARENT = frozenset(
    {
        *("w_ins", "w_moveTo", "w_hyperlink", "w_smartTag", "w_customXml", "w_sdt", "w_sdtContent"),
        *("w_fldSimple", "w_bdo", "w_dir", "w_rubyBase", "w_subDoc", "mc_Choice", "mc_Fallback"),
    }
)
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_FIGURE_PART = re.compile(r"[\d,，.．・%％+＋\-－−‐△▲▽±()（）]+")
_MAX_NOTICES = 200


@dataclass(slots=True)
class WordState:
    """What goes on through a document: the page, what it hides, and what has been noticed.

    ``stored_breaks`` says that Word has stored where its pages broke; otherwise only the breaks
    that the author set are counted.
    """

    chars: Budget
    stored_breaks: bool = False
    page: int = 1
    hidden_styles: frozenset[str] = frozenset()
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    drop_page_fields: bool = False
    fields: list[_Field] = field(default_factory=list)

    def notice(self, code: str, detail: str) -> None:
        """Note something on this page; the same thing only once, and not without end."""
        new = Notice(code, detail, Place(self.page))
        if len(self.notices) < _MAX_NOTICES and new not in self.notices:
            self.notices.append(new)


@dataclass(slots=True)
class _Field:
    """A field that is open: its instruction, and whether its result has begun."""

    instruction: str = ""
    in_result: bool = False


@dataclass(slots=True)
class _Deletion:
    """A text that a tracked change removed, and where: a line and an offset into it."""

    text: str
    line: int
    offset: int


class ParagraphText:
    """One printed paragraph: its lines, and what stands inside it but is no part of its text.

    ``boxes`` are the contents of text boxes, ``note_ids`` the foot- and endnotes referred to.
    A paragraph whose mark was deleted goes on with the next one. ``indent`` is put before it.
    """

    def __init__(self, state: WordState, indent: str = "") -> None:
        self._state = state
        self._indent = indent
        self._lines: list[list[str]] = [[]]
        self._pages: list[int] = [state.page]
        self._deletions: list[_Deletion] = []
        self.boxes: list[Element] = []
        self.note_ids: list[str] = []

    def add(self, paragraph: Element) -> None:
        """Append the content of a ``w:p``."""
        style = _value(paragraph.find("w_pPr/w_pStyle"))
        self._walk(paragraph, hidden=style in self._state.hidden_styles)

    def lines(self) -> tuple[Line, ...]:
        """The printed lines; a paragraph without text has none."""
        pairs = zip(self._lines, self._pages, strict=True)
        told = [(text, page) for parts, page in pairs if (text := "".join(parts)).strip()]
        return tuple(Line((self._indent if not i else "") + x, p) for i, (x, p) in enumerate(told))

    def deleted(self) -> tuple[str, ...]:
        """The texts that tracked changes removed."""
        return tuple(deletion.text for deletion in self._joined_deletions())

    def notice_deletions(self, *, in_cell: bool) -> None:
        """Notice each deletion that touched a figure."""
        for deletion in self._joined_deletions():
            text = "".join(self._lines[deletion.line])
            if _touches_figure(deletion, text, in_cell=in_cell):
                self._state.notice("tracked-change", f"{deletion.text} → {text.strip()}")

    def _joined_deletions(self) -> list[_Deletion]:
        """Deletions; those without text between them are one."""
        joined: list[_Deletion] = []
        for each in self._deletions:
            last = joined[-1] if joined else None
            if last and (last.line, last.offset) == (each.line, each.offset):
                last.text += each.text
            else:
                joined.append(_Deletion(each.text, each.line, each.offset))
        return joined

    def _walk(self, element: Element, *, hidden: bool) -> None:
        for child in element:
            tag = child.tag
            if tag == "w_r":
                self._run(child, hidden=hidden)
            elif tag in {"w_del", "w_moveFrom"}:
                self._deleted(child)
            elif tag == "mc_AlternateContent":
                self._walk(_alternative(child), hidden=hidden)
            elif tag == "m_t":
                self._write(child.text or "")
            elif tag == "w_fldSimple" and self._is_dropped(child.get("w_instr", "")):
                continue
            elif tag in _TRANSPARENT or tag.startswith("m_"):
                self._walk(child, hidden=hidden)

    def _run(self, run: Element, *, hidden: bool) -> None:
        properties = run.find("w_rPr")
        hidden = self._is_hidden(properties, hidden=hidden)
        if hidden:
            text = "".join(_texts(run))
            if text.strip():
                self._state.notice("hidden-content", text.strip())
        for child in run:
            if child.tag == "mc_AlternateContent":
                self._run(_alternative(child), hidden=hidden)
            else:
                self._run_child(child, hidden=hidden)

    def _is_hidden(self, properties: Element | None, *, hidden: bool) -> bool:
        if properties is None:
            return hidden
        vanish = properties.find("w_vanish")
        if vanish is not None:
            return is_on(vanish)
        return hidden or _value(properties.find("w_rStyle")) in self._state.hidden_styles

    def _run_child(self, child: Element, *, hidden: bool) -> None:
        tag = child.tag
        if tag == "w_fldChar":
            self._field_mark(child.get("w_fldCharType", ""))
        elif tag == "w_instrText" and self._state.fields:
            self._state.fields[-1].instruction += child.text or ""
        elif tag == "w_lastRenderedPageBreak":
            self._break_page(stored=True)
        elif not hidden and self._prints_fields():
            self._print(child, tag)

    def _print(self, child: Element, tag: str) -> None:
        if tag == "w_t":
            self._write(text_of(child))
        elif tag in _CHARACTERS:
            self._write(_CHARACTERS[tag])
        elif tag == "w_sym":
            self._write(_symbol(child.get("w_font", ""), child.get("w_char", "")))
        elif tag in {"w_br", "w_cr"}:
            self._break(child.get("w_type", "textWrapping"))
        elif tag == "w_ruby":
            for base in child.iterfind("w_rubyBase"):
                self._walk(base, hidden=False)
        elif tag in {"w_footnoteReference", "w_endnoteReference"}:
            self.note_ids.append(f"{tag}/{child.get('w_id', '')}")
        elif tag in {"w_drawing", "w_pict", "w_object"}:
            self._look_into(child)

    def _look_into(self, drawing: Element) -> None:
        self.boxes.extend(_boxes(drawing))
        for embedded in drawing.iter("o_OLEObject"):
            kind = embedded.get("ProgID", "")
            self._state.notice("no-text-layer", f"{kind}: an embedded object, shown as a picture")

    def _field_mark(self, kind: str) -> None:
        fields = self._state.fields
        if kind == "begin":
            fields.append(_Field())
        elif fields and kind == "separate":
            fields[-1].in_result = True
        elif fields and kind == "end":
            fields.pop()

    def _prints_fields(self) -> bool:
        """Whether text here is printed: in no field's instruction, and in no unwanted result."""
        return all(
            each.in_result and not self._is_dropped(each.instruction) for each in self._state.fields
        )

    def _is_dropped(self, instruction: str) -> bool:
        return self._state.drop_page_fields and _PAGE_FIELD.match(instruction) is not None

    def _deleted(self, element: Element) -> None:
        """Keep what a deletion removed. A text that was moved is printed elsewhere."""
        text = "".join(_texts(element))
        if element.tag == "w_del" and text:
            offset = sum(map(len, self._lines[-1]))
            self._deletions.append(_Deletion(text, len(self._lines) - 1, offset))

    def _write(self, text: str) -> None:
        if not self._lines[-1]:
            self._pages[-1] = self._state.page
        self._state.chars.spend(len(text))
        self._lines[-1].append(text)

    def _break(self, kind: str) -> None:
        if kind == "page":
            self._break_page(stored=False)
        self._lines.append([])
        self._pages.append(self._state.page)

    def _break_page(self, *, stored: bool) -> None:
        if stored == self._state.stored_breaks:
            self._state.page += 1


def _touches_figure(deletion: _Deletion, text: str, *, in_cell: bool) -> bool:
    """Whether a deletion changed a figure, or took one out of a table's cell."""
    if in_cell and _DIGIT.search(deletion.text):
        return True
    cut = deletion.text.strip()
    before = text[: deletion.offset].rstrip()[-1:]
    after = text[deletion.offset :].lstrip()[:1]
    begins = _DIGIT.match(before) and _FIGURE_PART.match(cut[:1])
    ends = _DIGIT.match(after) and _FIGURE_PART.match(cut[-1:])
    return bool(begins or ends)


def is_on(element: Element | None) -> bool:
    """Whether a toggle is set; one without a value is."""
    return element is not None and element.get("w_val", "1").lower() not in _OFF


def text_of(element: Element) -> str:
    """The text of a ``w:t``, without the outer blanks that are not marked as to be kept."""
    text = (element.text or "").replace("\n", " ")
    return text if element.get("xml_space") == "preserve" else text.strip(_XML_SPACE)


def _texts(element: Element) -> Iterator[str]:
    for child in element.iter():
        if child.tag in {"w_t", "w_delText"}:
            yield text_of(child)


def _value(element: Element | None) -> str:
    return element.get("w_val", "") if element is not None else ""


def _alternative(element: Element) -> Element:
    """The one of several equivalent contents to read: the newest, not its fallback."""
    choice = element.find("mc_Choice")
    fallback = element.find("mc_Fallback")
    if choice is not None and (fallback is None or len(choice)):
        return choice
    return fallback if fallback is not None else element


def _boxes(element: Element) -> Iterator[Element]:
    """The contents of the text boxes in a drawing; a box is not looked into for more boxes."""
    if element.tag == "w_txbxContent":
        yield element
    elif element.tag == "mc_AlternateContent":
        yield from _boxes(_alternative(element))
    else:
        for child in element:
            yield from _boxes(child)


def _symbol(font: str, code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    table = _symbols().get(font.lower(), {})
    found = table.get(f"{number & 0xFF:X}") if number >= 0xF000 or number < 0x100 else None
    return found or (chr(number) if 0x20 <= number <= 0xFFFD else "")


@lru_cache(maxsize=1)
def _symbols() -> dict[str, dict[str, str]]:
    return read_toml("kenzan.extract", "symbols.toml")
