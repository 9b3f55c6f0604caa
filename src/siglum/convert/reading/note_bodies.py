"""Notes of a reading tree: their calls where the text calls them, their bodies in the order of printing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from siglum.convert.reading.output_ids import OutputIds
from siglum.convert.reading.places import Places
from siglum.convert.reading.tree import Heading, Node, Note, NoteBody, Source, Text
from siglum.text import notes, running
from siglum.text.edition import Edition
from siglum.text.references import References
from siglum.text.tei import XML_ID, Element, attribute, child, name

_LETTERS = 26
_NOT_IN_IDS = re.compile(r"[^\w.-]+")


class NoteBodies:
    """Collects the calls of the edition's notes, and the notes that a processing model adds."""

    def __init__(self, edition: Edition, references: References, ids: OutputIds, places: Places | None) -> None:
        self._edition = edition
        self._references = references
        self._ids = ids
        self._places = places
        self._calls: dict[Element, list[str]] = {}
        self._headings: list[tuple[set[Element], tuple[Heading, ...]]] = []
        self._added: list[NoteBody] = []

    def call_in_place(self, element: Element) -> Iterator[Node]:
        """The call of a note that stands in the text where it is called."""
        note = self._edition.notes.of(element)
        if note is not None and note.stands_at_call:
            yield from self.call(element, [note])

    def call(self, element: Element, called: list[notes.Note]) -> Iterator[Node]:
        """The calls of some notes at an element; a `ref` or `ptr` with an `xml:id` gives its identifier to the call."""
        for note in called:
            target = self._id_of(note)
            stands_for = name(element) in {"ref", "ptr"} and element.get(XML_ID) and element not in self._ids
            call = self._ids.of(element) if stands_for else self._ids.make_unique(f"call-{target}")
            self._calls.setdefault(note.element, []).append(call)
            at = self._places.element(element) if self._places is not None else None
            yield Note(Source(name(element), call, at=at), target, note.label)

    def add(self, source: Source, content: tuple[Node, ...], label: str) -> Note:
        """Make a note of something else, as a processing model asks, and call it. Without a label it gets a letter."""
        count = len(self._added)
        label = label or (chr(ord("a") + count) if count < _LETTERS else f"a{count}")
        target = self._ids.make_unique(f"note-{_NOT_IN_IDS.sub('', label) or count}")
        call = self._ids.make_unique(f"call-{target}")
        self._added.append(NoteBody(source.named(target), label, "main", (call,), content))
        return Note(Source(source.element, call), target, label)

    def move_headings(self, moved: set[Element], headings: tuple[Heading, ...]) -> None:
        """Print the headings of an emptied division above its notes."""
        self._headings.append((moved, headings))

    def bodies(self, content: Callable[[Element], tuple[Node, ...]], source: Callable[[Element], Source]) -> Iterator[NoteBody]:
        """The bodies of all notes in the order of printing, those that processing models added last."""
        texts = {}
        for note in self._edition.notes:  # a body may call further notes: all bodies come before the first NoteBody
            texts[note.element] = self._text(note.element, content)
        headings = self._headings_by_note()
        for note in self._edition.notes.printed:
            calls = tuple(self._calls.get(note.element, ()))
            heading = headings.get(note.element, ())
            origin = source(note.element).named(self._id_of(note))
            yield NoteBody(origin, note.label, note.stream, calls, texts[note.element], heading, *self._part(note))
        yield from self._added

    def _text(self, element: Element, content: Callable[[Element], tuple[Node, ...]]) -> tuple[Node, ...]:
        """The text of a note, with the elements that continue it."""
        rest = (node for part in self._edition.notes.rest_of(element) for node in (Text(" "), *content(part)))
        return (*content(element), *rest)

    def _id_of(self, note: notes.Note) -> str:
        return self._ids.of(note.element, f"note-{_NOT_IN_IDS.sub('', note.label) or len(self._ids)}")

    def _part(self, note: notes.Note) -> tuple[str, str]:
        """The division or the page of the note, where the labels of its stream begin anew with it."""
        unit = note.unit
        if unit is None:
            return "", ""
        if name(unit) == "pb":
            return "", attribute(unit, "n")
        head = child(unit, "head")
        words = running.within(self._edition, head) if head is not None else ""
        return words or self._references.label(unit) or " ".join((attribute(unit, "type"), attribute(unit, "n"))).strip(), ""

    def _headings_by_note(self) -> dict[Element, tuple[Node, ...]]:
        """The headings of emptied divisions by the first of their notes.

        The only heading of a stream stands above all its notes. A stream without one has the heading that the policy gives.
        """
        order = list(self._edition.notes)
        first_of = {note.stream: note for note in reversed(order)}
        found: dict[Element, tuple[Node, ...]] = {}
        streams = [next(note.stream for note in order if note.element in moved) for moved, _ in self._headings]
        for (moved, headings), stream in zip(self._headings, streams, strict=True):
            first = next(note for note in order if note.element in moved)
            above = first_of[stream] if streams.count(stream) == 1 else first
            found[above.element] = (*found.get(above.element, ()), *headings)
        for stream_policy in self._edition.notes.streams:
            if stream_policy.heading and stream_policy.name in first_of:
                heading = Heading(Source(), (Text(stream_policy.heading),), 1)
                found.setdefault(first_of[stream_policy.name].element, (heading,))
        return found
