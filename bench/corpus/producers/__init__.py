"""Sets documents in every format, and says what class of input each is."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bench.corpus.draw import Draw
from bench.corpus.producers import (
    chromium,
    docx,
    fpdf2_pdf,
    html,
    office,
    reportlab_pdf,
    text,
    transforms,
    xlsx,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.corpus.model import Generated

InputClass = Literal["native", "ruled pdf", "unruled pdf", "layout text", "linear text"]

NATIVE = ("docx", "xlsx", "html")
PDF = ("writer", "calc", "chromium", "reportlab", "fpdf2", "rotated", "shifted", "two-up")
TEXT = (
    "text-layout",
    "text-raw",
    "text-default",
    "text-pdfminer",
    "plain-lines",
    "plain-tabs",
    "plain-cells",
)
PRODUCERS = (*NATIVE, *PDF, *TEXT)

_TURNED = {"rotated": transforms.rotate, "shifted": transforms.shift, "two-up": transforms.two_up}
_PLAIN = {
    "plain-lines": text.render_lines,
    "plain-tabs": text.render_tabs,
    "plain-cells": text.render_cells,
}
_ALIGNED = ("text-layout", "text-layout", "text-layout", "plain-tabs")
_BASES = ("reportlab", "chromium", "fpdf2", "writer")


@dataclass(frozen=True, slots=True)
class Input:
    """One file to be read: which document, set by whom, and how hard that is to read."""

    generated: Generated
    producer: str
    path: Path

    @property
    def input_class(self) -> InputClass:
        if self.producer in NATIVE:
            return "native"
        if self.producer in PDF:
            full = all(table.rules == "full" for table in self.generated.document.tables())
            return "ruled pdf" if full else "unruled pdf"
        return "layout text" if self.producer in _ALIGNED else "linear text"


def draw_producers(generated: Generated) -> tuple[str, ...]:
    """The five formats a document is set in when none are asked for: every seed others.

    One native format, two ways to PDF, aligned text and linear text.
    """
    draw = Draw(generated.document.name)
    linear = [name for name in TEXT if name not in _ALIGNED]
    names = [draw.one(NATIVE), *draw.some(PDF, 2), draw.one(_ALIGNED), draw.one(linear)]
    return tuple(names)


def make_inputs(wanted: Iterable[tuple[Generated, str]], folder: Path) -> list[Input]:
    """Set each document by the named producer into ``folder``; files there are used again.

    Raises ``KeyError`` for an unknown producer, ``RuntimeError`` if a program fails.
    """
    _forget_old(folder)
    inputs = [Input(made, name, path_of(made, name, folder)) for made, name in wanted]
    missing = [item for item in inputs if not item.path.exists()]
    needed = {(item.generated.document.name, item.producer): item for item in missing}
    for item in missing:
        for name in _sources(item.producer, item.generated.seed):
            source = Input(item.generated, name, path_of(item.generated, name, folder))
            if not source.path.exists():
                needed.setdefault((item.generated.document.name, name), source)
    steps = list(needed.values())
    for stage in range(3):
        _make_stage([item for item in steps if _stage(item.producer) == stage], folder)
    return inputs


def _forget_old(folder: Path) -> None:
    """Remove the files of an earlier version of the corpus, as its digest in the folder shows."""
    root = Path(__file__).parents[1]
    sources = sorted([*root.rglob("*.py"), *root.rglob("*.toml")])
    skipped = {root / "scoring.py", root / "arithmetic.py"}
    parts = (path.read_bytes() for path in sources if path not in skipped)
    digest = hashlib.sha256(b"".join(parts)).hexdigest()
    mark = folder / "corpus.sha256"
    if mark.exists() and mark.read_text(encoding="ascii") == digest:
        return
    for name in PRODUCERS if mark.exists() else ():
        shutil.rmtree(folder / name, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    mark.write_text(digest, encoding="ascii")


def path_of(generated: Generated, producer: str, folder: Path) -> Path:
    """Where the file of this producer stands; its suffix fits its kind."""
    suffix = producer if producer in NATIVE else "pdf" if producer in PDF else "txt"
    return folder / producer / f"{generated.document.name}.{suffix}"


def _sources(producer: str, seed: int) -> tuple[str, ...]:
    """The formats that must be there first, the earliest first."""
    direct = {"writer": "docx", "calc": "xlsx", "chromium": "html"}
    if producer in direct:
        return (direct[producer],)
    if producer in _TURNED:
        return ("reportlab",)
    if producer.startswith("text-"):
        base = _base(seed)
        return (*_sources(base, seed), base)
    return ()


def _base(seed: int) -> str:
    """The PDF that text is taken from."""
    return _BASES[seed % len(_BASES)]


def _stage(producer: str) -> int:
    if producer in (*NATIVE, "reportlab", "fpdf2", *_PLAIN):
        return 0
    return 1 if producer in ("writer", "calc", "chromium", *_TURNED) else 2


def _make_stage(items: Sequence[Input], folder: Path) -> None:
    for name in dict.fromkeys(item.producer for item in items):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, source in (("writer", "docx"), ("calc", "xlsx")):
        batch = [path_of(item.generated, source, folder) for item in items if item.producer == name]
        if batch:
            office.convert(batch, folder / name)
    for item in items:
        if item.producer not in ("writer", "calc"):
            _make(item, folder)


def _make(item: Input, folder: Path) -> None:
    made, name, path = item.generated, item.producer, item.path
    if name in _PLAIN:
        _PLAIN[name](made.document, path)
    elif name in _TURNED:
        _TURNED[name](path_of(made, "reportlab", folder), path)
    elif name.startswith("text-"):
        base = path_of(made, _base(made.seed), folder)
        text.from_pdf(base, path, name.removeprefix("text-"))
    elif name == "chromium":
        chromium.print_page(path_of(made, "html", folder), path)
    elif name == "xlsx":
        xlsx.render(made.document, path, sheets=made.seed % 4 == 1, numbers=made.seed % 3 != 2)
    elif name == "reportlab":
        font = ("IPAGothic", "IPAMincho", "HeiseiMin-W3")[made.seed % 3]
        reportlab_pdf.render(made.document, path, font=font)
    else:
        {"docx": docx.render, "html": html.render, "fpdf2": fpdf2_pdf.render}[name](
            made.document, path
        )
