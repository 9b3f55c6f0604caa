"""A compiled grammar: patterns, elements and what messages need, as plain values that a cache can hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from siglum.schema.relaxng.nameclass import NameClass
from siglum.schema.relaxng.pattern import Pool


@dataclass(slots=True)
class Grammar:
    """`elements[n]` is the name class and the content of the element that (ELEMENT, n) stands for.

    `classes`: the schema's own names for sets of elements (`model.pLike`), the larger sets first. `ids`: element and attribute
    to "ID", "IDREF" or "IDREFS". `needs_context`: whether some datatype reads prefixes (QName). `learnt`: what an automaton
    found out in earlier runs, its numbers being those of this pool.
    """

    pool: Pool = field(default_factory=Pool)
    elements: list[tuple[NameClass, int]] = field(default_factory=list)
    start: int = 1
    classes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    needs_context: bool = False
    learnt: Any = None

    def values(self) -> tuple[Any, ...]:
        """What `from_values` makes an equal grammar of: tuples, lists, dicts, strings and ints."""
        pool = self.pool
        return pool.nodes, pool.flags, self.elements, self.start, self.classes, self.ids, self.needs_context, self.learnt

    @classmethod
    def from_values(cls, values: tuple[Any, ...]) -> Grammar:
        nodes, flags, *others = values
        return cls(Pool(nodes, flags), *others)
