"""Writing to the terminal and to files: results on standard output, everything said besides on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from siglum.text.atomic import write_file
from siglum.text.diagnostic import Finding


def say(line: str) -> None:
    """A line on standard error."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def write(piece: str, *, error: bool = False) -> None:
    """A piece of text, with the colours that are in it, on standard output or standard error."""
    if sys.platform == "win32":
        import click  # older terminals there need its help with colours

        click.echo(piece, nl=False, err=error, color=True)
        return
    stream = sys.stderr if error else sys.stdout
    stream.write(piece)
    stream.flush()


def deliver(data: str | bytes, output: Path | None) -> None:
    """Write the result as UTF-8; to a file atomically, naming it on standard error."""
    encoded = data.encode("utf-8") if isinstance(data, str) else data
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(encoded)
        sys.stdout.buffer.flush()
        return
    write_file(output, encoded)
    say(f"wrote {output}")


def warn(findings: Iterable[Finding]) -> None:
    """Say on standard error what is to be known about a document that could be used all the same."""
    for each in findings:
        say(f"{each.path}:{each.line}:{each.column}: {each.code} {each.message}")
