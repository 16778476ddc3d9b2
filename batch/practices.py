"""What each document of a store shows about how its author counts, and what all of them make of it.

What is asked of very many documents is asked of the database, which puts on disk what does not fit
in memory; what one document is lent is handed out by itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

import pyarrow as pa

from kenzan.arithmetic.evidence import Tally
from kenzan.audit import Precedent, find_precedents
from kenzan.audit.precedents import LEAST_REPORTS
from kenzan.schemas.audit import Practice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from kenzan.audit import Ways

PRACTICES = "practices"
_SLICE = 500
_KINDS = {
    "str": (pa.string(), "VARCHAR"),
    "int": (pa.int64(), "BIGINT"),
    "bool": (pa.bool_(), "BOOLEAN"),
}
_COLUMNS = {"document": "str", **{one.name: str(one.type) for one in fields(Practice)}}
_SCHEMA = pa.schema([(name, _KINDS[kind][0]) for name, kind in _COLUMNS.items()])
_BODY = ", ".join(f"{name} {_KINDS[kind][1]}" for name, kind in _COLUMNS.items())

# As ``gather_precedents``: pools that print the same count once, whatever documents they stand in.
_WAYS = """
CREATE OR REPLACE TEMP TABLE ways AS
WITH once AS (SELECT DISTINCT ON (form, digest, way, held, tested, telling, bits) *
              FROM store.practices WHERE way <> ''
              ORDER BY form, digest, way, held, tested, telling, bits, document)
SELECT form, way, sum(held)::BIGINT AS held, sum(tested)::BIGINT AS tested,
       sum(telling)::BIGINT AS telling, sum(bits)::BIGINT AS bits,
       count(DISTINCT document) AS reports
FROM once GROUP BY form, way
"""
_IN_NEED = """
CREATE OR REPLACE TEMP TABLE needy AS
SELECT row_number() OVER (ORDER BY document) AS turn, document
FROM (SELECT DISTINCT document FROM store.practices JOIN ways USING (form)
      WHERE weak AND reports > ?)
"""
_OWN = """
SELECT practices.* FROM store.practices JOIN needy USING (document)
WHERE turn > ? AND turn <= ? ORDER BY turn
"""
_OTHERS = """
SELECT ways.* FROM ways
WHERE form IN (SELECT form FROM store.practices JOIN needy USING (document)
               WHERE weak AND turn > ? AND turn <= ?)
"""


def write_practices(document: str, practices: Sequence[Practice]) -> bytes:
    """The rows of one document as an Arrow IPC stream."""
    columns = zip(*((document, *astuple(one)) for one in practices), strict=True)
    arrays = [pa.array(one, kind) for one, kind in zip(columns, _SCHEMA.types, strict=True)]
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, _SCHEMA) as writer:
        writer.write_table(pa.Table.from_arrays(arrays, schema=_SCHEMA))
    data: bytes = sink.getvalue().to_pybytes()
    return data


def create_practices(db: duckdb.DuckDBPyConnection) -> None:
    """Make the table of a store if it is not there."""
    db.execute(f"CREATE TABLE IF NOT EXISTS store.{PRACTICES} ({_BODY})")


def find_lent(db: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, dict[str, Ways]]]:
    """Documents that show too little by themselves, each with what the others say, in order."""
    db.execute(_WAYS)
    db.execute(_IN_NEED, [LEAST_REPORTS])
    start = 0
    while own := _read_own(db, start):
        others = _read_others(db, start)
        for document, practices in own.items():
            lent = find_precedents(practices, others)
            if lent:
                yield document, lent
        start += _SLICE
    for table in ("needy", "ways"):
        db.execute(f"DROP TABLE {table}")


def _read_own(db: duckdb.DuckDBPyConnection, start: int) -> dict[str, list[Practice]]:
    found: dict[str, list[Practice]] = defaultdict(list)
    for document, *rest in db.execute(_OWN, [start, start + _SLICE]).fetchall():
        found[document].append(Practice(*rest))
    return found


def _read_others(db: duckdb.DuckDBPyConnection, start: int) -> dict[str, Ways]:
    found: dict[str, Ways] = defaultdict(dict)
    for form, way, *tally, reports in db.execute(_OTHERS, [start, start + _SLICE]).fetchall():
        found[form][way] = Precedent(Tally(*tally), reports)
    return found
