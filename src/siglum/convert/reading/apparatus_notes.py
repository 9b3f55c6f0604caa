"""Entries of the critical apparatus as notes of the stream “apparatus”: their calls, their order, their headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from siglum.convert.reading.output_ids import OutputIds
from siglum.convert.reading.tree import Heading, Node, Note, NoteBody, Source
from siglum.text import notes
from siglum.text.apparatus import Apparatus
from siglum.text.tei import Element, attribute


class ApparatusNotes:
    """Collects the entries in the order of their first calls."""

    def __init__(self, apparatus: Apparatus, ids: OutputIds) -> None:
        self.apparatus = apparatus
        self._ids = ids
        self._bodies: dict[Element, NoteBody] = {}
        self._headings: list[tuple[set[Element], tuple[Heading, ...]]] = []

    def __bool__(self) -> bool:
        return bool(self._bodies)

    def call(self, app: Element) -> Note:
        """Call an entry. Its first call gives the entry its place among the others."""
        if app not in self._bodies:
            source = Source("app", self._ids.make_unique(f"app-{len(self._bodies) + 1}"), type=attribute(app, "type"))
            self._bodies[app] = NoteBody(source, self.apparatus.key(app), notes.APPARATUS, (), ())
        body = self._bodies[app]
        wanted = f"call-{body.source.id}"
        call = self._ids.make_unique(wanted) if body.calls else self._ids.of(app, wanted)
        self._bodies[app] = replace(body, calls=(*body.calls, call))
        return Note(Source("app", call), body.source.id, "")

    def calls_at(self, element: Element) -> Iterator[Node]:
        """The calls of the entries that stand apart and are about this place."""
        for app in self.apparatus.called_at.get(element, ()):
            yield self.call(app)

    def complete(self, app: Element, content: tuple[Node, ...]) -> None:
        """Give an entry its text. An entry without a call gets its place here."""
        if app not in self._bodies:
            self.call(app)
            self._bodies[app] = replace(self._bodies[app], calls=())
        self._bodies[app] = replace(self._bodies[app], content=content)

    def move_headings(self, entries: set[Element], headings: tuple[Heading, ...]) -> None:
        """Print the headings of an emptied list above the first of its entries."""
        self._headings.append((entries, headings))

    def bodies(self) -> Iterator[NoteBody]:
        """The entries with their headings."""
        waiting = list(self._headings)
        for app, body in self._bodies.items():
            own = [node for entries, headings in waiting if app in entries for node in headings]
            waiting = [(entries, headings) for entries, headings in waiting if app not in entries]
            yield replace(body, heading=tuple(own))
