"""Parts of a reading tree, each with exactly the notes that are called in it."""

from __future__ import annotations

from dataclasses import replace

from siglum.convert.reading.tree import Node, Note, Tree, walk


def part(tree: Tree, content: tuple[Node, ...] | None = None, *, read: bool = False) -> Tree:
    """The tree of `content` with the notes called there, directly or from such a note.

    Without `content`, the part is the whole text: it keeps the notes that nothing calls, and the headings of all notes are
    read for calls too. `read` ignores calls on the side of a choice that is not read.
    """
    bodies = {note.source.id: note for note in tree.notes}
    free = frozenset(note.source.id for note in tree.notes if not note.calls) if content is None else frozenset()
    waiting = _find_calls(tree.content if content is None else content, read=read)
    for note in tree.notes if content is None else ():
        waiting += _find_calls(note.heading, read=read)
        waiting += _find_calls(note.content, read=read) if note.source.id in free else []
    called: set[str] = set()
    while waiting:
        identifier = waiting.pop()
        if identifier not in called and identifier in bodies:
            called.add(identifier)
            waiting += _find_calls(bodies[identifier].content, read=read)
    notes = tuple(note for note in tree.notes if note.source.id in called or note.source.id in free)
    return replace(tree, content=tree.content if content is None else content, notes=notes)


def _find_calls(nodes: tuple[Node, ...], *, read: bool) -> list[str]:
    return [node.note for node in walk(nodes, read=read) if isinstance(node, Note)]
