"""The text of a document that its reading tree leaves out, with the reasons."""

from __future__ import annotations

from collections.abc import Container

from siglum.convert.reading.tree import Omission
from siglum.text.document import Document
from siglum.text.rendition import Renditions
from siglum.text.tei import Element, name, squeeze


class OmissionLog:
    """Collects omissions. Elements `printed_elsewhere` (entries of an apparatus) are never left out."""

    def __init__(self, document: Document, printed_elsewhere: Container[Element] = ()) -> None:
        self._document = document
        self._printed_elsewhere = printed_elsewhere
        self._described: set[Element] = set()
        self._descriptions: list[tuple[Element, str]] = []
        self.items: list[Omission] = []

    def omit(self, element: Element, reason: str) -> None:
        """Record that an element is left out. The description of a picture waits: a picture may still show it."""
        if element in self._printed_elsewhere:
            return
        if name(element) in {"figDesc", "desc"}:
            self._descriptions.append((element, reason))
            return
        omission = self.describe_omission(element, reason)
        if omission.text:
            self.items.append(omission)

    def omit_text(self, holder: Element, text: str | None, reason: str) -> None:
        """Record that text in an element or behind it is left out."""
        if words := squeeze(text or ""):
            at = self._document.locate(holder)
            self.items.append(Omission(reason, words, at.path, at.line))

    def describe_omission(self, element: Element, reason: str) -> Omission:
        """The omission that leaving out an element would be."""
        at = self._document.locate(element)
        return Omission(reason, squeeze("".join(map(str, element.itertext()))), at.path, at.line)

    def take_description(self, description: Element) -> str:
        """The words of a description for the first picture that asks; empty for later ones."""
        if description in self._described:
            return ""
        self._described.add(description)
        return squeeze("".join(map(str, description.itertext())))

    def all(self, looks: Renditions) -> tuple[Omission, ...]:
        """All omissions, then the descriptions that no picture shows, then the declarations of style that siglum ignores."""
        waiting = [(element, reason) for element, reason in self._descriptions if element not in self._described]
        undescribed = [omission for pair in waiting if (omission := self.describe_omission(*pair)).text]
        ignored = [(declaration.description, self._document.locate(declaration.element)) for declaration in looks.refused]
        return (*self.items, *undescribed, *(Omission(reason, "", at.path, at.line) for reason, at in ignored))
