"""`siglum build`: everything the configuration names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from siglum.project import config
from siglum.project.build import Built, build


@click.command(
    "build",
    epilog="""\b
Examples:
  siglum build
  siglum build -o public/
""",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="The folder to make (default: build).")
def command(output: Path | None) -> None:
    """Make everything the configuration names: pages, plain texts, citations, lists, and an index.

    Each document is checked and, where the configuration names its transcript, compared with it. The folder is replaced in
    one step; one that holds other files is left alone.
    """
    settings = config.load(Path.cwd())
    built = build(settings, output or settings.output, _progress if sys.stderr.isatty() else _silent)
    _report(built)
    raise SystemExit(1 if built.failed else 0)


def _progress(done: int, total: int, name: str) -> None:
    width = 24
    filled = width * done // total
    bar = "█" * filled + "░" * (width - filled)
    end = "\n" if done == total else ""
    click.echo(f"\r\x1b[K{bar} {done}/{total} {name if done < total else ''}{end}", nl=False, err=True)


def _silent(_done: int, _total: int, _name: str) -> None:
    pass


def _report(built: Built) -> None:
    for each in built.findings:
        click.echo(f"{each.path}:{each.line}:{each.column}: {each.code} {each.message}", err=True)
        if each.help:
            click.echo(f"    {each.help}", err=True)
    folder = Path(os.path.relpath(built.folder))
    for name in built.files:
        click.echo(folder / name)
    for stem, lines in built.left_out.items():
        for line in lines:
            click.echo(f"{stem}: left out of the reading text: {line}", err=True)
    for stem, compared in built.comparisons.items():
        told = f"{compared.words} words and marks compared, {len(compared.findings)} unexplained differences"
        click.echo(f"{stem}: {told}, {len(compared.interventions)} declared interventions", err=True)
    faults = len(built.findings)
    editions = f"{built.documents} edition{'' if built.documents == 1 else 's'}"
    found = f"{faults} finding{'' if faults == 1 else 's'}" if faults else "nothing to complain of"
    click.echo(f"{editions}, {len(built.files)} files, {found}: open {folder / 'index.html'}", err=True)
