"""`siglum cite`: the citation of one or more editions."""

from __future__ import annotations

from pathlib import Path

import click

from siglum.cli.output import output_option
from siglum.cli.passages import hit_option, system_option
from siglum.cli.saying import deliver, warn
from siglum.convert import cite
from siglum.errors import DocumentError, FileError
from siglum.text import document, header


@click.command(
    epilog="""\b
Examples:
  siglum cite tei/red-book/remove-stalin.xml
  siglum cite tei/red-book/remove-stalin.xml --to bibtex -o remove-stalin.bib
  siglum cite tei/red-book/remove-stalin.xml --passage remove-stalin.7
"""
)
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DOC...")
@click.option("--to", "form", type=click.Choice(list(cite.FORMATS)), default="text", show_default=True, help="The format.")
@click.option("--passage", metavar="PASSAGE", help="Cite a passage: a reference, a range, #id or words of the text.")
@hit_option
@system_option
@output_option
def command(
    documents: tuple[Path, ...], form: str, passage: str | None, hit: int | None, system: str, output: Path | None
) -> None:
    """Cite editions from their TEI headers; several documents make one bibliography.

    What a header says that has no place in a citation is named on standard error. Of several documents, one that cannot be
    read is named there too, and the others are cited.
    """
    if passage is not None:
        _cite_passage(documents, form, passage, hit, system, output)
        return
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
        click.echo(f"{path}: {each}", err=True)
    return record


def _cite_passage(
    documents: tuple[Path, ...], form: str, wanted: str, hit: int | None, system: str, output: Path | None
) -> None:
    """Cite one passage of one document; what it is called and where a link to it leads is said on standard error."""
    from siglum.cli.passages import cited  # noqa: PLC0415 - a whole edition is cited without reading its text

    if len(documents) != 1:
        raise click.UsageError("--passage is of one document")
    opened = document.open_document(documents[0])
    warn(opened.findings)
    record, _ = cite.cite(header.read(opened))
    deliver(cited(opened, record, form, wanted, hit, system), output)
