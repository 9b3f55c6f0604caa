"""A passage for readers: its part of the reading tree, with the notes that are called in it."""

from __future__ import annotations

from dataclasses import replace

from siglum.convert.cite.passage.extent import Extent
from siglum.convert.cite.passage.place import Passage
from siglum.convert.reading.builder import Builder
from siglum.convert.reading.called_notes import part
from siglum.convert.reading.places import Places as FilePlaces
from siglum.convert.reading.processing_model import ProcessingModel
from siglum.convert.reading.tree import Node, Tree
from siglum.text.edition import Edition
from siglum.text.references import References
from siglum.text.tei import language, name


def build_tree(passage: Passage, edition: Edition, references: References, *, located: bool = False) -> Tree:
    """The reading tree of the passage; `located`: every node knows where it stands in its file."""
    extent = Extent(passage)
    places = FilePlaces(edition.document) if located else None
    builder = Builder(edition, references, ProcessingModel(edition), places, scope=extent)
    content = _nodes(builder, extent)
    omissions = tuple(builder.omissions.items)  # without those of the notes, which may stand outside the passage
    whole = builder.finish(content, language(passage.first))
    return replace(part(whole, whole.content), omissions=omissions)


def _nodes(builder: Builder, extent: Extent) -> tuple[Node, ...]:
    """The nodes of the passage; a note is shown as a text of its own."""
    top = extent.top
    if extent.is_open or (name(top) == "note" and builder.edition.notes.of(top) is not None):
        return builder.content(top)
    return tuple(builder.select(top))
