"""The notes and the omissions of writers that print one side of every choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from siglum.convert.reading.called_notes import part
from siglum.convert.reading.tree import Alternate, NoteBody, Omission, Tree, all_words, walk


def find_omissions(tree: Tree) -> Iterator[Omission]:
    """Report the other side of every choice, and the notes (with their headings) that only this side calls."""
    for node in walk(tree.nodes, read=True):
        if isinstance(node, Alternate):
            yield node.left_out
    shown = {note.source.id for note in part(tree, read=True).notes}
    for note in tree.notes:
        if note.source.id not in shown:
            yield Omission("notes on what is left out", all_words((*note.heading, *note.content)), "", 0)


def name_parts(notes: Iterable[NoteBody]) -> Iterator[tuple[NoteBody, str]]:
    """Pair notes with the heading of their part (a division, or “p. 12”) where labels restart; otherwise with an empty text."""
    before = ("", "", "")
    for note in notes:
        part = (note.stream, note.division, note.page)
        called = note.division or (f"p. {note.page}" if note.page else "")
        yield note, called if part != before else ""
        before = part
