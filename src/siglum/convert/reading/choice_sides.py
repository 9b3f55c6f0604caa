"""Which side of a choice is printed: the one that is read, with or without the other beside it.

A page shows the sides by a switch. What has no switch prints the other side in brackets, “end [sic: ned]”, where both are
wanted; where one is, the other is left out, and this is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum

from siglum.convert.reading.called_notes import part
from siglum.convert.reading.tree import (
    Alternate,
    Inline,
    Node,
    Omission,
    Text,
    Tree,
    all_words,
    plain,
    walk,
    with_children,
)

_Side = Callable[[Alternate], tuple[Node, ...]]


class Sides(StrEnum):
    """What is printed: the corrected text, the source as it is, or the corrected text with what it replaces."""

    READING = "reading"
    DIPLOMATIC = "diplomatic"
    BOTH = "both"


def keep_read_sides(tree: Tree) -> Tree:
    """Remove the sides that are not read, and the notes that only they call; both become omissions."""
    shown = _made(tree, lambda node: node.default)
    hidden = [node.left_out for node in _alternates(tree.nodes)]
    printed = part(shown, read=True)
    kept = {note.source.id for note in printed.notes}
    lost = [note for note in shown.notes if note.source.id not in kept]
    hidden += [Omission("notes on what is left out", all_words((*note.heading, *note.content)), "", 0) for note in lost]
    return replace(printed, omissions=(*tree.omissions, *hidden))


def print_both_sides(tree: Tree) -> Tree:
    """Print the other side of every choice in brackets behind the one that is read."""
    return _made(tree, _in_brackets)


def _in_brackets(node: Alternate) -> tuple[Node, ...]:
    default, other = _mapped(node.default, _in_brackets), _mapped(node.alternate, _in_brackets)
    if not all_words(other).strip():
        return default
    told = Text(f" [{node.kinds[1]}: " if plain(default).strip() else f"[{node.kinds[1]}: ")
    return (Inline(node.source, (*default, told, *other, Text("]"))),)


def _made(tree: Tree, side: _Side) -> Tree:
    notes = tuple(
        replace(note, content=_mapped(note.content, side), heading=_mapped(note.heading, side)) for note in tree.notes
    )
    return replace(tree, content=_mapped(tree.content, side), notes=notes)


def _mapped(nodes: tuple[Node, ...], side: _Side) -> tuple[Node, ...]:
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, Alternate):
            found += _mapped(side(node), side)
        else:
            found.append(with_children(node, lambda below: _mapped(below, side)))
    return tuple(found)


def _alternates(nodes: tuple[Node, ...]) -> Iterator[Alternate]:
    return (node for node in walk(nodes, read=True) if isinstance(node, Alternate))
