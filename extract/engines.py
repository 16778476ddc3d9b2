"""The two PDF engines on the same page: which one to believe, and whether they agree."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from kenzan.errors import DocumentError
from kenzan.extract.geometry import build_page
from kenzan.extract.legibility import expected_share, is_legible
from kenzan.extract.options import Deadline, ReadOptions
from kenzan.extract.pdfium import PdfiumDocument, open_pdfium
from kenzan.schemas.document import Grid, Line
from kenzan.schemas.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.extract.content import PageContent
    from kenzan.extract.plumber import PlumberDocument
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


class Engines:
    """A PDF open in the engines that are asked for; the slow one is opened when it is needed."""

    def __init__(self, data: bytes, name: str, options: ReadOptions, deadline: Deadline) -> None:
        self._data, self._name = data, name
        self._options, self._deadline = options, deadline
        self._stack = ExitStack()
        self._fast: PdfiumDocument | None = None
        self._slow: PlumberDocument | None = None

    def __enter__(self) -> Self:
        if self._options.backend != "pdfplumber":
            opened = open_pdfium(self._data, self._options.password, self._name)
            self._fast = self._stack.enter_context(opened)
        else:
            self._open_slow()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _open_slow(self) -> PlumberDocument:
        if self._slow is None:
            from kenzan.extract.plumber import open_plumber

            opened = open_plumber(self._data, self._options.password, self._name, self._deadline)
            self._slow = self._stack.enter_context(opened)
        return self._slow

    @property
    def page_count(self) -> int:
        """How many pages the document says it has."""
        return self._fast.page_count if self._fast else self._open_slow().page_count

    def metadata(self) -> dict[str, str]:
        """The entries of the document information that are text."""
        return self._fast.metadata() if self._fast else self._open_slow().metadata()

    def read_page(self, number: int) -> PageContent | None:
        """The page by the engine chosen; with ``auto`` by the other where the first fails."""
        if self._fast is None:
            return _judged(self._open_slow().read_page(number))
        content = self._fast.read_page(number)
        if content and is_legible(content.chars):
            return content
        if self._options.backend == "pdfium":
            return _judged(content)
        other = self.read_reference(number)
        if other is None or not _is_better(other, content):
            return _judged(content)
        other.doubts.append(("engine-fallback", "read by pdfplumber instead of PDFium"))
        if content is not None:
            # What one engine cannot make out the other may have guessed: a font without a table
            # of its characters reads as plausible, and wrong, kanji.
            other.doubts.append(_broken(content))
        return other if content is not None else _judged(other)

    def read_reference(self, number: int) -> PageContent | None:
        """The page by the slow engine; ``None`` if that cannot open the file or the page."""
        try:
            return self._open_slow().read_page(number)
        except DocumentError:
            # A limit that is reached must end the reading; a file it cannot open need not.
            self._deadline.check()
            return None

    def compare(self, number: int, page: Page) -> list[Disagreement]:
        """Where the slow engine reads other figures on a page than ``page`` has."""
        other = self.read_reference(number)
        return [] if other is None else _compare(page, build_page(other))


def _judged(content: PageContent | None) -> PageContent | None:
    if content is not None and not is_legible(content.chars):
        content.doubts.append(_broken(content))
    return content


def _broken(content: PageContent) -> tuple[str, str]:
    share = expected_share(content.chars)
    return "broken-text", f"only {share:.0%} of the characters can be right"


def _is_better(other: PageContent, content: PageContent | None) -> bool:
    if content is None:
        return True
    return expected_share(other.chars) > expected_share(content.chars)


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
            found += engines.compare(number, build_page(content))
    return found


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
