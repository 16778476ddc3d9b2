"""The name that a document has in a store: one document one name, whatever was given before.

Names are paths relative to what was given, so files of two folders can bear the same one. Those of
one run are told apart when they are found; here, those of one run from what earlier runs left in
the same store: none is written over another silently.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kenzan.batch.inputs import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kenzan.batch.inputs import Input
    from kenzan.batch.store import Known


class Names:
    """Names in a store that holds these documents; each is given once."""

    def __init__(self, known: Mapping[str, Known]) -> None:
        self._known = known
        self._by_place = {held.place: name for name, held in known.items()}
        self._given: set[str] = set()

    def settle(self, entry: Input, sha256: str) -> Input:
        """The input under the name that it has in the store.

        A file keeps the name that it was first read under. One whose name belongs to another file,
        which is still in its place and says something else, is called by its whole path; if that
        file is gone, this one is its new version or its new place.
        """
        wanted = self._wanted(entry, sha256)
        name = next((name for name in wanted if name not in self._given), entry.name)
        self._given.add(name)
        return replace(entry, name=name)

    def _wanted(self, entry: Input, sha256: str) -> Iterator[str]:
        place = place_of(entry.path)
        held = self._known.get(entry.name)
        if held is not None and held.place == place:
            yield entry.name
        if place in self._by_place:
            yield self._by_place[place]
        if held is None or held.sha256 == sha256 or not _is_there(held.place):
            yield entry.name
        yield Path(place).as_posix() if _is_local(place) else place


def place_of(path: str) -> str:
    """Where a document is, whatever folder the run was started in."""
    return printable(os.path.abspath(path)) if _is_local(path) else path  # noqa: PTH100  links stay


def _is_local(path: str) -> bool:
    return "://" not in path


def _is_there(place: str) -> bool:
    return not _is_local(place) or Path(place).is_file()
