"""`siglum p5`: the releases of TEI P5 whose facts are known, and what can be taken from a p5subset.xml."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from siglum.cli.options import output_option
from siglum.cli.output import deliver, warn
from siglum.schema import p5
from siglum.schema.tagdocs.specs import Source
from siglum.text.diagnostic import Finding


@click.group(
    epilog="""\b
Examples:
  siglum p5 list
  siglum p5 add p5subset.xml
"""
)
def command() -> None:
    """The releases of TEI P5 that customisations (ODD) can be built on.

    Their elements, classes, attributes and values are facts that siglum holds; nothing is fetched from the network.
    """


@command.command(
    "list",
    epilog="""\b
Example:
  siglum p5 list
""",
)
def _list() -> None:
    """List the releases that are known, the newest first."""
    for each in p5.list_releases():
        click.echo(f"{each.version:<10} {'comes with siglum' if each.shipped else each.path}")


@command.command(
    "add",
    epilog="""\b
Example:
  siglum p5 add p5subset.xml
""",
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def _add(file: Path) -> None:
    """Add a release: FILE is its p5subset.xml, or what `siglum p5 distil` has made of it.

    The p5subset.xml of release 4.8.1 is at https://www.tei-c.org/Vault/P5/4.8.1/xml/tei/odd/p5subset.xml, and so on.
    """
    source = _distil_file(file)
    release = p5.add_release(source)
    click.echo(f"added TEI P5 {release.version}: {_count_specs(source)}; an ODD asks for it as tei:{release.version}")


@command.command(
    "remove",
    epilog="""\b
Example:
  siglum p5 remove 4.8.1
""",
)
@click.argument("version")
def _remove(version: str) -> None:
    """Remove a release that was added."""
    release = p5.remove_release(version)
    click.echo(f"removed TEI P5 {release.version}")


@command.command(
    "distil",
    epilog="""\b
Example:
  siglum p5 distil p5subset.xml -o 4.8.1.p5
""",
)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@output_option
def _distil(file: Path, output: Path | None) -> None:
    """Write the facts in FILE, a p5subset.xml or a compiled ODD, as one small file."""
    if output is None and sys.stdout.isatty():
        raise click.UsageError("what is written is no text: name a file with -o")
    source = _distil_file(file)
    deliver(p5.pack(source), output)
    click.echo(f"{source.name} {source.version}".strip() + f": {_count_specs(source)}", err=True)


def _distil_file(file: Path) -> Source:
    found: list[Finding] = []
    source = p5.distil(file, found.append)
    warn(found)
    return source


def _count_specs(source: Source) -> str:
    """How many specs of each kind, in words."""
    kinds = [type(each).__name__ for each in source.specs]
    counted = ((kinds.count(kind), one, many) for kind, one, many in _KINDS)
    return ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counted if number)


_KINDS = (
    ("ElementSpec", "element", "elements"),
    ("ClassSpec", "class", "classes"),
    ("MacroSpec", "macro", "macros"),
    ("DataSpec", "datatype", "datatypes"),
)
