"""One self-contained HTML page for a document: findings, pages with boxes, charts, data.

No script, font or picture comes from elsewhere: the page carries a policy that forbids it, and
works from a mailed attachment. All text from the document is escaped by the template engine.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from kenzan.export.figure_marks import find_marks
from kenzan.export.html_charts import draw_charts
from kenzan.export.html_findings import Shown, describe_findings
from kenzan.export.html_pages import anchors_shown, describe_pages
from kenzan.export.html_summary import describe_summary
from kenzan.export.html_table import render_rows, table_columns
from kenzan.schemas.data_files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import jinja2

    from kenzan.schemas.audit import AuditResult
    from kenzan.schemas.report import Report
    from kenzan.schemas.view import PageView


def render_html(
    report: Report,
    audit: AuditResult,
    pages: Iterable[PageView] = (),
    *,
    lang: str = "ja",
    titles: Mapping[str, tuple[str, str]] | None = None,
) -> str:
    """The whole page. ``pages`` are what to show of the document; ``titles`` name the rules.

    ``titles`` maps a rule's id to its title in Japanese and English.
    """
    views = list(pages)
    marks = find_marks(report, audit)
    described = describe_pages(views, marks, report, audit.findings)
    shown = Shown({view.number: view for view in views}, marks, anchors_shown(described))
    columns = table_columns(report.observations)
    return load_template("report.html.j2").render(
        lang=lang,
        **load_frame("report.js"),
        document=report.document,
        title=report.document.title or report.document.document,
        **describe_summary(report, audit, marks, titles or {}),
        findings=describe_findings(report, audit, shown, titles or {}),
        pages=described,
        charts=draw_charts(report.observations),
        columns=columns,
        rows=render_rows(report.observations, marks, columns, shown.anchors),
    )


def load_frame(script: str) -> dict[str, Any]:
    """What every page carries within itself: its styles, its script, and the script's digest."""
    import markupsafe

    text = _resource(script)
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return {
        "css": markupsafe.Markup(_resource("report.css")),  # noqa: S704  our own file
        "script": markupsafe.Markup(text),  # noqa: S704  our own file
        "script_hash": f"sha256-{digest}",
    }


@cache
def _resource(name: str) -> str:
    return read_text("kenzan.export", f"templates/{name}")


@cache
def load_template(name: str) -> jinja2.Template:
    """A page's template; everything put into it is escaped."""
    import jinja2

    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FunctionLoader(_resource),
    )
    return environment.get_template(name)
