"""`siglum list`: what a document holds, as a table."""

from __future__ import annotations

from pathlib import Path

import click

from siglum.cli.output import document_argument, output_option, policy_of
from siglum.cli.saying import deliver, warn
from siglum.convert import extract
from siglum.text import document as documents
from siglum.text import edition
from siglum.text.references import References


@click.command(
    epilog="""\b
Examples:
  siglum list quotations tei/red-book/remove-stalin.xml
  siglum list notes tei/red-book/remove-stalin.xml --to json -o notes.json
"""
)
@click.argument("kind", type=click.Choice(list(extract.KINDS)), metavar="quotations|notes")
@document_argument
@click.option("--to", "form", type=click.Choice(list(extract.FORMATS)), default="csv", show_default=True, help="The format.")
@output_option
def command(kind: str, document: Path, form: str, output: Path | None) -> None:
    """List every quotation (words, speaker, source, place) or every note (label, words, place of its call) of a document.

    In CSV, a cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    opened = documents.open_document(document)
    warn(opened.findings)
    for fault in References(opened).faults:
        click.echo(
            f"{document}:{opened.locate(fault.element).line}: this {fault.kind} is passed over: {fault.reason}", err=True
        )
    listed = extract.KINDS[kind]
    deliver(extract.FORMATS[form].write(listed.row, listed.find(edition.resolve(opened, policy=policy_of(document)))), output)
