"""A passage for readers: its part of the reading tree, with the notes that are called in it."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.cite.passage.extent import Extent
from siglum.convert.cite.passage.place import Passage
from siglum.convert.reading.builder import Builder
from siglum.convert.reading.places import Places as FilePlaces
from siglum.convert.reading.processing_model import Modelled
from siglum.convert.reading.tree import Node, Note, NoteBody, Text, Tree, walk
from siglum.convert.reading.whitespace import settle
from siglum.text.edition import Edition
from siglum.text.references import References
from siglum.text.tei import Element, language, name


def tree(passage: Passage, edition: Edition, references: References, *, located: bool = False) -> Tree:
    """The reading tree of the passage; `located`: every node knows where it stands in its file."""
    part = _Part(passage, edition, references, FilePlaces(edition.document) if located else None)
    content = settle(part.passage())
    omissions = tuple(part.omissions)
    return Tree(language(passage.first), content, _called(content, tuple(part.notes())), omissions)


class _Part(Builder):
    """The builder, deaf to what is outside of the passage."""

    def __init__(self, passage: Passage, edition: Edition, references: References, places: FilePlaces | None) -> None:
        super().__init__(edition, references, Modelled(edition), places)
        self.extent = Extent(passage)
        self.takes_all = False

    def passage(self) -> tuple[Node, ...]:
        """The nodes of the passage; a note is shown as a text of its own."""
        top = self.extent.top
        if self.extent.is_open or (name(top) == "note" and self.edition.notes.of(top) is not None):
            return self.content(top)
        return tuple(self.chosen(top))

    def element(self, element: Element) -> Iterator[Node]:
        """Nothing of what is outside."""
        if self.extent.covers(element):
            yield from super().element(element)

    def texts(self, holder: Element, text: str, *, tail: bool = False) -> Iterator[Text]:
        """Nothing of what is outside."""
        if self.extent.speaks(holder, tail=tail):
            yield from super().texts(holder, text, tail=tail)


def _called(content: tuple[Node, ...], notes: tuple[NoteBody, ...]) -> tuple[NoteBody, ...]:
    """The notes that are called in the passage, and those that they call."""
    bodies = {note.source.id: note for note in notes}
    waiting = [each.note for each in walk(content) if isinstance(each, Note)]
    called: set[str] = set()
    while waiting:
        at = waiting.pop()
        if at not in called and at in bodies:
            called.add(at)
            waiting += [each.note for each in walk(bodies[at].content) if isinstance(each, Note)]
    return tuple(note for note in notes if note.source.id in called)
