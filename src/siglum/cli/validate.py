"""`siglum validate`: check TEI files and say what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from siglum.check.codes import ALL, CODES, FAMILIES
from siglum.cli.formats import format_option
from siglum.cli.options import output_option
from siglum.cli.validate_fast import BASE, Request, codes, run
from siglum.text.files import DISK
from siglum.text.spelling import suggest

_EPILOG = """\b
Examples:
  siglum validate tei/
  siglum validate letter.xml --schema schemas/tei_all.rng
  siglum validate tei/ --schema schemas/letters.odd
  siglum validate tei/ --select X,I --format json
  siglum validate tei/ --changed --format github
  siglum validate tei/ --format sarif -o siglum.sarif

\b
Families of codes (siglum explain CODE says more):
""" + "".join(f"  {family}  {meaning}\n" for family, meaning in FAMILIES.items())


def _selected(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> frozenset[str]:
    """The codes that the values of --select stand for."""
    try:
        chosen = codes(values)
    except LookupError as error:
        raise click.BadParameter(_no_code(error.args[0])) from None
    if values and not chosen:
        raise click.BadParameter(f"no code is named: give families ({', '.join(FAMILIES)}) or codes (I001)")
    return chosen or ALL


def _no_code(wanted: str) -> str:
    family = [code for code in CODES if code[0] == wanted[0]]
    near = suggest(wanted, family or CODES, cutoff=0.5)
    meant = f"did you mean {near[0]}?" if near else f"there are the families {', '.join(FAMILIES)}, and codes such as I001"
    return f"there is no code “{wanted}”: {meant}"


def _revision(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """What --changed is followed by: a revision, or the first of the paths."""
    from siglum.text import git  # few runs ask for it

    if value in {None, BASE} or git.is_revision(Path.cwd(), str(value)) or DISK.exists(Path(str(value))):
        return value
    raise click.BadParameter(f"git knows no revision “{value}”")


@click.command(epilog=_EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option(
    "--schema",
    "schemas",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A RELAX NG schema (.rng, .rnc), an ODD (.odd), or one of TEI's by name (tei_all) or address; may be repeated. "
    "Default: what a document's xml-model names, else the configuration's, else tei_all.",
)
@click.option(
    "--select",
    multiple=True,
    callback=_selected,
    metavar="CODES",
    help="Look for these only: families or codes, separated by commas. X is always on.",
)
@format_option
@output_option
@click.option("--statistics", is_flag=True, help="Count codes, files and messages (on standard error).")
@click.option(
    "--changed",
    is_flag=False,
    flag_value=BASE,
    callback=_revision,
    metavar="[REV]",
    help="Only what git says has changed against REV. Default: against where the branch left its upstream or main.",
)
@click.option("--skip-others", is_flag=True, help="Pass over XML that is not TEI also where it is named, not only in folders.")
@click.option("--jobs", type=click.IntRange(min=0), default=0, metavar="N", help="How many processes. Default: one a core.")
@click.option("--no-cache", is_flag=True, help="Check everything anew, whatever is known from earlier runs.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    schemas: tuple[Path, ...],
    select: frozenset[str],
    form: str,
    output: Path | None,
    changed: str | None,
    jobs: int,
    *,
    statistics: bool,
    skip_others: bool,
    no_cache: bool,
) -> None:
    """Check TEI files, and all TEI files below folders: well-formedness, schema, identifiers and pointers.

    Without PATH: the documents that the configuration names.
    """
    request = Request(
        paths, schemas, select, form, output, changed, jobs, statistics=statistics, skip_others=skip_others, no_cache=no_cache
    )
    context.exit(run(request))
