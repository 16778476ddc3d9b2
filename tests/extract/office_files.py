"""Small Office files made from the XML that a test is about."""

from __future__ import annotations

import io
import zipfile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def pack(parts: dict[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def links(*pairs: tuple[str, str, str]) -> str:
    """A relationships part of (id, kind, target)."""
    inside = "".join(
        f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="{target}"/>'
        for key, kind, target in pairs
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inside}</Relationships>'


def word(body: str, **parts: str) -> bytes:
    """A Word file; further parts (header, footnotes, styles) by their name, linked by it."""
    made: dict[str, str | bytes] = {
        "_rels/.rels": links(("r1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": links(*((key, key, f"{key}.xml") for key in parts)),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    for key, content in parts.items():
        root = {"header": "hdr", "footer": "ftr"}.get(key, key)
        made[f"word/{key}.xml"] = f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
    return pack(made)


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows: list[str]) -> str:
    """A Word table of these rows; a cell is its text, or its XML if that begins with a tag."""
    made = ("".join(cell if cell.startswith("<") else tc(cell) for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in made) + "</w:tbl>"


def tc(text: str = "", properties: str = "", content: str = "") -> str:
    inside = content or paragraph(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def deleted(text: str) -> str:
    return f'<w:del w:id="1"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="2"><w:r><w:t>{text}</w:t></w:r></w:ins>'


def excel(sheet: str, styles: str = "", strings: str = "") -> bytes:
    """A workbook of one sheet, from what stands in its ``worksheet`` element."""
    return pack(
        {
            "_rels/.rels": links(("r1", "officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": links(
                ("s1", "worksheet", "worksheets/sheet1.xml"),
                ("s2", "styles", "styles.xml"),
                ("s3", "sharedStrings", "sharedStrings.xml"),
            ),
            "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets>'
            '<sheet name="表" sheetId="1" r:id="s1"/></sheets></workbook>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_S}">{sheet}</worksheet>',
            "xl/styles.xml": f'<styleSheet xmlns="{_S}">{styles}</styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_S}">{strings}</sst>',
        }
    )
