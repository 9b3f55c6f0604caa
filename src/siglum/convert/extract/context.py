"""What every list needs to know of a document: the names behind its pointers, its references, where a thing stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from siglum.text import header
from siglum.text.edition import Edition
from siglum.text.references import References
from siglum.text.tei import XML_ID, Element, attribute, name

_PARAGRAPHS = frozenset({"p", "ab", "l", "head"})


@dataclass(frozen=True)
class Context:
    """An edition, its header and its references."""

    edition: Edition
    header: header.Header
    references: References

    @classmethod
    def of(cls, edition: Edition) -> Context:
        """Read what the lists of an edition need."""
        return cls(edition, header.read(edition.document), References(edition.document))

    def called(self, pointers: Iterable[str]) -> str:
        """The names of whom or what the pointers mean; one that leads elsewhere stands for itself."""
        return "; ".join(self._name(each) for each in pointers)

    def _name(self, pointer: str) -> str:
        known = self.header.called(pointer) if pointer.startswith("#") else ""
        element = self.edition.identifiers.get(pointer)
        return known or (header.plain(element) if element is not None else "") or pointer

    def line(self, element: Element) -> int:
        """The line of the file in which the element begins."""
        return self.edition.document.locate(element).line


def ids(pointers: Iterable[str]) -> str:
    """Pointers as they are listed: “#id” as the id, others whole, separated by spaces."""
    return " ".join(each.removeprefix("#") for each in pointers)


def paragraph(element: Element) -> str:
    """The xml:id of the nearest paragraph, line or heading around (or that is) the element."""
    for each in (element, *element.iterancestors()):
        if name(each) in _PARAGRAPHS and attribute(each, XML_ID):
            return attribute(each, XML_ID)
    return ""
