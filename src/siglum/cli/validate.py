"""`siglum validate`: check TEI files and say what is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from siglum.check.run import ALL, Options
from siglum.cli.output import output_option
from siglum.cli.report import Progress, count, format_option, tell
from siglum.errors import ConfigError
from siglum.project import config, corpus
from siglum.text.diagnostic import CODES, FAMILIES

_EPILOG = """\b
Examples:
  siglum validate tei/
  siglum validate letter.xml --schema schemas/tei_all.rng
  siglum validate tei/ --select X,I --format json
  siglum validate tei/ --changed --format github
  siglum validate tei/ --format sarif -o siglum.sarif

\b
Families of codes (siglum explain CODE says more):
""" + "".join(f"  {family}  {meaning}\n" for family, meaning in FAMILIES.items())

_BASE = "the merge base"
"""What --changed without REV stands for: words that are no name of a revision."""


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
    from difflib import get_close_matches  # noqa: PLC0415 - wanted only here

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
@format_option
@output_option
@click.option("--statistics", is_flag=True, help="Count codes, files and messages (on standard error).")
@click.option(
    "--changed",
    is_flag=False,
    flag_value=_BASE,
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
    configuration = config.load(Path.cwd())
    options = Options(select, schemas, configuration.schemas, configuration.root, strict=not skip_others)
    documents, only = paths, None
    if changed is not None:
        documents, only = _changed(changed, paths, configuration)
    documents = documents or tuple(Path(os.path.relpath(each)) for each in configuration.documents)
    if not documents and only is None:
        help_ = "name files or folders, or list them in the configuration as documents"
        raise ConfigError("there is nothing to check", help=help_)
    verdicts = corpus.check(documents or (Path(),), options, jobs=jobs, cache=not no_cache, changed=only)
    tally = tell(verdicts, form, output, Progress(documents), statistics=statistics)
    context.exit(1 if tally.errors else 0)


def _changed(
    revision: str, paths: tuple[Path, ...], configuration: config.Config
) -> tuple[tuple[Path, ...], list[Path] | None]:
    """What to look at and which files have changed; None where that is everything, since a schema has."""
    from siglum.text import git  # noqa: PLC0415 - few runs ask for it

    here = Path.cwd()
    if revision != _BASE and not git.is_revision(here, revision):
        if not Path(revision).exists():
            raise click.BadParameter(f"git knows no revision “{revision}”", param_hint="--changed")
        paths, revision = (Path(revision), *paths), _BASE  # `--changed tei/`: what follows is a path
    against = git.base(here) if revision == _BASE else revision
    files = git.changed(here, against)
    every = any(each.suffix in {".rng", ".rnc"} or each == configuration.file for each in files)
    said = f"changed since {against[:12] or 'the beginning'}: {count(len(files), 'file')}"
    click.echo(said + (", a schema or the configuration among them: all documents are checked" if every else ""), err=True)
    return paths, None if every else files
