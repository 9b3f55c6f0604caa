"""What every list needs to know of a document: the names behind its pointers, its references, where a thing stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from siglum.convert.text_index import Words
from siglum.text import header
from siglum.text.edition import Edition
from siglum.text.prefixes import Prefixes
from siglum.text.references import References
from siglum.text.tei import XML_ID, Element, attribute, name, tokens

_PARAGRAPHS = frozenset({"p", "ab", "l", "head"})
AROUND = 8
"""Words that are given before and after a thing."""


@dataclass(frozen=True)
class Context:
    """An edition, its header and its references."""

    edition: Edition
    header: header.Header
    references: References

    @classmethod
    def of(cls, edition: Edition, system: str = "") -> Context:
        """Read what the lists of an edition need; `system` chooses among the systems of references."""
        return cls(edition, header.read(edition.document), References(edition.document, system))

    @cached_property
    def words(self) -> Words:
        """The words of the text, for what stands around a thing."""
        return Words(self.edition)

    @cached_property
    def _prefixes(self) -> Prefixes:
        return Prefixes(self.edition.document.root)

    def pointers(self, element: Element, key: str) -> list[str]:
        """What an attribute points to, the prefixes of the edition's own resolved."""
        return [self._prefixes.resolve(each) for each in tokens(element, key)]

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

    def note(self, element: Element) -> str:
        """The label of the innermost note around the element."""
        notes = (self.edition.notes.of(each) for each in element.iterancestors())
        return next((each.label for each in notes if each is not None), "")

    def around(self, element: Element) -> dict[str, str]:
        """The words before and after an element, by the names of the columns."""
        span = self.words.span(element)
        if span is None:
            return {"before": "", "after": ""}
        return {"before": self.words.before(span[0], AROUND), "after": self.words.after(span[1], AROUND)}

    def where(self, element: Element) -> dict[str, Any]:
        """Where an element stands, by the names of the columns that every list has."""
        return {
            "place": self.references.of(element),
            "paragraph": paragraph(element),
            "note": self.note(element),
            **self.around(element),
            "line": self.line(element),
        }

    def omitted(self, element: Element) -> bool:
        """Whether the element, or something around it, is no part of the text: the other side of a `choice`."""
        return any(self.edition.omission(each) for each in (element, *element.iterancestors()))


def ids(pointers: Iterable[str]) -> str:
    """Pointers as they are listed: “#id” as the id, others whole, separated by spaces."""
    return " ".join(each.removeprefix("#") for each in pointers)


def paragraph(element: Element) -> str:
    """The xml:id of the nearest paragraph, line or heading around (or that is) the element."""
    for each in (element, *element.iterancestors()):
        if name(each) in _PARAGRAPHS and attribute(each, XML_ID):
            return attribute(each, XML_ID)
    return ""
