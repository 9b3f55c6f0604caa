"""The place in a file where a node of a syntax tree was written."""

from __future__ import annotations

from siglum.text.frozen import frozen


@frozen
class Place:
    """A place in a file: the path as messages show it, and a line and column from 1 (0 if unknown)."""

    path: str = ""
    line: int = 0
    column: int = 0


NOWHERE = Place()
