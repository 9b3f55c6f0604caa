"""Links that last: the ids that the pages of an edition have for its elements, known without making the page."""

from __future__ import annotations

import re

from siglum.convert.cite.passage.place import Passage
from siglum.text.edition import Edition
from siglum.text.references import References
from siglum.text.tei import BLOCKS, DIVISIONS, TEI, XML_ID, Element, attribute, name, squeeze

_NUMBERED = frozenset({"p", "ab", "cit"})
_RUNNING = frozenset({"p", "note", "item"})
"""Blocks in which the lines of the source are not kept."""


class Links:
    """The ids of the elements of a text in all outputs: their own, and those made for numbered paragraphs and for notes.

    This is what the builder of the reading tree gives (`Builder.identifier`); a test holds the two together.
    """

    def __init__(self, edition: Edition, references: References) -> None:
        self._taken = set(edition.identifiers)
        self._made: dict[str, int] = {}
        self._ids: dict[Element, str] = {}
        self._near: dict[Element, str] = {}
        for element in edition.document.index.in_texts():
            self._add(element, edition, references)
        for note in edition.notes:
            label = re.sub(r"[^\w.-]+", "", note.label)
            if note.element not in self._ids and label:
                self._ids[note.element] = self._make_unique(f"note-{label}")

    def _add(self, element: Element, edition: Edition, references: References) -> None:
        own = squeeze(element.get(XML_ID, "")).replace(" ", "_")
        if own and (name(element) != "lb" or _is_kept(element)):
            is_first = edition.identifiers.get("#" + own) is element
            self._ids[element] = own if is_first else self._make_unique(own)
        elif name(element) in _NUMBERED and references.number(element):
            self._ids[element] = self._make_unique(re.sub(r"\W+", "-", references.of(element)).strip("-"))

    def _make_unique(self, wanted: str) -> str:
        made, count = wanted, self._made.get(wanted, 1)
        while made in self._taken:
            count += 1
            made = f"{wanted}-{count}"
        self._taken.add(made)
        self._made[wanted] = count
        return made

    def find_own(self, element: Element) -> str:
        """The id of the element, or of what a reader sees of it first: the first paragraph of a section of prose."""
        if element in self._ids:
            return self._ids[element]
        inner = element.find(TEI + "p")
        return self._ids.get(inner, "") if inner is not None and name(element) in DIVISIONS else ""

    def find_nearest(self, element: Element) -> str:
        """The id of the element, or of the nearest one around it."""
        if element not in self._near:
            parent = element.getparent()
            self._near[element] = self.find_own(element) or (self.find_nearest(parent) if parent is not None else "")
        return self._near[element]

    def of(self, passage: Passage) -> str:
        """Where a link to a passage leads."""
        return self.find_nearest(passage.first)


def _is_kept(line_break: Element) -> bool:
    """Whether pages keep the line, or the place where it parts a word: elsewhere it is no more than a space."""
    around = next((name(element) for element in line_break.iterancestors() if name(element) in {*BLOCKS, "note"}), "")
    return attribute(line_break, "break") == "no" or around not in _RUNNING
