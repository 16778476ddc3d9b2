"""Which reports of a store to compare with which: those that print the same figures.

Found by the database, which puts on disk what does not fit in memory, in time that grows with the
figures: a figure that very many reports print says nothing and is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.audit.across import COMMON, FEW, LEAST
from kenzan.audit.editions import PLANNED, SETTLED

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

_SLICE = 500

_YEARS = """
CREATE OR REPLACE TEMP TABLE editions AS
SELECT document, coalesce(max(fiscal_year) FILTER (list_contains(?, measure)),
                          max(fiscal_year) FILTER (list_contains(?, measure))) AS year
FROM store.observations WHERE value IS NOT NULL AND TRY_CAST(value AS DOUBLE) <> 0
GROUP BY document HAVING year IS NOT NULL
"""

# A long figure is known again whatever its indicator is called; a short one under its name alone.
_PRINTS = """
CREATE OR REPLACE TEMP TABLE prints AS
WITH figures AS (
    SELECT document, indicator, hash(fiscal_year, measure, unit, TRY_CAST(value AS DOUBLE)) AS fact,
           abs(TRY_CAST(value AS DOUBLE)) AS size
    FROM store.observations WHERE value IS NOT NULL AND fiscal_year IS NOT NULL)
SELECT DISTINCT document, hash(indicator, fact) AS print FROM figures
UNION ALL SELECT DISTINCT document, fact FROM figures WHERE size >= 1000
"""

_NEIGHBOURS = """
CREATE OR REPLACE TEMP TABLE neighbours AS
WITH telling AS (
    SELECT print FROM prints GROUP BY print HAVING count(*) BETWEEN 2 AND ?),
kept AS (SELECT document, year, print FROM prints JOIN telling USING (print)
         JOIN editions USING (document)),
pairs AS (SELECT late.document, late.year, early.document AS earlier, count(*) AS shared
          FROM kept AS late JOIN kept AS early
          ON late.print = early.print AND early.year < late.year GROUP BY ALL),
nearest AS (SELECT * FROM pairs QUALIFY
            row_number() OVER (PARTITION BY document ORDER BY shared DESC, earlier) <= ?
            AND shared * ? >= max(shared) OVER (PARTITION BY document))
SELECT row_number() OVER (ORDER BY min(earlier), year, document) AS turn, document,
       list(earlier ORDER BY shared DESC, earlier) AS earlier
FROM nearest GROUP BY document, year
"""


def find_neighbours(db: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, list[str]]]:
    """Documents, each with the earlier ones to compare it with; those of one series in a row."""
    db.execute(_YEARS, [list(SETTLED), list(PLANNED)])
    db.execute(_PRINTS)
    db.execute(_NEIGHBOURS, [COMMON, FEW, LEAST])
    start = 0
    while rows := db.execute(
        "SELECT document, earlier FROM neighbours WHERE turn > ? AND turn <= ? ORDER BY turn",
        [start, start + _SLICE],
    ).fetchall():
        yield from rows
        start += _SLICE
    for table in ("neighbours", "prints", "editions"):
        db.execute(f"DROP TABLE {table}")
