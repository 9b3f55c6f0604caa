"""White space in a reading tree: runs of it become one space, none stays at the edges of a block, joined lines close up.

TEI documents are indented for their encoders; a reader sees none of that. A space between two stretches of a line belongs to
the first that has it.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace

from siglum.convert.reading.tree import Anchor, Break, Graphic, Node, Note, Text, is_phrase

_WHITE = re.compile(r"[ \t\r\n]+")


def settle(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The same nodes with their white space settled."""
    return _Line().block(nodes)


class _Line:
    """Walks the tree as a reader does, knowing whether the line so far ends in a space (or has not begun)."""

    def __init__(self) -> None:
        self.at_edge = True
        self.is_empty = True

    def block(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        self.at_edge = self.is_empty = True
        settled = self.nodes(nodes)
        self.at_edge, self.is_empty = True, False
        return _trimmed(settled)

    def nodes(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        result: list[Node] = []
        for index, node in enumerate(nodes):
            if isinstance(node, Text):
                text = self.text(node.text, joins=_joins(nodes, index + 1))
                if text:
                    result.append(Text(text, node.at))
            elif isinstance(node, Break) and node.kind == "line" and self.is_empty:
                self.at_edge = True  # the line that it begins has been begun by the block
                if node.source.id:
                    result.append(Anchor(node.source))
            elif isinstance(node, Break):
                self.at_edge = True if node.kind.endswith("joined") else self.at_edge
                result.append(node)
            elif is_phrase(node):
                result.append(self.phrase(node))
            else:
                result = list(_trimmed(tuple(result)))
                result.append(self.inner_block(node))
                self.at_edge = True
        return tuple(result)

    def text(self, text: str, *, joins: bool) -> str:
        squeezed = _WHITE.sub(" ", text)
        if self.at_edge:
            squeezed = squeezed.lstrip(" ")
        if joins:
            squeezed = squeezed.rstrip(" ")
        if squeezed:
            self.is_empty = False
            self.at_edge = squeezed.endswith(" ")
        return squeezed

    def phrase(self, node: Node) -> Node:
        """A stretch of the line: its parts share the line's state (both sides of an `Alternate` begin alike)."""
        before, was_empty = self.at_edge, self.is_empty
        changes: dict[str, object] = {}
        for name in ("alternate", "default", "content"):
            if hasattr(node, name):
                self.at_edge, self.is_empty = before, was_empty
                changes[name] = self.nodes(getattr(node, name))
        if isinstance(node, Graphic) or (isinstance(node, Note) and node.source.element != "app"):
            self.is_empty = False
        if isinstance(node, Note) and node.source.element != "app":  # the call of an entry shows nothing
            self.at_edge = False
        return replace(node, **changes) if changes else node  # type: ignore[arg-type]

    def inner_block(self, node: Node) -> Node:
        changes: dict[str, object] = {}
        for field in fields(node):
            value = getattr(node, field.name)
            if isinstance(value, tuple) and field.name != "kinds":
                changes[field.name] = self.block(value)
        return replace(node, **changes)  # type: ignore[arg-type]


def _joins(nodes: tuple[Node, ...], index: int) -> bool:
    """Whether the next node closes up to what stands before it."""
    following = nodes[index] if index < len(nodes) else None
    return isinstance(following, Break) and following.kind.endswith("joined")


def _trimmed(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Without the space at the end of the line, however deep it stands."""
    if not nodes:
        return nodes
    *before, last = nodes
    if isinstance(last, Text):
        text = last.text.rstrip(" ")
        return (*before, Text(text, last.at)) if text else _trimmed(tuple(before))
    if isinstance(last, Break):
        return (*_trimmed(tuple(before)), last)
    if is_phrase(last) and hasattr(last, "content") and last.content:
        return (*before, replace(last, content=_trimmed(last.content)))  # type: ignore[arg-type]
    return nodes
