"""Report faults in the attributes of a start tag, for `recover`, and list the attributes of an element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from siglum.schema.relaxng import nameclass
from siglum.schema.relaxng.attributes import Test
from siglum.schema.relaxng.automaton import Automaton
from siglum.schema.relaxng.fault import Fault, Kind, Names
from siglum.schema.relaxng.near import find_meant_attribute
from siglum.schema.relaxng.pattern import NOT_ALLOWED, NULLABLE


class AttributeRecovery:
    def __init__(self, automaton: Automaton) -> None:
        self.pool = automaton.pool
        self.derivatives = automaton.derivatives
        self.attributes = automaton.attributes
        self._names: dict[int, Names] = {}

    def faults(
        self, content: int, tag: str, names: Sequence[str], values: Sequence[str], failed: frozenset[Test]
    ) -> Iterator[Fault]:
        """Return the faults one by one, and the missing attributes unless one of them is there under a wrong name."""
        allowed = self.list_names(content)
        present = frozenset(names)
        others = tuple(name for name in allowed if name not in present)
        good: list[str] = []
        blamed = False
        unknown: list[str] = []
        for place, name in enumerate(names):
            patterns = tuple(dict.fromkeys(self.value_patterns(content, name)))
            if not patterns:
                blamed = True
                unknown.append(name)
                yield Fault(Kind.ATTRIBUTE, tag, name, values[place], expected=others)
            elif all((place, pattern) in failed for pattern in patterns):
                blamed = True
                yield Fault(Kind.VALUE, tag, name, values[place], patterns=patterns)
                good.append(name)
            else:
                good.append(name)
        missing = self._missing(content, good)
        there = {find_meant_attribute(name, others) for name in unknown} if missing else set()
        for choice in missing:
            if not there.isdisjoint(choice):  # present under a wrong name
                continue
            yield Fault(Kind.NO_ATTRIBUTE, tag, choice[0] if len(choice) == 1 else "", missing=(choice,))
        if not missing and not blamed:
            yield Fault(Kind.ATTRIBUTES, tag, expected=tuple(names))

    def value_patterns(self, content: int, name: str) -> Iterator[int]:
        split = self.attributes.split(content)
        item = split.find(name)
        for name_class, value in self.attributes.leaves(split.rest if item is None else item):
            if nameclass.contains(name_class, name):
                yield value

    def leaves(self, content: int) -> Iterator[tuple[nameclass.NameClass, int]]:
        split = self.attributes.split(content)
        for items in split.items:
            for item in dict.fromkeys((*items.by_name.values(), *(item for _, item in items.open))):
                yield from self.attributes.leaves(item)
        yield from self.attributes.leaves(split.rest)

    def list_names(self, content: int) -> Names:
        """Return the names of the attributes that an element may have, without open name classes."""
        known = self._names.get(content)
        if known is None:
            found = {name for name_class, _ in self.leaves(content) for name in nameclass.iter_names(name_class)}
            known = self._names[content] = tuple(sorted(found))
        return known

    def _missing(self, content: int, present: Sequence[str]) -> tuple[Names, ...]:
        """Return the required attributes that are absent, each a choice of names."""
        split = self.attributes.split(content)
        touched = {name: split.find(name) for name in present}
        left: dict[int, int] = {item: item for item in split.required()}
        for name, item in touched.items():
            if item is not None:
                left[item] = self.derivatives.by_attribute(left.get(item, item), name, lambda _value: True)
        missing = [
            tuple(
                sorted({name for name_class, _ in self.attributes.leaves(pattern) for name in nameclass.iter_names(name_class)})
            )
            for pattern in left.values()
            if pattern != NOT_ALLOWED and not self.pool.flags[pattern] & NULLABLE
        ]
        return tuple(dict.fromkeys(choice for choice in missing if choice))
