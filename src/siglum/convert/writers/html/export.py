"""Export to HTML: the page or the fragment, and the style sheet for fragments."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert import page
from siglum.convert.document_export import DocumentExport
from siglum.convert.output import Output
from siglum.convert.reading.tree import Omission
from siglum.convert.writers.html import theme, writer
from siglum.convert.writers.options import Options
from siglum.schema.odd.models import Rendering
from siglum.text.document import Document


def export(document: Document, options: Options) -> Output:
    """A page of its own, or a fragment for another page."""
    run = DocumentExport(document, options, "web", has_switch=True)
    written = writer.write(run.tree, page.describe(run.builder.edition, run.builder), options.theme, options.shape)
    return run.output({".html": written}, (*page.find_omissions(document, run.tree), *_left_out_styles(options.models)))


def _left_out_styles(models: Rendering | None) -> Iterator[Omission]:
    if models is not None:
        from siglum.convert import model_rules  # few editions have models of their own

        yield from model_rules.find_omissions(models)


def style_sheet(options: Options) -> str:
    """The style sheet for all fragments, whatever their text. It has the rules of every model in `options.models`."""
    from siglum.convert import model_rules

    rules = model_rules.build_rules(options.models) if options.models is not None else ()
    return theme.build_fragment_style(options.theme or theme.Theme(), rules)
