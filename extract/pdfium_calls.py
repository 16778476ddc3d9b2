"""PDFium's functions, bound for speed.

The library that pypdfium2 brings along is opened directly: importing pypdfium2's generated
bindings costs more time than reading a small report. Functions that run for long are bound
through ``CDLL`` and let other threads go on; the many short ones go through ``PyDLL``, which saves
the hand-over of the interpreter lock at every call.

PDFium is not thread-safe. ``LOCK`` guards every use of it within a process; work in parallel is
the business of processes.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

LOCK = threading.RLock()

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int
_DOUBLE = ctypes.c_double
_SIZE = ctypes.c_size_t


def _library_path() -> str:
    """Where pypdfium2 keeps its library, found without importing it."""
    spec = find_spec("pypdfium2_raw")
    name = {"win32": "pdfium.dll", "darwin": "libpdfium.dylib"}.get(sys.platform, "libpdfium.so")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / name
        if path.is_file():
            return str(path)
    from pypdfium2_raw import bindings  # a build against a library of the system

    return str(bindings._libs["pdfium"]._name)  # noqa: SLF001 - no public name for it


_PATH = _library_path()
_FREE = ctypes.CDLL(_PATH)
_HELD = ctypes.PyDLL(_PATH)


def _bind(library: ctypes.CDLL, name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    function = library[name]
    function.restype = result
    if arguments:
        function.argtypes = arguments
    return function


init_library = _bind(_FREE, "FPDF_InitLibrary", None)
load_document = _bind(
    _FREE, "FPDF_LoadMemDocument64", _POINTER, ctypes.c_char_p, _SIZE, ctypes.c_char_p
)
close_document = _bind(_FREE, "FPDF_CloseDocument", None, _POINTER)
last_error = _bind(_HELD, "FPDF_GetLastError", ctypes.c_ulong)
count_pages = _bind(_FREE, "FPDF_GetPageCount", _INT, _POINTER)
meta_text = _bind(
    _FREE,
    "FPDF_GetMetaText",
    ctypes.c_ulong,
    _POINTER,
    ctypes.c_char_p,
    _POINTER,
    ctypes.c_ulong,
)
load_page = _bind(_FREE, "FPDF_LoadPage", _POINTER, _POINTER, _INT)
close_page = _bind(_FREE, "FPDF_ClosePage", None, _POINTER)
page_width = _bind(_HELD, "FPDF_GetPageWidthF", ctypes.c_float, _POINTER)
page_height = _bind(_HELD, "FPDF_GetPageHeightF", ctypes.c_float, _POINTER)
page_rotation = _bind(_HELD, "FPDFPage_GetRotation", _INT, _POINTER)
device_to_page = _bind(
    _HELD,
    "FPDF_DeviceToPage",
    _INT,
    _POINTER,
    *(_INT,) * 7,
    _POINTER,
    _POINTER,
)

load_text = _bind(_FREE, "FPDFText_LoadPage", _POINTER, _POINTER)
close_text = _bind(_FREE, "FPDFText_ClosePage", None, _POINTER)
count_chars = _bind(_HELD, "FPDFText_CountChars", _INT, _POINTER)
bulk_text = _bind(_HELD, "FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
char_code = _bind(_HELD, "FPDFText_GetUnicode", ctypes.c_uint, _POINTER, _INT)
# Without argument types: they are called once a character or run, with pointers that were
# converted beforehand by ``c_void_p.from_param``.
font_size = _bind(_HELD, "FPDFText_GetFontSize", _DOUBLE)
char_matrix = _bind(_HELD, "FPDFText_GetMatrix", None)
loose_box = _bind(_HELD, "FPDFText_GetLooseCharBox", None)
is_generated = _bind(_HELD, "FPDFText_IsGenerated", _INT)

count_objects = _bind(_HELD, "FPDFPage_CountObjects", _INT, _POINTER)
# Without argument types, like those above: converting five of them takes twice the call itself.
page_object = _bind(_HELD, "FPDFPage_GetObject", _POINTER)
object_type = _bind(_HELD, "FPDFPageObj_GetType", _INT)
object_bounds = _bind(_HELD, "FPDFPageObj_GetBounds", _INT)
draw_mode = _bind(_HELD, "FPDFPath_GetDrawMode", _INT)
stroke_color = _bind(_HELD, "FPDFPageObj_GetStrokeColor", _INT)
fill_color = _bind(_HELD, "FPDFPageObj_GetFillColor", _INT)
count_segments = _bind(_HELD, "FPDFPath_CountSegments", _INT)
clip_path = _bind(_HELD, "FPDFPageObj_GetClipPath", _POINTER)
count_clips = _bind(_HELD, "FPDFClipPath_CountPaths", _INT)
object_matrix = _bind(_HELD, "FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
form_count = _bind(_HELD, "FPDFFormObj_CountObjects", _INT, _POINTER)
form_object = _bind(_HELD, "FPDFFormObj_GetObject", _POINTER, _POINTER, ctypes.c_ulong)
count_clip_segments = _bind(_HELD, "FPDFClipPath_CountPathSegments", _INT, _POINTER, _INT)
clip_segment = _bind(_HELD, "FPDFClipPath_GetPathSegment", _POINTER, _POINTER, _INT, _INT)
path_segment = _bind(_HELD, "FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
segment_point = _bind(_HELD, "FPDFPathSegment_GetPoint", _INT, _POINTER, _POINTER, _POINTER)
segment_type = _bind(_HELD, "FPDFPathSegment_GetType", _INT, _POINTER)
segment_close = _bind(_HELD, "FPDFPathSegment_GetClose", _INT, _POINTER)

OBJECT_TEXT, OBJECT_PATH, OBJECT_IMAGE, OBJECT_FORM = 1, 2, 3, 5
SEGMENT_LINE, SEGMENT_BEZIER, SEGMENT_MOVE = 0, 1, 2
ERROR_PASSWORD = 4
ERROR_SECURITY = 5

init_library()
