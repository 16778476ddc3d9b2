"""Libraries that talk: what they log or warn of is no word to the person at the terminal.

kenzan says itself what it could not read. Only a process that is kenzan's own is silenced (the
command line, a worker); a program that imports kenzan keeps its logging as it has set it.
"""

from __future__ import annotations

import os
import sys


def silence_libraries() -> None:
    """Let log records without a handler and warnings pass unseen, unless they are asked for.

    So do errors that come while an object is thrown away (the half of a file that a full disk did
    not take): the error that led to it has been told.
    """
    if os.environ.get("KENZAN_TRACEBACK"):
        return
    import logging
    import warnings

    logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = _pass_by


def _pass_by(_: sys.UnraisableHookArgs) -> None:
    """Say nothing."""
