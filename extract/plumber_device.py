"""pdfminer's interpreter, run on one page under a clock and a limit of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.pdfinterp import PDFPageInterpreter

from kenzan.errors import TooSlowError

if TYPE_CHECKING:
    from pdfminer.layout import LTPage
    from pdfminer.pdfpage import PDFPage

    from kenzan.extract.options import Deadline

_EVERY = 512
_MOST = 500_000


class _TooManyObjectsError(Exception):
    """The page draws more than any report does."""


class _WatchedDevice(PDFPageAggregator):
    """Collects a page's objects; looks at the clock every few hundred of them."""

    def __init__(self, manager: Any, deadline: Deadline) -> None:
        super().__init__(manager, laparams=None)
        self._deadline = deadline
        self._seen = 0

    def _count(self) -> None:
        self._seen += 1
        if self._seen % _EVERY == 0:
            self._deadline.check()
            if self._seen > _MOST:
                raise _TooManyObjectsError

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        self._count()
        return float(super().render_char(*args, **kwargs))

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        self._count()
        super().paint_path(*args, **kwargs)


def interpret_page(pdf: Any, page: PDFPage, deadline: Deadline) -> LTPage | None:
    """The objects of a page; ``None`` where its content cannot be interpreted.

    Raises:
        TooSlowError: the document's time is used up.
    """
    device = _WatchedDevice(pdf.rsrcmgr, deadline)
    try:
        PDFPageInterpreter(pdf.rsrcmgr, device).process_page(page)
    except TooSlowError:
        raise
    except Exception:  # noqa: BLE001 - whatever broken content makes pdfminer raise
        return None
    return device.get_result()
