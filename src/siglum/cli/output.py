"""Where a command's result goes: standard output, or a file written in one step."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from siglum.text import store
from siglum.text.diagnostic import Finding

output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE (default, or -: standard output)."
)
document_argument = click.argument("document", type=click.Path(path_type=Path), metavar="DOC")


def deliver(data: str | bytes, output: Path | None) -> None:
    """Write the result as UTF-8; to a file atomically, naming it on standard error."""
    encoded = data.encode("utf-8") if isinstance(data, str) else data
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(encoded)
        sys.stdout.buffer.flush()
        return
    store.write(output, encoded)
    click.echo(f"wrote {output}", err=True)


def warn(findings: list[Finding]) -> None:
    """Say on standard error what is to be known about a document that could be used all the same."""
    for each in findings:
        click.echo(f"{each.path}:{each.line}:{each.column}: {each.code} {each.message}", err=True)
