"""The decorators that make node classes of syntax trees, and the place in a file where a node was written.

The decorators come from `siglum.text.frozen`: a schema has 15,000 nodes, so making one must be cheap.
"""

from __future__ import annotations

from siglum.text.frozen import frozen as node
from siglum.text.frozen import frozen_by_keywords as node_by_keywords

__all__ = ["NOWHERE", "Place", "node", "node_by_keywords"]


@node
class Place:
    """A place in a file: the path as messages show it, and a line and column from 1 (0 if unknown)."""

    path: str = ""
    line: int = 0
    column: int = 0


NOWHERE = Place()
