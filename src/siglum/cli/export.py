"""`siglum export`: a document as a page or as plain text."""

from __future__ import annotations

from pathlib import Path

import click

from siglum.cli.output import document_argument, output_option
from siglum.cli.saying import deliver, warn
from siglum.convert import export
from siglum.convert.writers.text import NotePlace
from siglum.convert.writers.text import Options as TextOptions
from siglum.text.document import open_document


@click.command(
    "export",
    epilog="""\b
Examples:
  siglum export tei/red-book/remove-stalin.xml --to html -o remove-stalin.html
  siglum export tei/red-book/remove-stalin.xml --to text --width 0 --notes inline
""",
)
@document_argument
@click.option("--to", "form", type=click.Choice(list(export.FORMATS)), required=True, help="The format to make.")
@output_option
@click.option(
    "--width",
    type=click.IntRange(min=0),
    default=72,
    show_default=True,
    help="Text: fill lines to so many characters; 0: one line a paragraph.",
)
@click.option(
    "--notes",
    type=click.Choice([each.value for each in NotePlace]),
    default="end",
    show_default=True,
    help="Text: where notes go.",
)
def command(document: Path, form: str, output: Path | None, width: int, notes: str) -> None:
    """Turn the TEI document DOC into an HTML page or plain text.

    Quotation marks, note numbers and corrections are the same in every format. What is left out (the other side of a
    choice, say) is named on standard error.
    """
    opened = open_document(document)
    warn(opened.findings)
    made = export.FORMATS[form].make(opened, export.Options(TextOptions(width, NotePlace(notes))))
    deliver(made.content, output)
    for line in made.left_out():
        click.echo(f"left out: {line}", err=True)
    raise SystemExit(1 if opened.findings else 0)  # something that belongs to the text could not be read
