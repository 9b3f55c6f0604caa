"""A compiled grammar: patterns, elements and the data for messages, as plain values that can be cached."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from siglum.schema.relaxng.nameclass import NameClass
from siglum.schema.relaxng.pattern import Pool


@dataclass(slots=True)
class Grammar:
    """A compiled schema.

    `elements[n]` is the name class and the content of the element that (ELEMENT, n) stands for. `classes`: the schema's own
    names for sets of elements (`model.pLike`), larger sets first. `ids`: element and attribute to "ID", "IDREF" or "IDREFS".
    `needs_context`: whether some datatype reads prefixes (QName). `learnt`: tables that an automaton built in earlier runs,
    with the numbers of this pool.
    """

    pool: Pool = field(default_factory=Pool)
    elements: list[tuple[NameClass, int]] = field(default_factory=list)
    start: int = 1
    classes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    needs_context: bool = False
    learnt: Any = None

    def values(self) -> tuple[object, ...]:
        """Return the values from which `from_values` rebuilds the grammar: tuples, lists, dicts, strings and ints."""
        pool = self.pool
        return pool.nodes, pool.flags, self.elements, self.start, self.classes, self.ids, self.needs_context, self.learnt

    @classmethod
    def from_values(cls, values: tuple[Any, ...]) -> Grammar:
        nodes, flags, *others = values
        return cls(Pool(nodes, flags), *others)
