"""Write to the terminal and to files: results go to standard output, messages to standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from siglum.text.atomic import write_file
from siglum.text.diagnostic import Finding


def say(line: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def write(piece: str, *, error: bool = False) -> None:
    """Write text, which may hold colour codes, to standard output or standard error."""
    if sys.platform == "win32":
        import click  # translates colour codes for older terminals

        click.echo(piece, nl=False, err=error, color=True)
        return
    stream = sys.stderr if error else sys.stdout
    stream.write(piece)
    stream.flush()


def deliver(data: str | bytes, output: Path | None) -> None:
    """Write a result as UTF-8 to standard output, or to a file, which standard error then names."""
    encoded = data.encode("utf-8") if isinstance(data, str) else data
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(encoded)
        sys.stdout.buffer.flush()
        return
    write_file(output, encoded)
    say(f"wrote {output}")


def warn(findings: Iterable[Finding]) -> None:
    """Write findings that did not stop the command to standard error."""
    for finding in findings:
        say(f"{finding.path}:{finding.line}:{finding.column}: {finding.code} {finding.message}")
