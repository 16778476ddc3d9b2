"""Reports of a batch held against those of the years before, when all of them are in the store."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from kenzan.audit import compare_report, link_edition, read_edition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kenzan.audit import Edition, Profile
    from kenzan.batch.store import Store
    from kenzan.schemas.audit import AuditResult

MOST_ROWS = 40_000
"""Figures of earlier reports that are held in memory at a time."""


def link_documents(store: Store, profile: Profile | None = None) -> None:
    """Put into the store what its reports say about each other; nothing if it stands there.

    One report is in memory at a time, and the figures of a few earlier ones. A store of which
    nothing changed since the last time is left alone.

    Raises:
        ExportError: the store cannot be written; it is as it was before then.
    """
    if not store.links.are_current():
        with store.transaction():
            store.links.clear()
            store.links.fill(_compare(store, profile))


def unlink_documents(store: Store) -> None:
    """Take out of the store what its reports say about each other.

    Raises:
        ExportError: the store cannot be written.
    """
    with store.transaction():
        store.links.clear()


def _compare(
    store: Store, profile: Profile | None
) -> Iterator[tuple[str, AuditResult, AuditResult]]:
    """Documents that share figures with earlier ones: their own audit, and what is added."""
    shelf = _Shelf(store)
    for name, earlier in store.find_neighbours():
        report, result = store.record_of(name)
        edition = read_edition(report)
        shelf.put(edition)
        links = link_edition(edition, (shelf.get(one) for one in earlier))
        added = compare_report(report, result, links, profile)
        if added.checks:
            yield name, result, added


class _Shelf:
    """The editions looked at last. Those of one series come one after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: OrderedDict[str, Edition] = OrderedDict()
        self._rows = 0

    def get(self, name: str) -> Edition:
        if name not in self._held:
            self.put(read_edition(self._store.record_of(name)[0]))
        self._held.move_to_end(name)
        return self._held[name]

    def put(self, edition: Edition) -> None:
        """Hold an edition, and let go of those that were not asked for the longest."""
        before = self._held.pop(edition.document, None)
        self._rows += len(edition.rows) - (len(before.rows) if before else 0)
        self._held[edition.document] = edition
        while self._rows > MOST_ROWS and len(self._held) > 1:
            _, gone = self._held.popitem(last=False)
            self._rows -= len(gone.rows)
