"""What a `delSpan` deletes: everything from it to the end of what @spanTo points to (TEI P5, 11.3.1.4), across all markup.

Elements that lie in it whole, and the stretches of text between them, are found once for a document. A `delSpan` whose end is
missing, or stands before it, deletes nothing and is a fault.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter

from lxml import etree

from siglum.text.element_index import ElementIndex
from siglum.text.frozen import frozen
from siglum.text.pointer import Identifiers
from siglum.text.tei import Element, attribute, name

_Range = tuple[int, int]


@frozen(slots=False)
class Deleted:
    """The outermost elements that are deleted whole; the text in an element, or after it (True), that is deleted besides.

    `faults` are the `delSpan`s whose end cannot be found, each with what is wrong.
    """

    elements: frozenset[Element] = frozenset()
    texts: frozenset[tuple[Element, bool]] = frozenset()
    faults: tuple[tuple[Element, str], ...] = ()

    def holds(self, element: Element) -> bool:
        """Whether the element lies in what is deleted."""
        return bool(self.elements) and any(each in self.elements for each in (element, *element.iterancestors()))


NOTHING = Deleted()


def deleted(index: ElementIndex, identifiers: Identifiers) -> Deleted:
    """What the `delSpan`s of a document delete."""
    starts = [each for each in index.named("delSpan") if not _is_restored(each)]
    if not starts:
        return NOTHING
    order = _Order(index.root)
    ranges: list[_Range] = []
    faults: list[tuple[Element, str]] = []
    for each in starts:
        pointer = attribute(each, "spanTo")
        end = identifiers.get(pointer)
        if end is None:
            what = f"“{pointer}”, which is not in this document" if pointer else "nothing, since it has no @spanTo"
            faults.append((each, f"the deletion extends to {what}"))
        elif order.ends[end] < order.ends[each]:
            faults.append((each, f"the deletion extends to “{pointer}”, which stands before it"))
        else:
            ranges.append((order.ends[each], order.ends[end]))
    return order.within(_merged(ranges), tuple(faults))


def _is_restored(deletion: Element) -> bool:
    return next((name(each) for each in deletion.iterancestors() if name(each) in {"del", "restore"}), "") == "restore"


def _merged(ranges: list[_Range]) -> list[_Range]:
    merged: list[_Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


@dataclass
class _Order:
    """Where each node begins and ends, in the order of tags; comments and instructions are points."""

    root: Element
    starts: dict[Element, int] = field(default_factory=dict)
    ends: dict[Element, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for count, (event, node) in enumerate(etree.iterwalk(self.root, events=("start", "end", "comment", "pi"))):
            if event != "end":
                self.starts[node] = count
            if event != "start":
                self.ends[node] = count

    def within(self, ranges: list[_Range], faults: tuple[tuple[Element, str], ...]) -> Deleted:
        """What lies in ranges that do not overlap, found in one walk; what is inside a deleted element is not looked at."""
        whole: set[Element] = set()
        texts: set[tuple[Element, bool]] = set()
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            start, end = self.starts[node], self.ends[node]
            if _end_after(ranges, start - 1) >= end:
                whole.add(node)
            else:
                if _end_after(ranges, start) > start:
                    texts.add((node, False))
                waiting += node
            if _end_after(ranges, end) > end:
                texts.add((node, True))
        return Deleted(frozenset(whole), frozenset(texts), faults)


def _end_after(ranges: list[_Range], place: int) -> int:
    """The end of the last range that begins at a place or before it; 0 where there is none."""
    at = bisect_right(ranges, place, key=itemgetter(0))
    return ranges[at - 1][1] if at else 0
