"""The options for text that stands in somebody else's page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from siglum.convert.writers.fragment import PAGE_LEVEL, PARTS, Shape

Command = TypeVar("Command", bound=Callable[..., object])

_PREFIX = re.compile(r"[^\W\d][\w.-]*")
_OPTIONS = (
    click.option("--fragment", "is_fragment", is_flag=True, help="HTML: the text and its notes alone, for another page."),
    click.option("--with", "parts", type=click.Choice(PARTS), multiple=True, help="Fragment: what it has besides."),
    click.option("--id-prefix", default="", metavar="TEXT", help="HTML: what every id begins with."),
    click.option(
        "--heading-level",
        type=click.IntRange(1, 6),
        default=PAGE_LEVEL,
        show_default=True,
        help="HTML: the level of the outermost headings.",
    ),
    click.option("--style-sheet", is_flag=True, help="HTML: write the style sheet for fragments; no DOC is needed."),
)


def fragment_options(command: Command) -> Command:
    """Give a command these options, in their order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def shape(is_fragment: bool, parts: tuple[str, ...], id_prefix: str, level: int, template: Path | None) -> Shape:
    """What is asked for; options that contradict each other are a mistake."""
    if is_fragment and template is not None:
        raise click.UsageError("--fragment and --template: a fragment has no page around it; leave one of them out")
    if parts and not is_fragment:
        raise click.UsageError("--with says what a fragment has; add --fragment, or choose the slots of a template")
    if id_prefix and not _PREFIX.fullmatch(id_prefix):
        raise click.BadParameter(
            f"“{id_prefix}” cannot begin an id: it begins with a letter, and has letters, digits, “-”, “_” and “.”",
            param_hint="--id-prefix",
        )
    return Shape(is_fragment, parts, id_prefix, level)
