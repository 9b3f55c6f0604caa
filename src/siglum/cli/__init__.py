"""The command `siglum`: one file a command, imported when it is called.

A command parses its options, calls the floor below and prints. Exit codes: 0 clean, 1 findings, 2 siglum could not run.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from typing import NoReturn

from siglum.errors import SiglumError

_DEEP = 10_000
"""Elements may be nested 256 deep, and each level takes several calls."""

_GARBAGE = 100_000, 50, 100
"""Objects after which Python looks for rings of them: with its own 700 it looks thirty times while modules are imported.

And how often it looks through older ones, of which the tree of a long text makes many without a ring."""


def main() -> None:
    """Run the command line. What stops siglum is said in one line; it is never a traceback."""
    gc.set_threshold(*_GARBAGE)
    sys.setrecursionlimit(_DEEP)
    sys.stdout = sys.stdout or io.StringIO()  # a closed descriptor is None
    sys.stderr = sys.stderr or io.StringIO()
    try:
        code = _call(sys.argv[1:])
        sys.stdout.flush()
    except SiglumError as error:
        _stop(f"siglum: {error.where + ': ' if error.where else ''}{error.message}", error.help)
    except KeyboardInterrupt:
        _stop("siglum: stopped")
    except BrokenPipeError:
        sys.stderr.close()
        os._exit(2)  # the interpreter would complain of the closed pipe once more
    except OSError as error:
        _stop(f"siglum: the output cannot be written: {(error.strerror or str(error)).lower()}")
    _leave(code)


def _call(arguments: list[str]) -> int:
    if arguments[:1] == ["validate"]:
        from siglum.cli import validate_fast  # each run loads only what it needs

        request = validate_fast.plain(arguments[1:])
        if request is not None:
            return validate_fast.run(request)
    from siglum.cli import commands

    try:
        return commands.call()
    except commands.STOPPED as error:
        _stop(commands.reason(error))


def _stop(message: str, help_: str = "") -> NoReturn:
    sys.stderr.write("".join(f"{line}\n" for line in (message, f"  {help_}" if help_ else "") if line))
    sys.stderr.flush()
    os._exit(2)  # what could not be written is not tried again


def _leave(code: int) -> NoReturn:
    """End the process at once: to take everything apart first would be a tenth of a run on one file."""
    atexit._run_exitfuncs()
    sys.stderr.flush()
    os._exit(code)
