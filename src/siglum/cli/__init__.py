"""The command `siglum`: one file a command, imported when it is called.

A command parses its options, calls the floor below and prints. Exit codes: 0 clean, 1 findings, 2 siglum could not run.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from siglum.errors import SiglumError
from siglum.version import __version__

COMMANDS = {
    "build": "Make everything the configuration names: pages, texts, citations, lists.",
    "validate": "Check TEI files: well-formedness, schema, identifiers and pointers.",
    "explain": "Say what the code of a finding means, and what to do.",
    "compare": "Prove that the encoding changed no word of the transcript.",
    "export": "Turn a TEI document into HTML or plain text.",
    "cite": "Cite an edition: BibTeX, RIS, CSL-JSON or a formatted reference.",
    "list": "List what a document quotes or notes, as a table.",
    "schema": "Check RELAX NG schemas, and convert them between their two syntaxes.",
}
"""Every command with its short help, in the order a newcomer meets them; `siglum.cli.NAME` holds it as `command`."""

_DEEP = 10_000
"""Elements may be nested 256 deep, and each level takes several calls."""

_EPILOG = """\b
Examples:
  siglum validate tei/
  siglum export tei/letter.xml --to html -o letter.html
  siglum COMMAND --help

\b
Exit codes: 0 all is well, 1 there are errors in what was checked, 2 siglum could not run.
"""


class Commands(click.Group):
    """Finds a command in its own module, so that each run loads only what it needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"siglum.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands in `--help`, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but naming the nearest command where one is mistyped."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - wanted only here

            near = get_close_matches(args[0], COMMANDS, 1)
            meant = f" Did you mean “{near[0]}”?" if near else f" There are: {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command “{args[0]}”.{meant}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="siglum %(version)s")
def siglum() -> None:
    """A toolkit for digital editions in TEI XML: check, compare, publish, cite."""


def main() -> None:
    """Run the command line. What stops siglum is said in one line; it is never a traceback."""
    sys.setrecursionlimit(_DEEP)
    sys.stdout = sys.stdout or click.open_file(os.devnull, "w")  # a closed descriptor is None
    sys.stderr = sys.stderr or click.open_file(os.devnull, "w")
    try:
        code = siglum.main(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except SiglumError as error:
        _stop(f"siglum: {error.where + ': ' if error.where else ''}{error.message}", error.help)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        _stop("siglum: stopped", "")
    except BrokenPipeError:
        sys.stderr.close()
        os._exit(2)  # the interpreter would complain of the closed pipe once more
    except OSError as error:
        _stop(f"siglum: the output cannot be written: {(error.strerror or str(error)).lower()}", "")


def _stop(message: str, help_: str) -> NoReturn:
    click.echo(message, err=True)
    if help_:
        click.echo(f"  {help_}", err=True)
    sys.stderr.flush()
    os._exit(2)  # what could not be written is not tried again
