"""Compute the ids of elements on the pages of an edition without making the pages."""

from __future__ import annotations

import re

from siglum.convert.cite.passage.place import Passage
from siglum.text.edition import Edition
from siglum.text.references import References
from siglum.text.tei import BLOCKS, DIVISIONS, TEI, XML_ID, Element, attribute, name, squeeze

_NUMBERED = frozenset({"p", "ab", "cit"})
_RUNNING = frozenset({"p", "note", "item"})
"""Blocks whose lines of writing the pages do not keep."""


class Links:
    """The ids of the elements of a text in all outputs: their own, and generated ones for numbered paragraphs and notes.

    They equal the ids that the builder of the reading tree gives; a test compares the two.
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
        """The id of the element, or of the first paragraph of a section of prose."""
        if element in self._ids:
            return self._ids[element]
        inner = element.find(TEI + "p")
        return self._ids.get(inner, "") if inner is not None and name(element) in DIVISIONS else ""

    def find_nearest(self, element: Element) -> str:
        """The id of the element or of its nearest ancestor with an id."""
        if element not in self._near:
            parent = element.getparent()
            self._near[element] = self.find_own(element) or (self.find_nearest(parent) if parent is not None else "")
        return self._near[element]

    def of(self, passage: Passage) -> str:
        """The id that a link to the passage uses."""
        return self.find_nearest(passage.first)


def _is_kept(line_break: Element) -> bool:
    """Whether pages keep a line break, or the point where it divides a word. Otherwise it becomes a space."""
    around = next((name(element) for element in line_break.iterancestors() if name(element) in {*BLOCKS, "note"}), "")
    return attribute(line_break, "break") == "no" or around not in _RUNNING
