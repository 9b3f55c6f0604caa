"""`siglum show`: a passage of a document."""

from __future__ import annotations

from pathlib import Path

import click

from siglum.cli.options import document_argument, load_policy, output_option
from siglum.cli.output import deliver, warn
from siglum.cli.passages import find_passage, hit_option, system_option
from siglum.convert.cite.passage import formats
from siglum.text import document as documents
from siglum.text.edition import resolve


@click.command(
    epilog="""\b
Examples:
  siglum show tei/red-book/remove-stalin.xml --passage remove-stalin.7
  siglum show tei/red-book/remove-stalin.xml --passage 'paragraph 3-5' --to markdown
  siglum show tei/red-book/remove-stalin.xml --passage '“the single word remove”' --to tei
"""
)
@document_argument
@click.option("--passage", required=True, metavar="PASSAGE", help="A reference, a range, #id or words of the text.")
@click.option("--to", "form", type=click.Choice(list(formats.FORMATS)), default="text", show_default=True, help="The format.")
@hit_option
@system_option
@output_option
def command(document: Path, passage: str, form: str, hit: int, system: str, output: Path | None) -> None:
    """Show a passage of DOC: as text, as a part of a page (HTML), as TEI, as Markdown or as the reading tree (JSON).

    The output includes the notes that are called in the passage. docs/passages.md describes the forms of PASSAGE.
    """
    opened = documents.open_document(document)
    warn(opened.findings)
    edition = resolve(opened, policy=load_policy(document), system=system)
    found = find_passage(edition, passage, hit, system)
    deliver(formats.FORMATS[form](found.passage, edition, found.references), output)
