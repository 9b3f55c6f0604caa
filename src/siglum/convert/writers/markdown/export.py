"""Export to Markdown, on request with the title, the authors and the language of the edition in front."""

from __future__ import annotations

from siglum.convert.cite import from_header
from siglum.convert.document_export import DocumentExport
from siglum.convert.output import Output
from siglum.convert.writers.markdown import FrontMatter, write
from siglum.convert.writers.options import Options
from siglum.convert.writers.printed_notes import find_omissions
from siglum.text import header
from siglum.text.document import Document


def export(document: Document, options: Options) -> Output:
    """CommonMark with footnotes."""
    run = DocumentExport(document, options, "markdown")
    front = _front_matter(document, run.tree.language) if options.front_matter else None
    return run.output({".md": write(run.tree, front)}, (*find_omissions(run.tree), *run.missing_words()))


def _front_matter(document: Document, language: str) -> FrontMatter:
    record, _ = from_header.cite(header.read(document))
    return FrontMatter(record.title, tuple(author.full for author in record.author), language)
