"""Whether the two PDF engines read the same figures on a page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kenzan.extract.engines import Engines
from kenzan.extract.geometry import build_page
from kenzan.extract.options import Deadline, ReadOptions
from kenzan.schemas.document import Grid, Line
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.schemas.document import Page
    from kenzan.schemas.geometry import Box

    _Placed = tuple[str, Box | None]

_SIGNS = str.maketrans(dict.fromkeys("−－‐‑‒–—―─ｰー", "-") | {"▲": "△", "▵": "△", "＋": "+"})
_FIGURE = re.compile(r"[-+△(]?\d[\d,.]*")
_MOST_PLACES, _MOST_SHOWN = 100, 10


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Figures that only one engine reads, and where; ``box`` of ``None`` is the whole page."""

    page: int
    fast: tuple[str, ...]
    reference: tuple[str, ...]
    box: Box | None = None

    @property
    def detail(self) -> str:
        """What each engine reads that the other does not."""
        return (
            f"pdfium: {' '.join(self.fast) or '-'} / pdfplumber: {' '.join(self.reference) or '-'}"
        )


def compare_engines(
    source: Path | str | bytes,
    *,
    options: ReadOptions = ReadOptions(),  # noqa: B008 - frozen
) -> list[Disagreement]:
    """The places in which the two engines read different figures (digits and signs).

    Raises:
        DocumentError: PDFium cannot open the file.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    name = "-" if isinstance(source, bytes) else Path(source).name
    found: list[Disagreement] = []
    deadline = Deadline.of(name, options)
    with Engines(data, name, options, deadline) as engines:
        for number in range(1, engines.page_count + 1):
            deadline.check()
            content = engines.read_page(number)
            if content is None:
                continue
            found += compare_page(engines, number, build_page(content))
    return found


def compare_page(engines: Engines, number: int, page: Page) -> list[Disagreement]:
    """Where the slow engine reads other figures on a page than ``page`` has."""
    other = engines.read_reference(number)
    return [] if other is None else _compare(page, build_page(other))


def _compare(fast: Page, reference: Page) -> list[Disagreement]:
    """Each place where figures differ; the whole page at once where there are very many."""
    mine, other = _figures(fast), _figures(reference)
    only, missing = _without(mine, other), _without(other, mine)
    if len(only) + len(missing) > _MOST_PLACES:
        first, second = (
            tuple(text for text, _ in found[:_MOST_SHOWN]) for found in (only, missing)
        )
        return [Disagreement(fast.number, first, second)]
    found: list[Disagreement] = []
    for text, box in only:
        pair = next((there for there in missing if _meet(box, there[1])), None)
        if pair is not None:
            missing.remove(pair)
        found.append(Disagreement(fast.number, (text,), (pair[0],) if pair else (), box))
    return found + [Disagreement(fast.number, (), (text,), box) for text, box in missing]


def _meet(one: Box | None, other: Box | None) -> bool:
    return one is not None and other is not None and one.meets(other)


def _without(figures: list[_Placed], others: list[_Placed]) -> list[_Placed]:
    """The figures that are not among the others.

    Which of several equal ones is the odd one cannot be told, so that all of them are doubted.
    """
    surplus = Counter(text for text, _ in figures) - Counter(text for text, _ in others)
    return [(text, box) for text, box in figures if text in surplus]


def _figures(page: Page) -> list[_Placed]:
    """All figures of a page with their signs, in one spelling, whatever their order."""
    figures: list[_Placed] = []
    for line in _lines(page):
        # Blanks differ by engine and mean nothing between a sign and its figure.
        text = unicodedata.normalize("NFKC", line.text).translate(_SIGNS)
        text = re.sub(r"(?<=[-+△(]) +(?=\d)", "", text)
        figures += [(found.group(), line.box) for found in _FIGURE.finditer(text)]
    return figures


def _lines(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                yield from cell.lines
        else:
            yield block
