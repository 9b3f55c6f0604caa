"""Join quotations that are split into several elements: by `@next` and `@prev`, by `@part` (I, M, F), or by `join`.

See TEI P5, 17.7. Parts that cannot form one quotation stay apart, with a fault: a circle, two quotations with the same
continuation, one part inside another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from siglum.text.element_index import ElementIndex
from siglum.text.frozen import frozen
from siglum.text.pointer import Identifiers
from siglum.text.quotation.typed import BOUNDARIES
from siglum.text.tei import Element, attribute, name, tokens


@frozen
class Fault:
    """The reason why siglum does not join an element as its attribute says."""

    element: Element
    attribute: str
    message: str


class JoinedQuotations:
    """The joined quotations among `quotations`, which are in document order. `of`: for each part, all parts in order."""

    def __init__(self, quotations: Sequence[Element], index: ElementIndex, identifiers: Identifiers) -> None:
        self.of: dict[Element, tuple[Element, ...]] = {}
        self.faults: list[Fault] = []
        self._identifiers = identifiers
        self._next: dict[Element, Element] = {}
        self._previous: dict[Element, Element] = {}
        self._group: dict[Element, Element] = {}
        declaring = [part for part in quotations if "next" in part.attrib or "prev" in part.attrib or "part" in part.attrib]
        joins = list(index.named("join"))
        if declaring or joins:
            self._order = {quotation: at for at, quotation in enumerate(quotations)}
            self._link_all(declaring, joins)
            self._gather()

    def _link_all(self, declaring: Sequence[Element], joins: Sequence[Element]) -> None:
        for quotation in declaring:
            for key in ("next", "prev"):
                target = self._identifiers.first(quotation, key)
                if target is not None:
                    self._link(quotation, key, *((quotation, target) if key == "next" else (target, quotation)))
        self._link_parts(declaring)
        for join in joins:
            parts = [self._identifiers.get(pointer) for pointer in tokens(join, "target")]
            if parts and all(part in self._order for part in parts):
                for before, after in pairwise(parts):
                    if before is not None and after is not None:
                        self._link(join, "target", before, after)

    def _link_parts(self, declaring: Sequence[Element]) -> None:
        """Join each initial part with the next medial or final part of the same element name and note."""
        begun: dict[tuple[str, Element | None], Element] = {}
        for quotation in declaring:
            part, kind = attribute(quotation, "part"), (name(quotation), _boundary(quotation))
            if part in {"M", "F"} and quotation not in self._previous:
                if kind in begun:
                    self._link(quotation, "part", begun[kind], quotation)
                else:
                    self.faults.append(Fault(quotation, "part", "no part before it continues here"))
            begun.pop(kind, None)
            if part in {"I", "M"} and quotation not in self._next:
                begun[kind] = quotation
        for quotation in begun.values():
            self.faults.append(Fault(quotation, "part", "no later part continues it"))

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
            yield f"a quotation cannot continue in `{name(other)}`"
        elif before is after:
            yield "it points to itself"
        elif before in after.iterancestors() or after in before.iterancestors():
            yield "one of the two is inside the other"
        elif before in self._next or after in self._previous:
            yield "another quotation is already joined with it"
        elif self._first(before) is self._first(after):
            yield "the chain leads back to its beginning"
        elif _boundary(before) is not _boundary(after):
            yield "one of the two is in a note, the other is not"

    def _first(self, element: Element) -> Element:
        """Return the representative of all parts joined with the element so far."""
        while element in self._group:
            above = self._group[element]
            if above in self._group:
                self._group[element] = self._group[above]
            element = above
        return element

    def _gather(self) -> None:
        groups: dict[Element, list[Element]] = {}
        for part in {*self._next, *self._previous}:
            groups.setdefault(self._first(part), []).append(part)
        for parts in groups.values():
            whole = tuple(sorted(parts, key=self._order.__getitem__))
            self.of.update(dict.fromkeys(whole, whole))


def _boundary(element: Element) -> Element | None:
    return next((ancestor for ancestor in element.iterancestors() if name(ancestor) in BOUNDARIES), None)
