"""What a passage covers: for every element and every stretch of text whether it is outside of it.

The element that holds the whole passage is gone through from the top; only what stands beside the way down to its first and
to its last place has to be looked at.
"""

from __future__ import annotations

from siglum.convert.cite.passage.place import Passage
from siglum.text.tei import DIVISIONS, SECTIONS, Element, name

_OPEN = (DIVISIONS | SECTIONS | {"TEI", "teiCorpus"}) - {"floatingText"}


class Extent:
    """`top` is the smallest element around the passage; `outside` and `silent` are what it does not cover.

    `silent` are stretches of text: those in an element (False), and those behind it (True).
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
        """Whether the top is no part of the passage itself, but what holds it."""
        return name(self.top) in _OPEN and bool(self.outside or self.outside_text)

    def covers(self, element: Element) -> bool:
        """Whether a part of the element at least is in the passage."""
        return element not in self.outside

    def speaks(self, holder: Element, *, tail: bool) -> bool:
        """Whether a stretch of text is in the passage."""
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
    """The smallest element that both are or stand in."""
    around = {first, *first.iterancestors()}
    return next(element for element in (last, *last.iterancestors()) if element in around)
