"""Write docs/data.md: every table of the data contract with its columns and an example row.

    python docs/generate_data.py

The columns come from the models, the examples from the sample report; a test holds the page to
both. The three questions are run by the same test.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kenzan.export.rows import render_cell
from kenzan.schemas.columns import columns_of
from kenzan.schemas.tables import TABLES, Row

ROOT = Path(__file__).parent.parent
PAGE = Path(__file__).parent / "data.md"

INTRO = """# The data

Tidy tables, the same columns in every format (CSV, JSON, JSON Lines, Parquet, Excel, SQLite,
DuckDB). Columns are only ever added. `document` is the path relative to what was given, with `/`.

- Figures are decimals exactly as published, with the printed number of decimals: 80.0 stays 80.0,
  and a garbled -173101 stays -173101. What is wrong with it is a row of `findings`, beside it.
- An empty field means that there is nothing: a baseline has no `fiscal_year`, a text file no box.
- Boxes are PDF points from the top left of the page as shown; text has `line` instead.
- `kenzan schema` prints the JSON Schema of each table, `--kind table` the Table Schema.

表は 7 つです: `documents`（文書）、`projects`（事業）、`indicators`（指標）、\
`observations`（数値）、`narratives`（説明の文章）、`checks`（検算）、`findings`（指摘）。どの形式でも列は同じです。\
数値は公表されたとおりの十進数（80.0 は 80.0 のまま）、空欄は「何もない」こと、座標は紙面の左上を\
原点とする PDF ポイントです。各列の意味は `kenzan schema 表の名前` でも確かめられます。

This page is made from the models and the sample report by `docs/generate_data.py`.
"""

SQL_INTRO = """## Three questions in SQL

The same text runs on DuckDB and on SQLite, as a test makes sure. After
`kenzan convert FOLDER -o out --to sqlite` there are `out/kenzan.duckdb`, which every conversion
leaves behind, and `out/kenzan.sqlite`:

    duckdb out/kenzan.duckdb
    sqlite3 out/kenzan.sqlite

or, in Python, `duckdb.connect("out/kenzan.duckdb", read_only=True).sql(question).df()`.
"""

QUESTIONS = {
    "Which indicators missed their target in the latest year that has both, by project?": """
WITH pairs AS (
  SELECT actual.document, actual.project, actual.project_name, actual.indicator,
         actual.fiscal_year, target.value AS target, actual.value AS actual,
         rank() OVER (
           PARTITION BY actual.document, actual.project, actual."group", actual.indicator
           ORDER BY actual.fiscal_year DESC
         ) AS age
  FROM observations AS actual
  JOIN observations AS target
    ON target.document = actual.document AND target.project = actual.project
   AND target."group" = actual."group" AND target.indicator = actual.indicator
   AND target.fiscal_year = actual.fiscal_year
  WHERE actual.measure = 'actual' AND target.measure = 'target'
    AND actual.value IS NOT NULL AND target.value IS NOT NULL
)
SELECT DISTINCT document, project, project_name, indicator, direction, fiscal_year, target, actual
FROM pairs
JOIN indicators USING (document, project, indicator)
WHERE age = 1
  AND CASE WHEN direction = 'down' THEN actual > target ELSE actual < target END
ORDER BY document, project, indicator
""",
    "Which inconsistencies are the largest, beside what was expected?": """
SELECT DISTINCT document, findings.page, rule, project, indicator, period, printed, expected,
       abs(CASE WHEN printed = delta_raw THEN delta ELSE value END - computed_low) AS difference,
       unit, findings.formula
FROM findings
JOIN checks USING (
  document, rule, project, "group", indicator, period, measure, measure_label, printed
)
JOIN observations USING (document, project, "group", indicator, period, measure, measure_label)
WHERE severity = 'error' AND verdict = 'inconsistent' AND printed IN (value_raw, delta_raw)
ORDER BY difference DESC
""",
    "Which figures were restated from one report to the next?": """
SELECT DISTINCT earlier.document AS first_report, later.document AS later_report, indicator,
       fiscal_year, measure, earlier.value AS first_value, later.value AS later_value, unit
FROM observations AS earlier
JOIN observations AS later
  USING (project_name, "group", indicator, fiscal_year, measure, measure_label, unit)
WHERE earlier.document < later.document AND earlier.value <> later.value
ORDER BY first_report, later_report, indicator, fiscal_year
""",
}


def render_page() -> str:
    """The whole page."""
    rows = _examples()
    parts = [INTRO]
    for model in TABLES:
        parts.append(f"## {model.table}\n\n{(model.__doc__ or '').strip()}\n")
        parts.append("| column | type | meaning | example |\n| --- | --- | --- | --- |")
        for column in columns_of(model):
            example = _in_table(render_cell(getattr(rows[model.table], column.name)))
            kind = " \\| ".join(column.choices) if column.choices else column.kind
            parts.append(
                f"| `{column.name}` | {kind} | {_escaped(column.description)} | {example} |"
            )
        parts.append("")
    parts.append(SQL_INTRO)
    for question, query in QUESTIONS.items():
        parts.append(f"**{question}**\n\n```sql{query}```\n")
    return "\n".join(parts)


def _in_table(text: str) -> str:
    short = text if len(text) <= 48 else text[:47] + "…"
    return _escaped(short)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _examples() -> dict[str, Row]:
    """One telling row of each table, out of the sample report."""
    from kenzan.audit import audit_report, with_conventions
    from kenzan.extract import read_document
    from kenzan.interpret import interpret_document

    report = interpret_document(read_document(ROOT / "samples" / "siryo6.pdf"))
    result = audit_report(report)
    report = with_conventions(report, result)
    (error,) = [finding for finding in result.findings if finding.severity == "error"]
    check = next(check for check in result.checks if check.verdict == "inconsistent")
    figure = next(row for row in report.observations if row.delta_raw == error.printed)
    reason = next(text for text in report.narratives if text.kind == "reason")
    return {
        "documents": replace(report.document, seconds=None),
        "projects": report.projects[0],
        "indicators": next(row for row in report.indicators if row.indicator == figure.indicator),
        "observations": figure,
        "narratives": reason,
        "checks": check,
        "findings": error,
    }


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8")
