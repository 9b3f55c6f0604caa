"""`siglum cite`: the citation of one or more editions."""

from __future__ import annotations

from pathlib import Path

import click

from siglum.cli.output import output_option
from siglum.cli.saying import deliver, warn
from siglum.convert import cite
from siglum.errors import DocumentError, FileError
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

    What a header says that has no place in a citation is named on standard error. Of several documents, one that cannot be
    read is named there too, and the others are cited.
    """
    if len(documents) == 1:
        records = [_cited(documents[0])]
    else:
        records = [record for each in documents if (record := _cited_or_named(each)) is not None]
    deliver(cite.FORMATS[form].write(cite.unique(records)), output)
    raise SystemExit(0 if len(records) == len(documents) else 1)


def _cited_or_named(path: Path) -> cite.Record | None:
    try:
        return _cited(path)
    except (DocumentError, FileError) as error:
        click.echo(f"siglum: {' '.join(str(error).split())}", err=True)
        return None


def _cited(path: Path) -> cite.Record:
    opened = document.open_document(path)
    warn(opened.findings)
    record, remarks = cite.cite(header.read(opened))
    for each in remarks:
        click.echo(f"{path}{f':{each.line}' if each.line else ''}: {each}", err=True)
    return record
