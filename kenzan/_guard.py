"""The border of the public API: nothing but errors of kenzan gets through it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kenzan.errors import DefectError, KenzanError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def errors_of_kenzan(subject: str) -> Iterator[None]:
    """Let errors of kenzan pass, and turn every other exception into one.

    Raises:
        TooLargeError: the memory or the stack did not suffice.
        DefectError: anything else that no layer foresaw; the exception is its ``__cause__``.
    """
    try:
        yield
    except KenzanError:
        raise
    except MemoryError as error:
        raise TooLargeError(subject, "memory") from error
    except RecursionError as error:
        raise TooLargeError(subject, "nesting") from error
    except Exception as error:
        raise DefectError(subject, f"{type(error).__name__}: {error}") from error
