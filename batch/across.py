"""Reports of a batch held against each other when all of them are in the store.

Those of one form show together how their author counts; those of one series are held against the
years before.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from kenzan.audit import (
    compare_report,
    lift_result,
    link_edition,
    read_edition,
    with_conventions,
)

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
            _clear(store)
            _lift(store, profile)
            store.links.fill(_compare(store, profile))


def unlink_documents(store: Store) -> None:
    """Take out of the store what its reports say about each other.

    Raises:
        ExportError: the store cannot be written.
    """
    with store.transaction():
        _clear(store)


def _clear(store: Store) -> None:
    store.links.clear()
    store.lifts.clear()


def _lift(store: Store, profile: Profile | None) -> None:
    """Audit anew what others of the same form help to decide.

    What each says by itself is all that counts for the others: the order does not matter.
    """
    for name, lent in store.find_lent():
        report, alone = store.record_of(name)
        helped = lift_result(report, alone, lent, profile)
        if helped is not None:
            store.lifts.put(name, with_conventions(report, helped), helped)


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
