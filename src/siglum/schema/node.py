"""How the nodes of syntax trees are made: dataclasses with slots that are frozen for whoever writes code, but not at run time.

The type checker refuses to change a node as it does with `frozen=True`. At run time that would make a node take three times as
long to be made (1.6 µs; a schema has 15,000 of them) and a module of thirty kinds of nodes 5 ms longer to be imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[T]) -> type[T]:
    """A frozen dataclass with slots, compared and hashed by its fields."""
    return dataclass(slots=True, unsafe_hash=True)(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def node_by_keywords(cls: type[T]) -> type[T]:
    """The same, its own fields given by keyword only."""
    return dataclass(slots=True, unsafe_hash=True, kw_only=True)(cls)


@node
class Place:
    """Where something was written: a file, as it is called in messages, and a 1-based line and column (0: not known)."""

    path: str = ""
    line: int = 0
    column: int = 0


NOWHERE = Place()
