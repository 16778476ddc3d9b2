"""pandas frames in the shape of the contract.

Texts are pandas strings, whole numbers ``Int64``, boxes ``float64``; figures stay ``Decimal`` in
an object column, exactly as published, with ``None`` where there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kenzan.schemas.columns import Column, columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from kenzan.schemas.tables import Row

_DTYPES = {"text": "string", "integer": "Int64", "decimal": "object", "number": "float64"}


def to_frame(model: type[Row], rows: Sequence[Row]) -> pd.DataFrame:
    """A table as a frame; all columns are there even without a row."""
    import pandas as pd

    return pd.DataFrame({column.name: _series(column, rows) for column in columns_of(model)})


def _series(column: Column, rows: Sequence[Row]) -> pd.Series:
    import pandas as pd

    values = [getattr(row, column.name) for row in rows]
    return pd.Series(values, dtype=_DTYPES[column.kind])
