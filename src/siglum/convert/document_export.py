"""The part of an export that all formats share: from the document and the options to the reading tree and its findings."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from siglum.convert.output import Output
from siglum.convert.reading import Models
from siglum.convert.reading import builder as reading_builder
from siglum.convert.reading.choice_sides import Sides
from siglum.convert.reading.passes import resolve_sides
from siglum.convert.reading.tree import Omission, plain
from siglum.convert.remarks import find_remarks
from siglum.convert.writers.options import Options
from siglum.text.document import Document
from siglum.text.edition import Edition, resolve
from siglum.text.tei import squeeze
from siglum.text.views import View

_RECURSION_LIMIT = 10_000
"""Elements may be nested 256 deep, and each level takes several calls; Python's own limit is 1,000."""


@contextmanager
def sharing_tree(document: Document, options: Options) -> Iterator[None]:
    """Let all exports of a document inside the context use one reading tree, whose nodes know their positions.

    The models of an ODD can depend on the format, so that exports with models build their own trees.
    """
    edition = _resolve(document, options)
    builder = reading_builder(edition, located=True, apparatus=options.apparatus) if options.models is None else None
    yield
    del builder  # exports find it on the edition as long as it is held here


def _resolve(document: Document, options: Options) -> Edition:
    view = View.DIPLOMATIC if options.sides is Sides.DIPLOMATIC else View.READING
    return resolve(document, view, options.policy, options.signing)


class DocumentExport:
    """One document on its way into one format.

    `medium` is the name of the format in `model/@output`. `located`: nodes know their positions. `has_switch`: the format
    can hold both sides of a choice, and keeps them unless the options select one.
    """

    def __init__(
        self, document: Document, options: Options, medium: str, *, located: bool = False, has_switch: bool = False
    ) -> None:
        sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION_LIMIT))
        self.document = document
        self.options = options
        models = Models(options.models, (medium,), options.parameters) if options.models is not None else None
        edition = _resolve(document, options)
        self.builder = reading_builder(edition, located=located, models=models, apparatus=options.apparatus)
        self.tree = resolve_sides(self.builder.tree(), options.sides, has_switch=has_switch)

    def output(self, files: Mapping[str, str | bytes], omissions: Iterable[Omission] = (), stream: str = "") -> Output:
        """The output, with the omissions of the tree, those of the writer, and all findings so far."""
        models = self.options.models.rules if self.options.models is not None else ()
        findings = (*find_remarks(self.builder.edition, models), *getattr(self.builder.behave, "findings", ()))
        return Output(files, (*self.tree.omissions, *omissions), findings, stream)

    def missing_words(self) -> Iterator[Omission]:
        """The manuscript descriptions of a document whose text has no words: only HTML shows them."""
        if plain(self.tree.content).strip():
            return
        described = list(self.document.index.named("msDesc"))
        for element in described:
            at = self.document.locate(element)
            words = squeeze(" ".join(map(str, element.itertext())))
            yield Omission("the text has no words; the header’s manuscript description", words, at.path, at.line)
        if not described:
            yield Omission("the text has no words", "", "", 0)
