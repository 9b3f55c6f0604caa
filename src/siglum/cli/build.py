"""`siglum build`: everything the configuration names."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from siglum.check.reports import Look, load_report
from siglum.check.verdict import Tally, Verdict
from siglum.cli.report import count, say_fallbacks
from siglum.project import config
from siglum.project.build import Built, build
from siglum.text.diagnostic import Finding


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

    Pages and texts are made as the table [export] says (models, view, signs, look; docs/configuration.md). Each document is
    checked and, where the configuration names its transcript, compared with it. The folder is replaced in
    one step; one that holds other files is left alone.
    """
    settings = config.load(Path.cwd())
    built = build(settings, output or settings.output, _progress if sys.stderr.isatty() else _silent, Path.cwd())
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


def _all(built: Built) -> list[Verdict]:
    """The verdicts on the documents, then what the comparisons found."""
    return [*built.verdicts, *(Verdict(stem, compared.findings) for stem, compared in built.comparisons.items())]


def _once(built: Built) -> Iterator[Verdict]:
    """All that was found; that no schema is known is said once, with the number of documents it is said of."""
    same = Counter((each.message, each.help) for each in built.findings if each.code == "S010")
    told: set[tuple[str, str]] = set()
    for verdict in _all(built):
        kept: list[Finding] = []
        for each in verdict.findings:
            key = (each.message, each.help)
            if each.code != "S010" or same[key] == 1:
                kept.append(each)
            elif key not in told:
                kept.append(replace(each, message=f"{each.message} (so in {same[key]} documents)"))
                told.add(key)
        yield replace(verdict, findings=tuple(kept))


def _report(built: Built) -> None:
    for piece in load_report("text")(_once(built), Look()):
        click.echo(piece, nl=False, err=True)
    folder = Path(os.path.relpath(built.folder))
    for name in built.files:
        click.echo(folder / name)
    for stem, lines in built.left_out.items():
        for line in lines:
            click.echo(f"{stem}: {line}", err=True)
    for stem, compared in built.comparisons.items():
        told = f"{compared.words} words and marks compared, {len(compared.findings)} unexplained differences"
        click.echo(f"{stem}: {told}, {len(compared.interventions)} declared interventions", err=True)
    tally = Tally()
    for verdict in _all(built):
        tally.add(verdict)
    say_fallbacks(tally)
    editions = f"{built.documents} edition{'' if built.documents == 1 else 's'}"
    kinds = [count(number, noun) for number, noun in ((tally.errors, "error"), (tally.warnings, "warning")) if number]
    found = ", ".join(kinds) or "nothing to complain of"
    click.echo(f"{editions}, {len(built.files)} files, {found}: open {folder / 'index.html'}", err=True)
