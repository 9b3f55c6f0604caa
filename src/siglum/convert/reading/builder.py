"""The walk through a TEI document that makes its reading tree.

`ElementRenderer` decides what an element becomes. The builder holds what needs the whole document: identifiers, notes and
their calls, entries of the apparatus, and the list of everything that the view leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, assert_never

from siglum.convert.reading import passes
from siglum.convert.reading.apparatus_notes import ApparatusNotes
from siglum.convert.reading.note_bodies import NoteBodies
from siglum.convert.reading.omission_log import OmissionLog
from siglum.convert.reading.output_ids import OutputIds
from siglum.convert.reading.places import Places
from siglum.convert.reading.quoted import add_quotation_marks
from siglum.convert.reading.tree import (
    Anchor,
    Break,
    Graphic,
    Heading,
    Node,
    Note,
    NoteBody,
    Source,
    Text,
    Tree,
    plain,
    walk,
)
from siglum.text import notes
from siglum.text.apparatus import Apparatus
from siglum.text.decision import CalledHere, Continues, decide
from siglum.text.edition import Edition
from siglum.text.language import only_language
from siglum.text.references import References
from siglum.text.rendition import Renditions
from siglum.text.tei import XML_ID, XML_LANG, Element, attribute, child, elements, is_block, language, name
from siglum.text.views import DELETED, Joins, Omitted, Read


class ElementRenderer(Protocol):
    """Makes the nodes of one element."""

    def __call__(self, builder: Builder, element: Element) -> Iterable[Node]:
        """The nodes of an element that is part of the text."""

    def wants(self, element: Element) -> bool:
        """Whether it renders an element that the view leaves out."""


class Scope(Protocol):
    """The part of a document that is built."""

    def covers(self, element: Element) -> bool:
        """Whether the element, or anything in it, is in the part."""

    def speaks(self, holder: Element, *, tail: bool) -> bool:
        """Whether the text in an element, or after it (`tail`), is in the part."""


class Builder:
    """Makes nodes of elements, also of elements of the header for pages that show them.

    `level` counts the divisions around the current element; `in_cit` is true inside a displayed quotation that is numbered;
    `half_line` holds the words of a line of verse that the next speaker ends. With `places`, every node knows where it stands
    in its file, which costs a second reading. With `scope`, nodes are made of that part alone.
    """

    def __init__(
        self,
        edition: Edition,
        references: References,
        behave: ElementRenderer,
        places: Places | None = None,
        *,
        apparatus: bool = True,
        scope: Scope | None = None,
    ) -> None:
        self.edition = edition
        self.references = references
        self.behave = behave
        self.places = places
        self.scope = scope
        self.looks = Renditions(edition.document.index)
        self.ids = OutputIds(edition.identifiers)
        self.notes = NoteBodies(edition, references, self.ids, places)
        found = Apparatus(edition.document.index, edition.identifiers) if apparatus else None
        self.entries = ApparatusNotes(found, self.ids) if found is not None else None
        self.omissions = OmissionLog(edition.document, found.apart if found is not None else ())
        self.level = 0
        self.in_cit = False
        self.half_line = ""
        self._has_entries_apart = found is not None and bool(found.called_at)
        self._takes_all_text = places is None and scope is None and not edition.deleted.texts
        self._sources: dict[str, Source] = {}
        self._tree: Tree | None = None

    def tree(self) -> Tree:
        """The reading tree of every `text` in the document; it is built once."""
        if self._tree is None:
            self._tree = self._build_tree()
        return self._tree

    def _build_tree(self) -> Tree:
        root = self.edition.document.root
        content = tuple(node for text in self.edition.document.index.outermost_texts for node in self.element(text))
        for app in self.entries.apparatus.apart if self.entries is not None else ():
            tuple(self.render(app))  # completes an entry, and makes nothing in the text
        return self.finish(content, _language_of(root))

    def finish(self, content: tuple[Node, ...], language: str) -> Tree:
        """A tree of some content, with all notes and omissions, after the passes of every output."""
        bodies = (*self.notes.bodies(self.content, self.source), *self._entry_bodies())
        return passes.complete(Tree(language, content, bodies, self.omissions.all(self.looks)))

    def _entry_bodies(self) -> Iterator[NoteBody]:
        """The list of witnesses with their sigla, then the entries of the apparatus."""
        if not self.entries:
            return
        header = child(self.edition.document.root, "teiHeader")
        for witnesses in elements(header, "listWit") if header is not None else ():
            if not any(name(above) == "listWit" for above in witnesses.iterancestors()):
                source = Source("listWit", self.ids.make_unique("conspectus"))
                yield NoteBody(source, "", notes.APPARATUS, (), tuple(self.render(witnesses)))
        yield from self.entries.bodies()

    def content(self, parent: Element) -> tuple[Node, ...]:
        """The nodes of everything inside an element, between the quotation marks that are made there."""
        return add_quotation_marks(self.edition, parent, tuple(self.children(parent)))

    def children(self, parent: Element) -> list[Node]:
        """The nodes of everything inside an element, without marks."""
        whole = self._takes_all_text  # a hot loop: most texts are taken as they are (tests/benchmarks/export.py)
        nodes: list[Node] = []
        if text := parent.text:
            nodes += (Text(text),) if whole else self.texts(parent, text)
        for element in parent:
            if isinstance(element.tag, str):
                nodes += self.element(element)
            if text := element.tail:
                nodes += (Text(text),) if whole else self.texts(element, text, tail=True)
        return nodes

    def texts(self, holder: Element, text: str, *, tail: bool = False) -> Iterator[Text]:
        """The text in an element, or after it (`tail`); in one piece where places are not wanted."""
        if self.scope is not None and not self.scope.speaks(holder, tail=tail):
            return
        deleted = self.edition.deleted.texts
        if deleted and (holder, tail) in deleted:
            self.omissions.omit_text(holder, text, DELETED)
        elif self.places is None:
            yield Text(text)
        else:
            yield from self.places.texts(holder, text, tail=tail)

    def render(self, element: Element) -> Iterable[Node]:
        """The nodes of an element itself, whatever the view or a note says."""
        return self.behave(self, element)

    def element(self, element: Element) -> Iterable[Node]:
        """The nodes of one element: none, one or several."""
        if self.scope is not None and not self.scope.covers(element):
            return ()
        nodes: Iterable[Node]
        called = self.edition.notes.called_by.get(element)
        match decide(self.edition, element):
            case CalledHere(None, notes_):
                nodes, called = self.notes.call(element, list(notes_)), None
            case CalledHere():
                nodes, called = self.notes.call_in_place(element), None
            case Continues():
                return ()
            case Omitted(reason) if not self.behave.wants(element):
                nodes = self._omit(element, reason)
            case Read() | Joins() | Omitted():
                nodes = self.behave(self, element)
            case decision:
                assert_never(decision)
        if called:
            nodes = (*nodes, *self.notes.call(element, called))
        if self._has_entries_apart and self.entries is not None:
            nodes = (*nodes, *self.entries.calls_at(element))
        return nodes

    def _omit(self, element: Element, reason: str) -> tuple[Node, ...]:
        self.omissions.omit(element, reason)
        return ()

    def select(self, element: Element) -> Iterator[Node]:
        """The nodes of an element that a processing model asks for, whatever the view says."""
        if self.edition.omission(element) and self.edition.notes.of(element) is None:
            yield from self.render(element)
            yield from self.notes.call(element, self.edition.notes.called_by.get(element, []))
        else:
            yield from self.element(element)

    def source(self, element: Element) -> Source:
        """Name, id, language and type of an element; the id is unique in the output."""
        found = self.looks.of(element)
        at = self.places.element(element) if self.places is not None else None
        if not found.declared and not element.keys():  # most elements, and few names: one Source for all
            kind = name(element)
            if at is not None:
                return Source(kind, at=at)
            if kind not in self._sources:
                self._sources[kind] = Source(kind)
            return self._sources[kind]
        identifier = self.ids.of(element) if element.get(XML_ID) else ""
        look = found.rest(whole=is_block(element)) if found.declared else ""
        language_ = (element.get(XML_LANG) or "").strip()
        return Source(name(element), identifier, language_, attribute(element, "type"), at=at, look=look)

    def empty_division(self, element: Element, content: tuple[Node, ...], identifier: str) -> tuple[Node, ...] | None:
        """The anchors and breaks of a division whose notes all stand elsewhere; None for a division that keeps its place.

        Its headings move to its notes.
        """
        moved = {note for note in elements(element, "note") if (of := self.edition.notes.of(note)) and not of.stands_at_call}
        apart = self.entries.apparatus.apart if self.entries is not None else ()
        entries = {app for app in elements(element, "app") if app in apart}
        if not moved and not entries:
            return None
        headings = tuple(node for node in content if isinstance(node, Heading))
        rest = tuple(node for node in content if not isinstance(node, Heading))
        inside = list(walk(rest))
        if plain(rest).strip() or any(isinstance(node, Graphic | Note) for node in inside):
            return None
        if headings and moved:
            self.notes.move_headings(moved, headings)
        elif headings and self.entries is not None:
            self.entries.move_headings(entries, headings)
        ids = [identifier, *(node.source.id for node in inside if not isinstance(node, Text | Break))]
        return (*(Anchor(Source("", id_)) for id_ in ids if id_), *(node for node in inside if isinstance(node, Break)))


def _language_of(root: Element) -> str:
    text = child(root, "text")
    return language(text if text is not None else root) or only_language(root)
