"""How the nodes of syntax trees are made (`siglum.text.frozen`: a schema has 15,000 of them), and where they were written."""

from __future__ import annotations

from dataclasses import field
from typing import TypeVar, dataclass_transform

from siglum.text.frozen import frozen, frozen_by_keywords

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def node(cls: type[T]) -> type[T]:
    """A frozen dataclass with slots, compared and hashed by its fields."""
    return frozen(cls)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def node_by_keywords(cls: type[T]) -> type[T]:
    """The same, its own fields given by keyword only."""
    return frozen_by_keywords(cls)


@node
class Place:
    """Where something was written: a file, as it is called in messages, and a 1-based line and column (0: not known)."""

    path: str = ""
    line: int = 0
    column: int = 0


NOWHERE = Place()
