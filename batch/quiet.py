"""Libraries that talk: what they log or warn of is no word to the person at the terminal.

kenzan says itself what it could not read. Only a process that is kenzan's own is silenced (the
command line, a worker); a program that imports kenzan keeps its logging as it has set it.
"""

from __future__ import annotations

import os
import sys


def silence_libraries() -> None:
    """Let log records without a handler and warnings pass unseen, unless they are asked for."""
    if os.environ.get("KENZAN_TRACEBACK"):
        return
    import logging
    import warnings

    logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
