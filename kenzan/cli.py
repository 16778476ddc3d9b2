"""The command line: one typer program, whose words, errors and exit codes are kenzan's own.

Results go to standard output, talk to standard error. Exit codes: 0 all consistent,
1 inconsistencies found (``audit`` only), 2 usage, 3 nothing readable, 4 some documents failed,
5 cannot write, 70 a defect of kenzan, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from kenzan import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kenzan.terminal.consoles import Talk

USAGE, DEFECT, INTERRUPTED = 2, 70, 130
_FEW_COLLECTIONS = 200_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        # Asked by scripts, often many times: answered before anything is loaded.
        sys.stdout.write(f"kenzan {__version__}\n")
        return 0
    _start_lightly()
    from kenzan.terminal.consoles import Talk, accept_all_characters
    from kenzan.terminal.language import find_language

    accept_all_characters()
    code = _guarded(given, Talk(find_language(given)))
    if arguments is None:
        _end_quickly()
    return code


def _start_lightly() -> None:
    """Leave out what costs more than reading a small report does.

    numpy starts a thread a core for linear algebra, pydantic looks through all packages that are
    installed for plugins of its own; nothing here needs either. The collector of cycles goes over
    all that was imported, and finds nothing: a small report is read before it comes by.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(_FEW_COLLECTIONS)


def _end_quickly() -> None:
    """Spare the process its last look for cycles in all that it holds: it is about to end."""
    gc.freeze()


def _guarded(given: list[str], talk: Talk) -> int:
    """Run, and turn whatever goes wrong into one clear line and the right exit code."""
    from kenzan.errors import DefectError, KenzanError

    try:
        return _run(given, talk)
    except KeyboardInterrupt:
        talk.tell(talk.words.say("talk.interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone: nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KenzanError as error:
        _show_traceback(error)
        talk.tell_error(error)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - the last border: a defect gets one clear line too
        _show_traceback(error)
        talk.tell_error(DefectError("", f"{type(error).__name__}: {error}"))
        return DEFECT


def _run(given: list[str], talk: Talk) -> int:
    from kenzan.batch.quiet import silence_libraries
    from kenzan.commands.auditing import audit_plainly

    silence_libraries()
    done = audit_plainly(given, talk)
    if done is not None:
        return done
    from kenzan.commands.program import build_program

    program = build_program(given)
    try:
        code = program.main(given, prog_name="kenzan", standalone_mode=False, obj=talk)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        from kenzan.terminal.usage import tell_usage_error

        tell_usage_error(error, talk)
        return USAGE
    if code == INTERRUPTED:
        raise KeyboardInterrupt  # the parser has caught it, and does not say so
    return int(code or 0)


def _show_traceback(error: BaseException) -> None:
    if os.environ.get("KENZAN_TRACEBACK"):
        import traceback

        traceback.print_exception(error)
