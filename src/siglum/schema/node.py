"""How the nodes of syntax trees are made (`siglum.text.frozen`: a schema has 15,000 of them), and where they were written."""

from __future__ import annotations

from siglum.text.frozen import frozen as node
from siglum.text.frozen import frozen_by_keywords as node_by_keywords

__all__ = ["NOWHERE", "Place", "node", "node_by_keywords"]


@node
class Place:
    """Where something was written: a file, as it is called in messages, and a 1-based line and column (0: not known)."""

    path: str = ""
    line: int = 0
    column: int = 0


NOWHERE = Place()
