"""The command line as click knows it: the group of all commands, each imported when it is called."""

from __future__ import annotations

from importlib import import_module

import click

from siglum.version import __version__

COMMANDS = {
    "build": "Make everything the configuration names: pages, texts, citations, lists.",
    "validate": "Check TEI files: well-formedness, schema, identifiers and pointers.",
    "explain": "Say what the code of a finding means, and what to do.",
    "compare": "Prove that the encoding changed no word of the transcript.",
    "export": "Turn TEI documents into HTML, plain text, Markdown, JSON or standoff text.",
    "cite": "Cite an edition or a passage; turn a bibliography into another format.",
    "list": "List what texts quote, note, name, date, correct: as a table.",
    "show": "Show a passage: as text, HTML, TEI, Markdown or JSON.",
    "schema": "Check RELAX NG schemas, and convert them between their two syntaxes.",
    "odd": "Customisations of TEI (ODD): make, compile and compare them, show models.",
    "p5": "Show and add the releases of TEI P5 that customisations build on.",
}
"""Every command with its short help, in the order a newcomer meets them; `siglum.cli.NAME` holds it as `command`."""

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
            from siglum.text.spelling import suggest

            near = suggest(args[0], COMMANDS)
            meant = f" Did you mean “{near[0]}”?" if near else f" There are: {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command “{args[0]}”.{meant}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="siglum %(version)s")
def siglum() -> None:
    """A toolkit for digital editions in TEI XML: check, compare, publish, cite."""


def call() -> int:
    """Run what the arguments of the process ask for, and give the exit code. Raises SiglumError and what click raises."""
    code = siglum.main(standalone_mode=False)
    return code if isinstance(code, int) else 0


STOPPED = (click.UsageError, click.Abort)
"""How click says that there is nothing more to do."""


def reason(error: Exception) -> str:
    """What remains to be said then: a fault in the call is shown here."""
    if isinstance(error, click.UsageError):
        error.show()
        return ""
    return "siglum: stopped"
