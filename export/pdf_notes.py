"""A copy of the PDF with the findings as highlights and notes; the original stays as it is.

Places are points of the page as shown, origin top left; annotations want the page's own user
space, before rotation, with the crop box where the file puts it.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from kenzan.errors import DamagedError, EncryptedError
from kenzan.export.message import show_expected
from kenzan.schemas.geometry import Box
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pikepdf

    from kenzan.schemas.tables import Finding

AUTHOR = "kenzan"
_COLOURS = {"error": (0.85, 0.1, 0.15), "warning": (0.95, 0.6, 0.1), "notice": (0.35, 0.55, 0.9)}
_OPACITY = 0.35
_PRINTED = 4
_NOTE_SIZE, _NOTE_STEP = 18.0, 24.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A page's crop box in user space, and how many degrees it is turned clockwise when shown."""

    x0: float
    y0: float
    x1: float
    y1: float
    turned: int = 0

    def to_user(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as shown (from its top left) in user space."""
        match self.turned % 360:
            case 90:
                return self.x0 + y, self.y0 + x
            case 180:
                return self.x1 - x, self.y0 + y
            case 270:
                return self.x1 - y, self.y1 - x
            case _:
                return self.x0 + x, self.y1 - y

    def to_user_box(self, box: Box) -> tuple[float, float, float, float]:
        """A box of the page as shown in user space: left, lower, right, upper."""
        ax, ay = self.to_user(box.x0, box.top)
        bx, by = self.to_user(box.x1, box.bottom)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def mark_up_pdf(
    data: bytes, findings: Iterable[Finding], *, lang: str = "ja", password: str | None = None
) -> bytes:
    """The PDF with a highlight and a note for every finding.

    Findings without a place (about the document as a whole) become notes on the first page.

    Raises:
        EncryptedError: the password is wrong or missing.
        DamagedError: the file cannot be opened for writing a copy.
    """
    import pikepdf

    try:
        pdf = pikepdf.open(io.BytesIO(data), password=password or "")
    except pikepdf.PasswordError as error:
        raise EncryptedError from error
    except pikepdf.PdfError as error:
        raise DamagedError("", str(error)) from error
    with pdf:
        without_place = 0
        for finding in findings:
            page = pdf.pages[min(max((finding.page or 1) - 1, 0), len(pdf.pages) - 1)]
            box = _box_of(finding)
            if box is None:
                annotation = _note(pdf, page, finding, without_place, lang)
                without_place += 1
            else:
                annotation = _highlight(pdf, page, finding, box, lang)
            _attach(pdf, page, annotation)
        target = io.BytesIO()
        # A copy of a locked file stays locked; an id made of the content needs an open one.
        pdf.save(target, encryption=pdf.is_encrypted, deterministic_id=not pdf.is_encrypted)
    return target.getvalue()


def _box_of(finding: Finding) -> Box | None:
    if finding.x0 is None or finding.top is None or finding.x1 is None or finding.bottom is None:
        return None
    return Box(finding.x0, finding.top, finding.x1, finding.bottom)


def frame_of(page: pikepdf.Page) -> Frame:
    """The frame of a page as viewers show it: its crop box within its media box."""
    media = [float(edge) for edge in page.mediabox]
    crop = [float(edge) for edge in page.cropbox]
    x0, x1 = sorted((crop[0], crop[2]))
    y0, y1 = sorted((crop[1], crop[3]))
    left, right = sorted((media[0], media[2]))
    lower, upper = sorted((media[1], media[3]))
    turned = int(page.obj.get("/Rotate", 0) or 0) if "/Rotate" in page.obj else _inherited(page)
    return Frame(max(x0, left), max(y0, lower), min(x1, right), min(y1, upper), turned)


def _inherited(page: pikepdf.Page) -> int:
    """Rotation that a page takes from the nodes above it."""
    node, steps = page.obj.get("/Parent"), 0
    while node is not None and steps < 64:
        if "/Rotate" in node:
            return int(node.Rotate)
        node, steps = node.get("/Parent"), steps + 1
    return 0


def _contents(finding: Finding, lang: str) -> str:
    """What the note says: in the reader's language first, then in the other."""
    said = {
        "ja": _say(finding.message_ja, "検算値", finding),
        "en": _say(finding.message_en, "Recomputed", finding),
    }
    other = "en" if lang == "ja" else "ja"
    return f"{finding.rule}\n{said[lang]}\n\n{said[other]}"


def _say(message: str, label: str, finding: Finding) -> str:
    expected = (
        f"\n{label}: {show_expected(finding.expected, finding.printed)}" if finding.expected else ""
    )
    told = finding.formula and finding.formula not in message
    formula = f" = {finding.formula}" if told and expected else ""
    return f"{message}{expected}{formula}"


def _common(finding: Finding, lang: str, rect: tuple[float, ...]) -> dict[str, Any]:
    import pikepdf

    return {
        "/Type": pikepdf.Name.Annot,
        "/Rect": pikepdf.Array([round(edge, 3) for edge in rect]),
        "/Contents": pikepdf.String(_contents(finding, lang)),
        "/T": pikepdf.String(AUTHOR),
        "/NM": pikepdf.String(f"kenzan-{finding.id}"),
        "/C": pikepdf.Array(list(_COLOURS[finding.severity])),
        "/F": _PRINTED,
    }


def _highlight(
    pdf: pikepdf.Pdf, page: pikepdf.Page, finding: Finding, box: Box, lang: str
) -> pikepdf.Object:
    import pikepdf

    left, lower, right, upper = frame_of(page).to_user_box(box)
    corners = (left, upper, right, upper, left, lower, right, lower)
    annotation = pikepdf.Dictionary(
        {
            **_common(finding, lang, (left, lower, right, upper)),
            "/Subtype": pikepdf.Name.Highlight,
            "/QuadPoints": pikepdf.Array([round(edge, 3) for edge in corners]),
            "/CA": _OPACITY,
        }
    )
    annotation.AP = pikepdf.Dictionary(
        N=_appearance(pdf, (left, lower, right, upper), _COLOURS[finding.severity])
    )
    return pdf.make_indirect(annotation)


def _appearance(
    pdf: pikepdf.Pdf, rect: tuple[float, float, float, float], colour: tuple[float, float, float]
) -> pikepdf.Object:
    """The highlight drawn, for viewers that do not draw it themselves."""
    import pikepdf

    left, lower, right, upper = rect
    red, green, blue = colour
    drawing = (
        f"/G gs {red} {green} {blue} rg "
        f"{left:.3f} {lower:.3f} {right - left:.3f} {upper - lower:.3f} re f"
    )
    stream = pdf.make_stream(drawing.encode("ascii"))
    stream.Type = pikepdf.Name.XObject
    stream.Subtype = pikepdf.Name.Form
    stream.BBox = pikepdf.Array([round(edge, 3) for edge in rect])
    stream.Resources = pikepdf.Dictionary(
        ExtGState=pikepdf.Dictionary(
            G=pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=_OPACITY, BM=pikepdf.Name.Multiply)
        )
    )
    return stream


def _note(
    pdf: pikepdf.Pdf, page: pikepdf.Page, finding: Finding, position: int, lang: str
) -> pikepdf.Object:
    """A note at the upper left corner of the page, below the notes already there."""
    import pikepdf

    top = _NOTE_SIZE + _NOTE_STEP * position
    box = Box(_NOTE_SIZE, top, 2 * _NOTE_SIZE, top + _NOTE_SIZE)
    rect = frame_of(page).to_user_box(box)
    return pdf.make_indirect(
        pikepdf.Dictionary(
            {
                **_common(finding, lang, rect),
                "/Subtype": pikepdf.Name.Text,
                "/Name": pikepdf.Name.Comment,
            }
        )
    )


def _attach(pdf: pikepdf.Pdf, page: pikepdf.Page, annotation: pikepdf.Object) -> None:
    import pikepdf

    held = page.obj.get("/Annots")
    notes = pikepdf.Array(list(held) if isinstance(held, pikepdf.Array) else [])
    notes.append(annotation)
    page.obj.Annots = pdf.make_indirect(notes)
