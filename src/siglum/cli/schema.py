"""`siglum schema`: check RELAX NG schemas and convert them between the two syntaxes."""

from __future__ import annotations

from pathlib import Path

import click

from siglum.check.document import check_schema
from siglum.cli.formats import format_option
from siglum.cli.options import output_option
from siglum.cli.report import report_verdicts
from siglum.errors import FileError
from siglum.schema.convert import convert
from siglum.text.atomic import write_file
from siglum.text.files import DISK


@click.group(
    epilog="""\b
Examples:
  siglum schema check schemas/letters.rng
  siglum schema convert letters.rng letters.rnc
"""
)
def command() -> None:
    """Check RELAX NG schemas, and convert them between the XML syntax (.rng) and the compact syntax (.rnc)."""


@command.command(
    "check",
    epilog="""\b
Example:
  siglum schema check schemas/letters.rng
""",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@format_option
@output_option
@click.pass_context
def _check(context: click.Context, files: tuple[Path, ...], form: str, output: Path | None) -> None:
    """Check the syntax of schemas and the restrictions of the RELAX NG specification, included files too."""
    tally = report_verdicts((check_schema(path) for path in files), form, output)
    context.exit(1 if tally.errors else 0)


@command.command(
    "convert",
    epilog="""\b
Examples:
  siglum schema convert letters.rng letters.rnc
  siglum schema convert letters.rnc build/letters.rng --force
""",
)
@click.argument("source", type=click.Path(path_type=Path), metavar="A")
@click.argument("target", type=click.Path(path_type=Path), metavar="B")
@click.option("--force", is_flag=True, help="Replace files that exist and have other content.")
def _convert(source: Path, target: Path, *, force: bool) -> None:
    """Write schema A as file B, in the syntax that the suffix of B names (.rng, .rnc).

    Local files that A includes or refers to are converted too. Each keeps its place relative to the schema.
    """
    files = convert(source, target)
    for path, content in files.items():
        if DISK.exists(path) and not force and (DISK.is_folder(path) or DISK.read(path).data != content):
            message = "this file exists and has other content"
            raise FileError(message, where=path.as_posix(), help="choose another name, or add --force")
    for path, content in files.items():
        write_file(path, content)
        click.echo(f"wrote {path}", err=True)
