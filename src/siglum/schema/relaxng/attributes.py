"""The attributes of elements: which an element may have, and what a set of them leaves of its content.

In nearly all grammars an element is a group of attributes and a content that has none. Its attributes are then items that do
not know of each other, found by name; the patterns that attribute classes are made of are looked through once for all elements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.derivative import Derivatives
from siglum.schema.relaxng.nameclass import NameClass
from siglum.schema.relaxng.pattern import (
    ATTRIBUTE,
    CHOICE,
    EMPTY,
    GROUP,
    HAS_ATTRIBUTE,
    HAS_DATA,
    HAS_ELEMENT,
    HAS_TEXT,
    INTERLEAVE,
    NOT_ALLOWED,
    NULLABLE,
    ONE_OR_MORE,
    TEXT,
)

Test = tuple[int, int]
"""The place of an attribute among those of the tag, and the pattern its value is to match."""


@dataclass(slots=True)
class Items:
    """Attribute patterns that stand side by side: found by name, or one by one where a name class is open."""

    by_name: dict[str, int] = field(default_factory=dict)
    open: list[tuple[NameClass, int]] = field(default_factory=list)
    required: list[int] = field(default_factory=list)

    def find(self, name: str) -> int | None:
        found = self.by_name.get(name)
        if found is None:
            found = next((item for name_class, item in self.open if nameclass.contains(name_class, name)), None)
        return found


class Split(NamedTuple):
    """An element's content: its attributes, and the rest (with attributes only where the two are entangled)."""

    items: tuple[Items, ...]
    rest: int

    def find(self, name: str) -> int | None:
        for each in self.items:
            found = each.find(name)
            if found is not None:
                return found
        return None

    def required(self) -> Iterator[int]:
        for each in self.items:
            yield from each.required


@dataclass(slots=True)
class Outcome:
    """What a set of attributes leaves of a content (NOT_ALLOWED if they do not fit it), and what their values have to match."""

    rest: int
    tests: dict[Test, None]


class Attributes:
    def __init__(self, derivatives: Derivatives) -> None:
        self.derivatives = derivatives
        self.pool = derivatives.pool
        self._items: dict[int, Items] = {}
        self._splits: dict[int, Split] = {}

    def split(self, content: int) -> Split:
        known = self._splits.get(content)
        if known is None:
            known = self._splits[content] = self._split(content)
        return known

    def _split(self, content: int) -> Split:
        if self._pure(content):
            return Split((self._items_of(content),), EMPTY)
        node = self.pool.nodes[content]
        if node[0] not in {GROUP, INTERLEAVE}:
            return Split((), content)
        rest = [each for each in node[1] if not self._pure(each)]
        put = self.pool.group if node[0] == GROUP else self.pool.interleave
        return Split(tuple(self._items_of(each) for each in node[1] if self._pure(each)), put(*rest))

    def _pure(self, pattern: int) -> bool:
        return self.pool.flags[pattern] & (HAS_ATTRIBUTE | HAS_DATA | HAS_TEXT | HAS_ELEMENT) == HAS_ATTRIBUTE

    def _items_of(self, pattern: int) -> Items:
        known = self._items.get(pattern)
        if known is None:
            known = self._items[pattern] = Items()
            for each in self._side_by_side(pattern):
                if not self.pool.flags[each] & NULLABLE:
                    known.required.append(each)
                for name_class, _ in self.leaves(each):
                    if isinstance(name_class, str):
                        known.by_name[name_class] = each
                    else:
                        known.open.append((name_class, each))
        return known

    def _side_by_side(self, pattern: int) -> Iterator[int]:
        node = self.pool.nodes[pattern]
        if node[0] in {GROUP, INTERLEAVE}:
            for each in node[1]:
                yield from self._side_by_side(each)
        else:
            yield pattern

    def leaves(self, pattern: int) -> Iterator[tuple[NameClass, int]]:
        """The name class and value pattern of each attribute in a pattern."""
        node = self.pool.nodes[pattern]
        if node[0] == ATTRIBUTE:
            yield node[1], node[2]
        elif node[0] in {CHOICE, GROUP, INTERLEAVE}:
            for each in node[1]:
                yield from self.leaves(each)
        elif node[0] == ONE_OR_MORE:
            yield from self.leaves(node[1])

    def match(self, content: int, names: Sequence[str], failed: Collection[Test]) -> Outcome:
        """What attributes of these names leave of a content, if all their values match but those that `failed`."""
        split = self.split(content)
        outcome = Outcome(split.rest, {})
        touched: dict[int, int] = {}
        for place, name in enumerate(names):
            item = split.find(name)
            if item is not None:
                touched[item] = self._matched(outcome, touched.get(item, item), item, place, name, failed)
            else:
                outcome.rest = self._matched(outcome, outcome.rest, outcome.rest, place, name, failed)
        if any(not self.pool.flags[left] & NULLABLE for left in touched.values()):
            outcome.rest = NOT_ALLOWED
        if any(item not in touched for item in split.required()):
            outcome.rest = NOT_ALLOWED
        if self.pool.flags[outcome.rest] & HAS_ATTRIBUTE:
            outcome.rest = self.derivatives.without_attributes(outcome.rest, NOT_ALLOWED)
        return outcome

    def _matched(self, outcome: Outcome, pattern: int, item: int, place: int, name: str, failed: Collection[Test]) -> int:
        if not self.pool.flags[pattern] & HAS_ATTRIBUTE:
            return NOT_ALLOWED
        for name_class, value in self.leaves(item):
            if value != TEXT and nameclass.contains(name_class, name):
                outcome.tests[place, value] = None
        return self.derivatives.by_attribute(pattern, name, lambda value: (place, value) not in failed)
