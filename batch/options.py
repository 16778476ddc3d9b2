"""What a batch may use and how it goes about it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, field
from pathlib import Path

from kenzan.extract.options import ReadOptions
from kenzan.schemas.records import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost before it is given up.

    ``seconds`` of wall time, ``silence`` seconds without a sign of progress, ``megabytes`` of
    resident memory of its worker; a worker is replaced after ``recycle_after`` documents.
    """

    seconds: float = 120.0
    silence: float = 60.0
    megabytes: int = 2048
    recycle_after: int = 500


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How a run goes: workers, limits, what is read again.

    ``jobs`` of 0 means one worker a core. ``retry_failed`` reads failed documents again, ``force``
    reads everything again. ``scheduler`` is the address of a Dask cluster, if one is to be used.
    """

    jobs: int = 0
    limits: Limits = field(default_factory=Limits)
    read: ReadOptions = field(default_factory=ReadOptions)
    retry_failed: bool = False
    force: bool = False
    scheduler: str | None = None
    profile: str | None = None

    def fingerprint(self) -> str:
        """A short hash of the options that can change what is read out of a document.

        Worker counts and limits of time, memory or pages do not belong to it: they decide whether
        a document is read, not what it says.
        """
        read = {key: value for key, value in asdict(self.read).items() if key not in _NO_EFFECT}
        profile = Path(self.profile).read_text("utf-8") if self.profile else None
        text = json.dumps({"read": read, "profile": profile}, sort_keys=True, default=str)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


_NO_EFFECT = frozenset({"max_seconds", "max_pages", "on_progress"})
