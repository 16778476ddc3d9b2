"""Documents to reports: who is each number? year, role, unit, indicator, project.

``interpret_document`` is the only way in. What stands where, and where a change would go:

    words/      what words mean. A new header wording is a line in ``measures.toml`` or
                ``roles.toml``; a new way to say 計 or うち a line in ``kinds.toml``; a new heading
                a line in ``sections.toml``; a new numbering one pattern in ``numbering.py``
    tables/     one engine for every table: a cell gets its meaning from the labels on its row and
                its column. A layout that these labels cannot describe is one new module beside
                ``forms.py``, called from ``reading.py``
    text/       lines around the tables: headings, projects, plans, reasons
    linear/     tables that linear text has flattened, put back into grids
    contract.py the rows of the data contract, from figures and texts
    coverage.py seen = placed + in text + left, per page
    assembly.py the order of the work

Nothing here judges a figure: what is printed is what is written, and what cannot be placed is
kept as ``unreadable`` or listed as left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan import __version__
from kenzan.interpret.assembly import interpret

if TYPE_CHECKING:
    from decimal import Decimal

    from kenzan.schemas.document import Document
    from kenzan.schemas.report import Report

__all__ = ["interpret_document"]


def interpret_document(document: Document, *, seconds: Decimal | None = None) -> Report:
    """Everything a document says, with the place of every figure.

    ``seconds`` is the time that reading took, for the ``documents`` row. Total: a document
    without tables gives a report without observations.
    """
    return interpret(document, seconds=seconds, version=__version__)
