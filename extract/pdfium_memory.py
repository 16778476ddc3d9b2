"""Memory that PDFium writes into, with its addresses converted for ctypes beforehand.

ctypes converts every argument at every call, which costs more than most of PDFium's functions do.
Here the addresses of all rows of an array are converted once and used again for every page.
"""

from __future__ import annotations

import ctypes
from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import DTypeLike, NDArray

as_pointer = ctypes.c_void_p.from_param


class Rows:
    """An array of rows that grows with the longest page.

    ``per_row`` addresses are made for each row: one for functions that write a whole row, one a
    column for functions that take an address for each of their results.
    """

    def __init__(self, columns: int, dtype: DTypeLike, *, per_row: int, least: int) -> None:
        self._columns, self._dtype = columns, dtype
        self._per_row, self._least = per_row, least
        self._array: NDArray[Any] = np.zeros((0, columns), dtype)
        self._slots: list[list[Any]] = []

    def fill(self, call: Callable[..., Any], count: int, *arguments: Iterable[Any]) -> NDArray[Any]:
        """Call once for each of ``count`` rows, with the row's addresses as last arguments.

        The result is a view that the next call overwrites.
        """
        if count > len(self._array):
            self._grow(count)
        self._array[:count] = 0
        deque(map(call, *arguments, *self._slots), maxlen=0)
        return self._array[:count]

    def _grow(self, count: int) -> None:
        rows = max(count, self._least, 2 * len(self._array))
        self._array = np.zeros((rows, self._columns), self._dtype)
        start, step = self._array.ctypes.data, self._array.strides[0]
        width = step // self._per_row
        self._slots = [
            list(map(as_pointer, range(start + i * width, start + i * width + rows * step, step)))
            for i in range(self._per_row)
        ]
