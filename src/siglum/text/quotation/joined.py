"""Quotations that are in several elements: joined by @next and @prev, by @part (I, M, F), or by a `join` (TEI P5, 17.7).

What cannot be one quotation is not joined, and said: circles, two that go on with the same one, one inside the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from siglum.text.pointer import Identifiers
from siglum.text.quotation.typed import BOUNDARIES
from siglum.text.tei import Element, attribute, elements, name, tokens


class Fault(NamedTuple):
    """Why an element is not joined with another as its attribute says."""

    element: Element
    attribute: str
    message: str


class Joined:
    """Which of some quotations, given in document order, belong together. `of` has the parts of each joined one, in order."""

    def __init__(self, quotations: Sequence[Element], root: Element, identifiers: Identifiers) -> None:
        self.of: dict[Element, tuple[Element, ...]] = {}
        self.faults: list[Fault] = []
        self._identifiers = identifiers
        self._next: dict[Element, Element] = {}
        self._previous: dict[Element, Element] = {}
        self._group: dict[Element, Element] = {}
        says = [each for each in quotations if "next" in each.attrib or "prev" in each.attrib or "part" in each.attrib]
        joins = list(elements(root, "join"))
        if says or joins:
            self._order = {each: at for at, each in enumerate(quotations)}
            self._link_all(says, joins)
            self._gather()

    def _link_all(self, says: Sequence[Element], joins: Sequence[Element]) -> None:
        for each in says:
            for key in ("next", "prev"):
                target = self._identifiers.first(each, key)
                if target is not None:
                    self._link(each, key, *((each, target) if key == "next" else (target, each)))
        self._link_parts(says)
        for join in joins:
            parts = [self._identifiers.get(each) for each in tokens(join, "target")]
            if parts and all(each in self._order for each in parts):
                for before, after in pairwise(parts):
                    if before is not None and after is not None:
                        self._link(join, "target", before, after)

    def _link_parts(self, says: Sequence[Element]) -> None:
        """An initial part goes on with the next medial or final one of its kind."""
        begun: dict[tuple[str, Element | None], Element] = {}
        for each in says:
            part, kind = attribute(each, "part"), (name(each), _boundary(each))
            if part in {"M", "F"} and each not in self._previous:
                if kind in begun:
                    self._link(each, "part", begun[kind], each)
                else:
                    self.faults.append(Fault(each, "part", "nothing before it is the part that it goes on with"))
            begun.pop(kind, None)
            if part in {"I", "M"} and each not in self._next:
                begun[kind] = each
        for each in begun.values():
            self.faults.append(Fault(each, "part", "no part follows that goes on with it"))

    def _link(self, at: Element, key: str, before: Element, after: Element) -> None:
        if self._next.get(before) is after:
            return
        refusal = next(self._refusals(before, after), "")
        if refusal:
            self.faults.append(Fault(at, key, refusal))
            return
        self._next[before], self._previous[after] = after, before
        self._group[self._first(after)] = self._first(before)

    def _refusals(self, before: Element, after: Element) -> Iterator[str]:
        if before not in self._order or after not in self._order:
            other = after if before in self._order else before
            yield f"a quotation cannot go on in `{name(other)}`"
        elif before is after:
            yield "it points to itself"
        elif before in after.iterancestors() or after in before.iterancestors():
            yield "one of the two stands in the other"
        elif before in self._next or after in self._previous:
            yield "another quotation is joined with that one already"
        elif self._first(before) is self._first(after):
            yield "it leads back to where it began"
        elif _boundary(before) is not _boundary(after):
            yield "one of the two stands in a note and the other does not"

    def _first(self, element: Element) -> Element:
        """What stands for all that is joined with the element so far."""
        while element in self._group:
            above = self._group[element]
            if above in self._group:
                self._group[element] = self._group[above]
            element = above
        return element

    def _gather(self) -> None:
        groups: dict[Element, list[Element]] = {}
        for each in {*self._next, *self._previous}:
            groups.setdefault(self._first(each), []).append(each)
        for parts in groups.values():
            whole = tuple(sorted(parts, key=self._order.__getitem__))
            self.of.update(dict.fromkeys(whole, whole))


def _boundary(element: Element) -> Element | None:
    return next((each for each in element.iterancestors() if name(each) in BOUNDARIES), None)
