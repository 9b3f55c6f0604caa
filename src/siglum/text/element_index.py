"""All elements of a document by name and by position, found in one walk and shared by everything that is resolved.

Positions count elements in document order, from 0. The tree must not change after the index is built.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain

from siglum.text.tei import TEI, XML_ID, Element, name


class ElementIndex:
    """The elements at and below `root`; `elements` has them in document order, without comments and instructions."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.elements: list[Element] = list(root.iter("*"))
        self._by_tag: defaultdict[str, list[int]] = defaultdict(list)
        for position, element in enumerate(self.elements):
            self._by_tag[element.tag].append(position)

    @property
    def tags(self) -> list[str]:
        """The tags in Clark notation, sorted."""
        return sorted(self._by_tag)

    @cached_property
    def order(self) -> dict[Element, int]:
        """The position of each element."""
        return {element: position for position, element in enumerate(self.elements)}

    def named(self, *names: str) -> Iterator[Element]:
        """The TEI elements with one of these local names, in document order."""
        return self.tagged(*(TEI + local for local in names))

    def tagged(self, *tags: str) -> Iterator[Element]:
        """The elements with one of these tags (Clark notation), in document order."""
        return (self.elements[position] for position in self._positions(tags))

    def _positions(self, tags: Iterable[str]) -> list[int]:
        found = [self._by_tag[tag] for tag in dict.fromkeys(tags) if tag in self._by_tag]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))

    def has(self, *names: str) -> bool:
        """Whether the document has a TEI element with one of these local names."""
        return any(TEI + local in self._by_tag for local in names)

    def within(self, element: Element, *names: str) -> Iterator[Element]:
        """The TEI elements at or below `element`, in document order: those with one of these names, or all."""
        start, end = self.span(element)
        if not names:
            return (inner for inner in self.elements[start:end] if str(inner.tag).startswith(TEI))
        positions = self._positions(TEI + local for local in names)
        return (self.elements[position] for position in positions[bisect_left(positions, start) : bisect_left(positions, end)])

    def in_texts(self, *names: str) -> Iterator[Element]:
        """The TEI elements at or below a `text`, in document order: those with one of these names, or all."""
        return (inner for text in self.outermost_texts for inner in self.within(text, *names))

    def span(self, element: Element) -> tuple[int, int]:
        """The positions of the first element at or below `element`, and of the first one behind it."""
        at: Element | None = element
        while at is not None and at is not self.root:
            following = next(at.itersiblings("*"), None)
            if following is not None:
                return self.order[element], self.order[following]
            at = at.getparent()
        return self.order[element], len(self.elements)

    @cached_property
    def outermost_texts(self) -> tuple[Element, ...]:
        """The `text`s that stand in no other `text`: one, or those of a corpus."""
        texts = self.named("text")
        return tuple(text for text in texts if not any(name(above) == "text" for above in text.iterancestors()))

    @cached_property
    def identified(self) -> list[Element]:
        """The elements that have an `xml:id`, in document order."""
        return [element for element in self.elements if XML_ID in element.attrib]
