"""`siglum cite`: the citation of one or more editions."""

from __future__ import annotations

from pathlib import Path

import click

from siglum.cli.output import deliver, output_option, warn
from siglum.convert import cite
from siglum.text import document, header


@click.command(
    epilog="""\b
Examples:
  siglum cite tei/red-book/remove-stalin.xml
  siglum cite tei/red-book/remove-stalin.xml --to bibtex -o remove-stalin.bib
"""
)
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DOC...")
@click.option("--to", "form", type=click.Choice(list(cite.FORMATS)), default="text", show_default=True, help="The format.")
@output_option
def command(documents: tuple[Path, ...], form: str, output: Path | None) -> None:
    """Cite editions from their TEI headers; several documents make one bibliography.

    What a header says that has no place in a citation is named on standard error.
    """
    records = [_cited(each) for each in documents]
    deliver(cite.FORMATS[form].write(cite.unique(records)), output)


def _cited(path: Path) -> cite.Record:
    opened = document.open_document(path)
    warn(opened.findings)
    record, remarks = cite.cite(header.read(opened))
    for each in remarks:
        click.echo(f"{path}: {each}", err=True)
    return record
