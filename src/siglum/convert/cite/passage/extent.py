"""Decide which elements and text runs a passage covers.

Only the siblings along the paths from the top element to the first and the last place have to be visited.
"""

from __future__ import annotations

from siglum.convert.cite.passage.place import Passage
from siglum.text.tei import DIVISIONS, SECTIONS, Element, name

_OPEN = (DIVISIONS | SECTIONS | {"TEI", "teiCorpus"}) - {"floatingText"}


class Extent:
    """The smallest element around the passage (`top`), and the elements and text runs inside it that the passage leaves out.

    Text runs are pairs of an element and a flag: False for the text in the element, True for its tail.
    """

    def __init__(self, passage: Passage) -> None:
        self.outside: set[Element] = set()
        self.outside_text: set[tuple[Element, bool]] = set()
        ends = [passage.first, passage.stop if passage.stop is not None else passage.last]
        self.top = _find_common_ancestor(*ends)
        self._exclude_before(passage.first)
        if passage.stop is not None:
            self._exclude_after(passage.stop, itself=True)
        else:
            self._exclude_after(passage.last)

    @property
    def is_open(self) -> bool:
        """Whether the top element only holds the passage and is not part of it."""
        return name(self.top) in _OPEN and bool(self.outside or self.outside_text)

    def covers(self, element: Element) -> bool:
        """Whether the passage covers at least a part of the element."""
        return element not in self.outside

    def speaks(self, holder: Element, *, tail: bool) -> bool:
        """Whether the passage covers a text run."""
        return (holder, tail) not in self.outside_text

    def _exclude_before(self, first: Element) -> None:
        at = first
        while at is not self.top:
            for sibling in at.itersiblings(preceding=True):
                self.outside.add(sibling)
                self.outside_text.add((sibling, True))
            parent = at.getparent()
            if parent is None:
                return
            self.outside_text.add((parent, False))
            at = parent

    def _exclude_after(self, last: Element, *, itself: bool = False) -> None:
        at = last
        if itself:
            self.outside.add(last)
        while at is not self.top:
            self.outside_text.add((at, True))
            for sibling in at.itersiblings():
                self.outside.add(sibling)
                self.outside_text.add((sibling, True))
            parent = at.getparent()
            if parent is None:
                return
            at = parent


def _find_common_ancestor(first: Element, last: Element) -> Element:
    """The smallest element that contains both."""
    around = {first, *first.iterancestors()}
    return next(element for element in (last, *last.iterancestors()) if element in around)
