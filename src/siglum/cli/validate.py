"""`siglum validate`: check TEI files and say what is wrong with them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from siglum.check.reports import REPORTS, Look
from siglum.check.run import ALL, Tally, Verdict, check
from siglum.errors import ConfigError
from siglum.project import config
from siglum.text.diagnostic import CODES, FAMILIES

_EPILOG = """\b
Examples:
  siglum validate tei/
  siglum validate letter.xml --schema schemas/tei_all.rng
  siglum validate tei/ --select X,I --format json

\b
Families of codes:
""" + "".join(f"  {family}  {meaning}\n" for family, meaning in FAMILIES.items())


def _selected(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> frozenset[str]:
    """The codes that the values of --select stand for."""
    wanted = [each.strip().upper() for value in values for each in value.split(",") if each.strip()]
    if values and not wanted:
        raise click.BadParameter(f"no code is named: give families ({', '.join(FAMILIES)}) or codes (I001)")
    chosen = {code for each in wanted for code in _codes(each)}
    return frozenset(chosen) if wanted else ALL


def _codes(wanted: str) -> list[str]:
    if wanted in FAMILIES:
        return [code for code in CODES if code.startswith(wanted)]
    if wanted in CODES:
        return [wanted]
    family = [code for code in CODES if code[0] == wanted[0]]
    near = get_close_matches(wanted, family or CODES, 1, 0.5)
    meant = f"did you mean {near[0]}?" if near else f"there are the families {', '.join(FAMILIES)}, and codes such as I001"
    raise click.BadParameter(f"there is no code “{wanted}”: {meant}")


@click.command(epilog=_EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--schema",
    "schemas",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A RELAX NG schema (.rng, .rnc); may be repeated. Default: what a document's xml-model names, else the configuration.",
)
@click.option(
    "--select",
    multiple=True,
    callback=_selected,
    metavar="CODES",
    help="Look for these only: families or codes, separated by commas. X is always on.",
)
@click.option(
    "--format", "format_", type=click.Choice(list(REPORTS)), default="text", show_default=True, help="How findings are told."
)
@click.pass_context
def command(
    context: click.Context, paths: tuple[Path, ...], schemas: tuple[Path, ...], select: frozenset[str], format_: str
) -> None:
    """Check TEI files, and all TEI files below folders: well-formedness, schema, identifiers and pointers.

    Without PATH: the documents that the configuration names.
    """
    configuration = config.load(Path.cwd())
    documents = paths or tuple(Path(os.path.relpath(each)) for each in configuration.documents)
    if not documents:
        raise ConfigError(
            "there is nothing to check", help="name files or folders, or list them in the configuration as documents"
        )
    tally = Tally()
    verdicts = check(documents, select=select, schemas=schemas, otherwise=configuration.schemas, project=configuration.root)
    for piece in REPORTS[format_](_counted(verdicts, tally), _look()):
        click.echo(piece, nl=False, color=True)
    click.echo(_summary(tally), err=True)
    context.exit(1 if tally.errors else 0)


def _counted(verdicts: Iterable[Verdict], tally: Tally) -> Iterator[Verdict]:
    for verdict in verdicts:
        tally.add(verdict)
        yield verdict


def _look() -> Look:
    terminal = sys.stdout.isatty()
    return Look(colour=terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb", excerpts=terminal)


def _summary(tally: Tally) -> str:
    """“3 errors, 1 warning in 2 of 48 files; 2 XML files without TEI passed over”."""
    kinds = [_count(number, noun) for number, noun in ((tally.errors, "error"), (tally.warnings, "warning")) if number]
    where = f"in {tally.faulty} of {_count(tally.files, 'file')}" if kinds else f"in {_count(tally.files, 'file')}"
    others = f"; {_count(tally.passed_over, 'XML file')} without TEI passed over" if tally.passed_over else ""
    return f"{', '.join(kinds) or 'no errors'} {where}{others}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
