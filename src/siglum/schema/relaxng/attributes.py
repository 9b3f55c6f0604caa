"""The attributes of elements: which ones an element allows, and what content remains after a set of them.

In nearly all grammars an element is a group of attributes and a content without attributes. The attributes are then independent
items, found by name; the patterns of attribute classes are analysed once for all elements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

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
from siglum.text.frozen import frozen

Test = tuple[int, int]
"""The index of an attribute in the tag, and the pattern that its value must match."""


@dataclass(slots=True)
class Items:
    """Independent attribute patterns: found by name, or one by one if a name class is open."""

    by_name: dict[str, int] = field(default_factory=dict)
    open: list[tuple[NameClass, int]] = field(default_factory=list)
    required: list[int] = field(default_factory=list)

    def find(self, name: str) -> int | None:
        found = self.by_name.get(name)
        if found is None:
            found = next((item for name_class, item in self.open if nameclass.contains(name_class, name)), None)
        return found


@frozen
class Split:
    """An element's content: its attributes, and the rest (which has attributes only if the two are entangled)."""

    items: tuple[Items, ...]
    rest: int

    def find(self, name: str) -> int | None:
        for items in self.items:
            found = items.find(name)
            if found is not None:
                return found
        return None

    def required(self) -> Iterator[int]:
        for items in self.items:
            yield from items.required


@dataclass(slots=True)
class Outcome:
    """The content that remains after a set of attributes (NOT_ALLOWED if they do not fit), and the tests for their values."""

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
        if self._has_only_attributes(content):
            return Split((self._collect_items(content),), EMPTY)
        node = self.pool.nodes[content]
        if node[0] not in {GROUP, INTERLEAVE}:
            return Split((), content)
        rest = [member for member in node[1] if not self._has_only_attributes(member)]
        put = self.pool.group if node[0] == GROUP else self.pool.interleave
        return Split(tuple(self._collect_items(member) for member in node[1] if self._has_only_attributes(member)), put(*rest))

    def _has_only_attributes(self, pattern: int) -> bool:
        return self.pool.flags[pattern] & (HAS_ATTRIBUTE | HAS_DATA | HAS_TEXT | HAS_ELEMENT) == HAS_ATTRIBUTE

    def _collect_items(self, pattern: int) -> Items:
        known = self._items.get(pattern)
        if known is None:
            known = self._items[pattern] = Items()
            for member in self._iter_members(pattern):
                if not self.pool.flags[member] & NULLABLE:
                    known.required.append(member)
                for name_class, _ in self.leaves(member):
                    if isinstance(name_class, str):
                        known.by_name[name_class] = member
                    else:
                        known.open.append((name_class, member))
        return known

    def _iter_members(self, pattern: int) -> Iterator[int]:
        node = self.pool.nodes[pattern]
        if node[0] in {GROUP, INTERLEAVE}:
            for member in node[1]:
                yield from self._iter_members(member)
        else:
            yield pattern

    def leaves(self, pattern: int) -> Iterator[tuple[NameClass, int]]:
        """Yield the name class and the value pattern of each attribute in a pattern."""
        node = self.pool.nodes[pattern]
        if node[0] == ATTRIBUTE:
            yield node[1], node[2]
        elif node[0] in {CHOICE, GROUP, INTERLEAVE}:
            for member in node[1]:
                yield from self.leaves(member)
        elif node[0] == ONE_OR_MORE:
            yield from self.leaves(node[1])

    def match(self, content: int, names: Sequence[str], failed: Collection[Test]) -> Outcome:
        """Return what remains of a content after attributes with these names, if all values match except the `failed` tests."""
        split = self.split(content)
        outcome = Outcome(split.rest, {})
        touched: dict[int, int] = {}
        for place, name in enumerate(names):
            item = split.find(name)
            if item is not None:
                touched[item] = self._match_one(outcome, touched.get(item, item), item, place, name, failed)
            else:
                outcome.rest = self._match_one(outcome, outcome.rest, outcome.rest, place, name, failed)
        if any(not self.pool.flags[left] & NULLABLE for left in touched.values()):
            outcome.rest = NOT_ALLOWED
        if any(item not in touched for item in split.required()):
            outcome.rest = NOT_ALLOWED
        if self.pool.flags[outcome.rest] & HAS_ATTRIBUTE:
            outcome.rest = self.derivatives.without_attributes(outcome.rest, NOT_ALLOWED)
        return outcome

    def _match_one(self, outcome: Outcome, pattern: int, item: int, place: int, name: str, failed: Collection[Test]) -> int:
        if not self.pool.flags[pattern] & HAS_ATTRIBUTE:
            return NOT_ALLOWED
        for name_class, value in self.leaves(item):
            if value != TEXT and nameclass.contains(name_class, name):
                outcome.tests[place, value] = None
        return self.derivatives.by_attribute(pattern, name, lambda value: (place, value) not in failed)
