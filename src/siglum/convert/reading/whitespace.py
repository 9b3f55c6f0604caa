"""White space in a reading tree: runs of it become one space, none stays at the edges of a block, joined lines close up.

TEI documents are indented for their encoders; a reader sees none of that. A space between two stretches of a line belongs to
the first that has it.
"""

from __future__ import annotations

from dataclasses import replace

from siglum.convert.reading.roles import Role
from siglum.convert.reading.tree import (
    Alternate,
    Anchor,
    Block,
    Break,
    Graphic,
    Inline,
    Link,
    Node,
    Note,
    Text,
    Tree,
    is_phrase,
    with_children,
)

_WHITE = " \t\r\n"


def normalize_tree(tree: Tree) -> Tree:
    """Normalize the white space of the text and of every note."""
    notes = tuple(replace(note, content=normalize(note.content), heading=normalize(note.heading)) for note in tree.notes)
    return replace(tree, content=normalize(tree.content), notes=notes)


def normalize(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Normalize the white space of nodes that form a block."""
    return _Line().block(nodes) if nodes else ()


class _Line:
    """Walks the tree as a reader does, knowing whether the line so far ends in a space (or has not begun)."""

    def __init__(self) -> None:
        self.at_edge = True
        self.is_empty = True

    def block(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        self.at_edge = self.is_empty = True
        settled = self.nodes(nodes)
        self.at_edge, self.is_empty = True, False
        _trim(settled)
        return tuple(settled)

    def nodes(self, nodes: tuple[Node, ...]) -> list[Node]:
        result: list[Node] = []
        for index, node in enumerate(nodes):
            if type(node) is Text:
                text = self.text(node.text)
                if text.endswith(" ") and _joins(nodes, index + 1):
                    text = text.rstrip(" ")
                if text:
                    self.is_empty = False
                    self.at_edge = text.endswith(" ")
                    result.append(node if text == node.text else Text(text, node.at))
            elif isinstance(node, Break):
                self.line_break(node, result)
            elif is_phrase(node):
                result.append(self.phrase(node))
                if self.at_edge and isinstance(node, Note) and node.source.role is Role.ENTRY:
                    _move_up(result)
            else:
                _trim(result)
                result.append(self.inner_block(node))
                self.at_edge = True
        return result

    def line_break(self, node: Break, result: list[Node]) -> None:
        if node.kind != "line" or not self.is_empty:
            self.at_edge = True if node.kind.endswith("joined") else self.at_edge
            result.append(node)
            return
        self.at_edge = True  # the line that it begins has been begun by the block
        if node.source.id:
            result.append(Anchor(node.source))

    def text(self, text: str) -> str:
        squeezed = _squeezed(text)
        return squeezed.lstrip(" ") if self.at_edge else squeezed

    def phrase(self, node: Node) -> Node:
        """A stretch of the line: its parts share the line's state (both sides of an `Alternate` begin alike)."""
        match node:
            case Inline():
                return Inline(node.source, tuple(self.nodes(node.content)), node.style)
            case Link():
                return Link(node.source, node.target, tuple(self.nodes(node.content)))
            case Alternate():
                before = self.at_edge, self.is_empty
                alternate = tuple(self.nodes(node.alternate))
                self.at_edge, self.is_empty = before
                default = tuple(self.nodes(node.default))
                return Alternate(node.source, default, alternate, node.kinds, node.about, node.left_out)
            case Note() if node.source.role is not Role.ENTRY:  # the call of an entry shows nothing
                self.at_edge = self.is_empty = False
            case Graphic():
                self.is_empty = False
        return node

    def inner_block(self, node: Node) -> Node:
        if isinstance(node, Block) and node.source.role is Role.VERBATIM:
            return node
        return with_children(node, self.block)


def _squeezed(text: str) -> str:
    """The text with one space for each run of white space; no-break spaces stay."""
    if "\n" not in text and "  " not in text and "\t" not in text and "\r" not in text:
        return text
    words = " ".join([word for word in text.replace("\n", " ").replace("\t", " ").replace("\r", " ").split(" ") if word])
    if not words:
        return " "
    return f"{' ' if text[0] in _WHITE else ''}{words}{' ' if text[-1] in _WHITE else ''}"


def _move_up(nodes: list[Node]) -> None:
    """The call of an entry that has nothing for a lemma stands behind the word before it, not behind the space."""
    at = len(nodes) - 2
    while at >= 0 and isinstance(node := nodes[at], Inline) and not node.content:
        at -= 1
    before = nodes[at] if at >= 0 else None
    if isinstance(before, Text) and before.text.strip(" ") and before.text.endswith(" "):
        nodes[at : at + 1] = [Text(before.text.rstrip(" "), before.at), nodes.pop(), Text(" ")]


def _joins(nodes: tuple[Node, ...], index: int) -> bool:
    """Whether the next node closes up to what stands before it."""
    following = nodes[index] if index < len(nodes) else None
    return isinstance(following, Break) and following.kind.endswith("joined")


def _trim(nodes: list[Node]) -> None:
    """Take away the space at the end of the line, however deep it stands."""
    for at in range(len(nodes) - 1, -1, -1):
        last = nodes[at]
        if isinstance(last, Text):
            text = last.text.rstrip(" ")
            if text:
                nodes[at] = last if text == last.text else Text(text, last.at)
                return
            del nodes[at]
        elif not isinstance(last, Break):
            nodes[at] = _trimmed(last)
            return


def _trimmed(last: Node) -> Node:
    match last:
        case Inline() | Link() if last.content:
            content = [*last.content]
            _trim(content)
            if isinstance(last, Link):
                return Link(last.source, last.target, tuple(content))
            return Inline(last.source, tuple(content), last.style)
        case _:
            return last
