"""docs/commands.md, made of the commands themselves: what each does, its arguments and options, and its examples.

python -m tests.cli.reference > docs/commands.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from siglum.cli.commands import COMMANDS
from siglum.cli.commands import siglum as root
from siglum.project.export_settings import EXPORT_OPTIONS

_KINDS = {
    "number": "a number",
    "switch": "`true`, `false`",
    "file": "a file",
    "styles": "a file or an address, or a list",
    "parameters": "a table of texts",
}
_HEAD = """# Commands

What `siglum COMMAND --help` says, for all commands on one page. Made by `python -m tests.cli.reference`: change the commands,
not this page. `-` is standard input. The exit code is 0 when all is well, 1 when there are errors in what was checked, 2 when
siglum could not run.
"""


def reference() -> str:
    """The whole page."""
    context = click.Context(root, info_name="siglum")
    lines = [_HEAD]
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        lines += _command(command, f"siglum {name}")
    return "\n".join(lines)


def _command(command: click.Command, name: str) -> Iterator[str]:
    yield f"## {name}\n"
    arguments = [each.metavar or str(each.name).upper() for each in command.params if isinstance(each, click.Argument)]
    if not isinstance(command, click.Group):
        yield f"`{' '.join([name, *arguments])}`\n"
    yield from (f"{' '.join(each.split())}\n" for each in (command.help or "").split("\n\n"))
    options = [each for each in command.params if isinstance(each, click.Option)]
    if options:
        yield "| option | |"
        yield "|---|---|"
        yield from (f"| {_spelled(each)} | {_told(each)} |" for each in options)
        yield ""
    examples = (command.epilog or "").partition("Examples:\n")[2].partition("\n\n")[0].rstrip()
    if examples:
        yield "```sh"
        yield from (line.strip() for line in examples.splitlines())
        yield "```\n"
    if isinstance(command, click.Group):
        for key, below in command.commands.items():
            yield from _command(below, f"{name} {key}")


def settings_table() -> Iterator[str]:
    """The lines of the table in docs/configuration.md that describe [text] and [export]."""
    yield "| setting | values | default | |"
    yield "|---|---|---|---|"
    for option in (option for option in EXPORT_OPTIONS if option.table):
        words = [f"`{word}`" for word in option.choices] or [_KINDS[option.kind]]
        default = "" if option.default is None else f"`{str(option.default).lower()}`"
        formats = f"{', '.join(option.formats)}: " if option.formats else ""
        yield f"| `[{option.table}] {option.name}` | {', '.join(words)} | {default} | {formats}{option.help} |"


def _spelled(option: click.Option) -> str:
    """`-o FILE`, `--to FORMAT`, with the words among which is to be chosen."""
    names = ", ".join(f"`{each}`" for each in (*option.opts, *option.secondary_opts))
    if option.is_flag:
        return names
    words = "\\|".join(option.type.choices) if isinstance(option.type, click.Choice) else option.type.name.upper()
    return f"{names} {option.metavar.replace('|', chr(92) + '|') if option.metavar else words}"


def _told(option: click.Option) -> str:
    told = (option.help or "").replace("|", "\\|")
    default = option.default
    return f"{told} Default: {default}." if option.show_default and isinstance(default, str | int) else told


if __name__ == "__main__":
    sys.stdout.write(reference())
