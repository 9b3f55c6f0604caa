"""The walk through a TEI document that makes its reading tree: what is left out, ids, notes and their calls.

What an element becomes is for the clauses to say (`behave`); everything that needs the whole document in view is here.
Whatever the view leaves out is listed in `Tree.omissions` with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from siglum.convert.reading.places import Places
from siglum.convert.reading.quoted import marked
from siglum.convert.reading.tree import (
    Anchor,
    Break,
    Graphic,
    Heading,
    Node,
    Note,
    NoteBody,
    Omission,
    Source,
    Text,
    Tree,
    plain,
    walk,
)
from siglum.convert.reading.whitespace import settle
from siglum.text import notes, running
from siglum.text.apparatus import Apparatus
from siglum.text.document import Location
from siglum.text.edition import Edition
from siglum.text.language import only_language
from siglum.text.references import References
from siglum.text.rendition import Renditions
from siglum.text.tei import XML_ID, XML_LANG, Element, attribute, child, elements, is_block, language, name, squeeze
from siglum.text.views import DELETED

_LETTERS = 26


class Behave(Protocol):
    """Makes the nodes of one element."""

    def __call__(self, builder: Builder, element: Element) -> Iterator[Node]:
        """The nodes of an element that is part of the text."""

    def wants(self, element: Element) -> bool:
        """Whether it has something to say of an element that the view leaves out."""


def _is_shown_by(figure: Element | None) -> bool:
    """Whether a picture of the figure shows the description of the figure, and not one of its own."""
    return figure is not None and any(name(each) == "graphic" and child(each, "desc") is None for each in figure)


def _texts(root: Element) -> Iterator[Element]:
    for text in elements(root, "text"):
        if not any(name(above) == "text" for above in text.iterancestors()):
            yield text


def _language(root: Element) -> str:
    text = child(root, "text")
    return language(text if text is not None else root) or only_language(root)


class Builder:
    """Makes nodes of elements; also of elements of the header, for pages that show them.

    `level` counts the divisions around the element at hand; `in_cit` is true inside a displayed quotation that is numbered;
    `half_line` holds what has been said of a line of verse that the next speaker ends. With `places`, every node knows
    where it stands in its file, which costs a second reading. `takes_all`: every text is taken, in one piece.
    """

    def __init__(
        self,
        edition: Edition,
        references: References,
        behave: Behave,
        places: Places | None = None,
        *,
        apparatus: bool = True,
    ) -> None:
        self.edition = edition
        self.references = references
        self.behave = behave
        self.places = places
        self.takes_all = places is None and not edition.deleted.texts
        self.omissions: list[Omission] = []
        self.looks = Renditions(edition.document.root)
        self._ids = set(edition.identifiers)
        self._sources: dict[tuple[str, str, str, str, str], Source] = {}
        self._made: dict[str, int] = {}
        self._given: dict[Element, str] = {}
        self._calls: dict[Element, list[str]] = {}
        self._headings: list[tuple[set[Element], tuple[Heading, ...]]] = []
        self._added: list[NoteBody] = []
        self._described: set[Element] = set()
        self._descriptions: list[tuple[Element, str]] = []
        self.apparatus = Apparatus(edition.document.root, edition.identifiers) if apparatus else None
        self._entries: dict[Element, NoteBody] = {}
        self._headings_of_entries: list[tuple[set[Element], tuple[Heading, ...]]] = []
        self.level = 0
        self.in_cit = False
        self.half_line = ""

    def tree(self) -> Tree:
        """The reading tree of every `text` in the document."""
        root = self.edition.document.root
        content = tuple(node for text in _texts(root) for node in self.element(text))
        for app in self.apparatus.apart if self.apparatus is not None else ():
            tuple(self.behave(self, app))  # it makes an entry, and nothing in the text
        notes_ = tuple(self.notes())
        return Tree(_language(root), settle(content), notes_, (*self.omissions, *self._undescribed(), *self._refused()))

    def _refused(self) -> Iterator[Omission]:
        """What is said of the look of the source and is not heeded."""
        for element, said in self.looks.refused:
            at = self.edition.document.locate(element)
            yield Omission(said, "", at.path, at.line)

    def content(self, parent: Element) -> tuple[Node, ...]:
        """The nodes of everything inside an element, between the quotation marks that are made there."""
        return marked(self.edition, parent, tuple(self.children(parent)))

    def children(self, parent: Element) -> Iterator[Node]:
        """The nodes of everything inside an element, one by one and without marks."""
        whole = self.takes_all  # a hot loop: most texts are taken as they are (tests/benchmarks/export.py)
        if text := parent.text:
            yield from (Text(text),) if whole else self.texts(parent, text)
        for each in parent:
            if isinstance(each.tag, str):
                yield from self.element(each)
            if text := each.tail:
                yield from (Text(text),) if whole else self.texts(each, text, tail=True)

    def texts(self, holder: Element, text: str, *, tail: bool = False) -> Iterator[Text]:
        """The text in an element, or after it (`tail`); in one piece where places are not wanted."""
        deleted = self.edition.deleted.texts
        if deleted and (holder, tail) in deleted:
            self.omit_text(holder, text, DELETED)
        elif self.places is None:
            yield Text(text)
        else:
            yield from self.places.texts(holder, text, tail=tail)

    def element(self, element: Element) -> Iterator[Node]:
        """The nodes of one element: none, one or several."""
        called = self.edition.notes.called_by.get(element, [])
        if name(element) == "note" and self.edition.notes.of(element) is not None:
            yield from self.note_here(element)
        elif called and name(element) in {"ref", "ptr"} and not notes.has_words(element, called):
            yield from self._calls_of(element, called)
        else:
            reason = self.edition.omission(element)
            if self.edition.notes.continues(element):
                return
            if reason and not self.behave.wants(element):
                self.omit(element, reason)
            else:
                yield from self.behave(self, element)
            if called:
                yield from self._calls_of(element, called)
        if self.apparatus is not None and self.apparatus.called_at:
            yield from self._calls_of_entries(element)

    def chosen(self, element: Element) -> Iterator[Node]:
        """The nodes of an element that a processing model asks for, whatever the view says of it."""
        if self.edition.omission(element) and self.edition.notes.of(element) is None:
            yield from self.behave(self, element)
            yield from self._calls_of(element, self.edition.notes.called_by.get(element, []))
        else:
            yield from self.element(element)

    # Identity

    def source(self, element: Element) -> Source:
        """Name, id, language and type of an element; the id is unique in the output."""
        own = element.get(XML_ID)
        identifier = self.identifier(element) if own else ""
        found = self.looks.of(element)
        look = found.rest(whole=is_block(element)) if found.declared else ""
        told = (name(element), identifier, (element.get(XML_LANG) or "").strip(), attribute(element, "type"), look)
        if self.places is not None:
            return _source(told, self.places.element(element))
        if identifier:
            return _source(told)
        if told not in self._sources:
            self._sources[told] = _source(told)
        return self._sources[told]

    def identifier(self, element: Element, wanted: str = "") -> str:
        """The id of an element in the output: its own, where that is unique, or one made from `wanted`."""
        if element not in self._given:
            own = squeeze(element.get(XML_ID, "")).replace(" ", "_")
            is_first = self.edition.identifiers.get("#" + own) is element
            self._given[element] = own if own and is_first else self._unique(own or wanted)
        return self._given[element]

    def _unique(self, wanted: str) -> str:
        made, count = wanted, self._made.get(wanted, 1)
        while made in self._ids:
            count += 1
            made = f"{wanted}-{count}"
        self._ids.add(made)
        self._made[wanted] = count
        return made

    def omit(self, element: Element, reason: str) -> None:
        """Leave an element out, and say so; a picture's description, or an entry of the apparatus, has another place."""
        if self.apparatus is not None and element in self.apparatus.apart:
            return
        if name(element) in {"figDesc", "desc"}:
            self._descriptions.append((element, reason))  # whether a picture shows it is known at the end
            return
        omission = self.omission(element, reason)
        if omission.text:
            self.omissions.append(omission)

    def omit_text(self, holder: Element, text: str | None, reason: str) -> None:
        """Leave out text that stands in an element or behind it."""
        if words := squeeze(text or ""):
            at = self.edition.document.locate(holder)
            self.omissions.append(Omission(reason, words, at.path, at.line))

    def describe(self, told: Element) -> str:
        """The words of a description for the picture that asks first; nothing for the next."""
        if told in self._described:
            return ""
        self._described.add(told)
        return squeeze("".join(map(str, told.itertext())))

    def _undescribed(self) -> Iterator[Omission]:
        """The descriptions that no picture shows."""
        made = (self.omission(element, reason) for element, reason in self._descriptions if element not in self._described)
        return (each for each in made if each.text)

    def omission(self, element: Element, reason: str) -> Omission:
        """What would be left out with this element."""
        at = self.edition.document.locate(element)
        return Omission(reason, squeeze("".join(map(str, element.itertext()))), at.path, at.line)

    # The apparatus

    def begin_entry(self, app: Element) -> Note:
        """The call of an entry of the apparatus; the first one gives the entry its place among the others."""
        if app not in self._entries:
            wanted = f"app-{len(self._entries) + 1}"
            source = Source("app", self._unique(wanted), type=attribute(app, "type"))
            key = self.apparatus.key(app) if self.apparatus is not None else ""
            self._entries[app] = NoteBody(source, key, notes.APPARATUS, (), ())
        body = self._entries[app]
        call = self.identifier(app, f"call-{body.source.id}") if not body.calls else self._unique(f"call-{body.source.id}")
        self._entries[app] = replace(body, calls=(*body.calls, call))
        return Note(Source("app", call), body.source.id, "")

    def end_entry(self, app: Element, content: tuple[Node, ...]) -> None:
        """What an entry says; one that nothing has called stands where it is made."""
        if app not in self._entries:
            self.begin_entry(app)
            self._entries[app] = replace(self._entries[app], calls=())
        self._entries[app] = replace(self._entries[app], content=settle(content))

    def _conspectus(self) -> Iterator[NoteBody]:
        """The witnesses that the header lists, with their sigla: they stand before the entries."""
        header = child(self.edition.document.root, "teiHeader") if self._entries else None
        for each in elements(header, "listWit") if header is not None else ():
            if not any(name(above) == "listWit" for above in each.iterancestors()):
                source = Source("listWit", self._unique("conspectus"))
                yield NoteBody(source, "", notes.APPARATUS, (), settle(tuple(self.behave(self, each))))

    def _headed_entries(self) -> Iterator[NoteBody]:
        """The entries in the order of their calls; what is written above a list of them stands above its first."""
        waiting = list(self._headings_of_entries)
        for app, body in self._entries.items():
            own = [each for each in waiting if app in each[0]]
            waiting = [each for each in waiting if app not in each[0]]
            yield replace(body, heading=settle(tuple(node for _, nodes in own for node in nodes)))

    def _calls_of_entries(self, element: Element) -> Iterator[Node]:
        """The calls of entries that stand apart and are about this place."""
        for app in self.apparatus.called_at.get(element, ()) if self.apparatus is not None else ():
            yield self.begin_entry(app)

    # Notes

    def note_here(self, element: Element) -> Iterator[Node]:
        """The call of a note that stands in the text where it is called."""
        note = self.edition.notes.of(element)
        if note is not None and note.stands_at_call:
            yield from self._calls_of(element, [note])

    def _calls_of(self, element: Element, called: list[notes.Note]) -> Iterator[Node]:
        for note in called:
            target = self._note_identifier(note)
            stands_for = name(element) in {"ref", "ptr"} and element.get(XML_ID) and element not in self._given
            call = self.identifier(element) if stands_for else self._unique(f"call-{target}")
            self._calls.setdefault(note.element, []).append(call)
            at = self.places.element(element) if self.places is not None else None
            yield Note(Source(name(element), call, at=at), target, note.label)

    def added_note(self, element: Element, content: tuple[Node, ...], label: str) -> Iterator[Node]:
        """The call of a note that a processing model makes of something else; without a label it gets a letter."""
        count = len(self._added)
        shown = label or (chr(ord("a") + count) if count < _LETTERS else f"a{count}")
        wanted = re.sub(r"[^\w.-]+", "", shown) or str(count)
        target = self._unique(f"note-{wanted}")
        call = self._unique(f"call-{target}")
        source = self.source(element).named(target)
        self._added.append(NoteBody(source, shown, "main", (call,), settle(content)))
        yield Note(Source(name(element), call), target, shown)

    def _note_identifier(self, note: notes.Note) -> str:
        label = re.sub(r"[^\w.-]+", "", note.label)
        return self.identifier(note.element, f"note-{label or len(self._given)}")

    def _part(self, note: notes.Note) -> tuple[str, str]:
        """What the division or the page is called in which the labels of the note's stream begin anew."""
        unit = note.unit
        if unit is None:
            return "", ""
        if name(unit) == "pb":
            return "", attribute(unit, "n")
        head = child(unit, "head")
        words = running.within(self.edition, head) if head is not None else ""
        return words or self.references.label(unit) or " ".join((attribute(unit, "type"), attribute(unit, "n"))).strip(), ""

    def notes(self) -> Iterator[NoteBody]:
        """The bodies of all notes, in the order of printing."""
        bodies = {}
        for note in self.edition.notes:  # notes on notes are called from the bodies made here
            bodies[note.element] = settle(self._body(note.element))
        headings = self._headings_of_notes()
        for note in self.edition.notes.printed:
            target = self._note_identifier(note)
            source = self.source(note.element).named(target)
            calls = tuple(self._calls.get(note.element, ()))
            heading = settle(headings.get(note.element, ()))
            division, page = self._part(note)
            yield NoteBody(source, note.label, note.stream, calls, bodies[note.element], heading, division, page)
        yield from self._added
        yield from self._conspectus()
        yield from self._headed_entries()

    def _body(self, element: Element) -> tuple[Node, ...]:
        """What a note says, with the elements in which it goes on."""
        rest = (node for each in self.edition.notes.rest_of(element) for node in (Text(" "), *self.content(each)))
        return (*self.content(element), *rest)

    def emptied(self, element: Element, content: tuple[Node, ...], identifier: str) -> tuple[Node, ...] | None:
        """What is left in the text of a division whose notes have all gone to the end, with its headings; None for others."""
        moved = {
            each for each in elements(element, "note") if (note := self.edition.notes.of(each)) and not note.stands_at_call
        }
        entries = {each for each in elements(element, "app") if self.apparatus is not None and each in self.apparatus.apart}
        if not moved and not entries:
            return None
        headings = tuple(each for each in content if isinstance(each, Heading))
        rest = [each for each in content if not isinstance(each, Heading)]
        inside = list(walk(rest))
        if plain(tuple(rest)).strip() or any(isinstance(each, Graphic | Note) for each in inside):
            return None
        if headings and moved:
            self._headings.append((moved, headings))
        elif headings:
            self._headings_of_entries.append((entries, headings))
        ids = [identifier, *(each.source.id for each in inside if not isinstance(each, Text | Break))]
        return (*(Anchor(Source("", each)) for each in ids if each), *(each for each in inside if isinstance(each, Break)))

    def _headings_of_notes(self) -> dict[Element, tuple[Node, ...]]:
        """The headings of emptied divisions by the first of their notes; the only one of a stream stands above all of it.

        A stream without one has the heading that the edition gives it.
        """
        order = list(self.edition.notes)
        first_of = {note.stream: note for note in reversed(order)}
        found: dict[Element, tuple[Node, ...]] = {}
        streams = [next(note.stream for note in order if note.element in moved) for moved, _ in self._headings]
        for (moved, headings), stream in zip(self._headings, streams, strict=True):
            first = next(note for note in order if note.element in moved)
            above = first_of[stream] if streams.count(stream) == 1 else first
            found[above.element] = (*found.get(above.element, ()), *headings)
        for each in self.edition.notes.streams:
            if each.heading and each.name in first_of:
                found.setdefault(first_of[each.name].element, (Heading(Source(), (Text(each.heading),), 1),))
        return found


def _source(told: tuple[str, str, str, str, str], at: Location | None = None) -> Source:
    element, identifier, language_, kind, look = told
    return Source(element, identifier, language_, kind, at=at, look=look)
