"""Plain text: filled paragraphs, displayed quotations and lists indented, verse line by line, notes by number.

What is printed: `[n]` where a note is called; notes after the text, in the line, or not at all. A note without a number (in
the margin, between the lines) stands where it is called, since nothing else would tie it to its place. Lists get a dash
or a number, cells are parted by a bar, pictures are named. Page breaks and styles leave no trace.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from siglum.convert.reading.tree import (
    Alternate,
    Anchor,
    Block,
    Break,
    Cell,
    Cit,
    Figure,
    Graphic,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Node,
    Note,
    NoteBody,
    Omission,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    Title,
    Tree,
    is_phrase,
    plain,
    walk,
)

INDENT = 4
_TIGHT = frozenset({"l", "speaker", "addrLine", "castItem", "titlePart", "docAuthor", "byline", "salute", "signed", "dateline"})


class NotePlace(StrEnum):
    """Where notes are printed."""

    END = "end"
    INLINE = "inline"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Options:
    """`width` 0 leaves every paragraph on one line."""

    width: int = 72
    notes: NotePlace = NotePlace.END


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Lines that belong together; a tight chunk follows another without an empty line."""

    lines: tuple[str, ...]
    tight: bool = False


def write(tree: Tree, options: Options | None = None) -> str:
    """The text, ending in a line break (empty for an empty text)."""
    writer = _Writer(options or Options(), {note.source.id: note for note in tree.notes})
    parts = [_joined(writer.blocks(tree.content, writer.options.width))]
    if writer.options.notes is NotePlace.END:
        called = _called(tree)
        apart = (note for note in tree.notes if not note.calls or (note.label and note.source.id in called))
        parts.append(_joined(chunk for note in apart for chunk in writer.note(note)))
    return "\n\n\n".join(part for part in parts if part) + "\n" if any(parts) else ""


def left_out(tree: Tree, options: Options | None = None) -> Iterator[Omission]:
    """What this writer does not print of the tree: the other side of a choice, and notes where they are turned off."""
    hidden = (options or Options()).notes is NotePlace.NONE
    for node in walk((*tree.content, *(each for note in tree.notes for each in note.content))):
        if isinstance(node, Alternate):
            yield node.left_out
    called = _called(tree)
    for note in tree.notes:
        if hidden:
            yield Omission("notes, turned off", plain(note.content), "", 0)
        elif note.calls and note.source.id not in called:
            yield Omission("notes on what is left out", plain(note.content), "", 0)


def _called(tree: Tree) -> set[str]:
    """The notes whose calls are printed: those of the text, and those that they call in turn."""
    bodies = {note.source.id: note for note in tree.notes}
    waiting = [
        *_printed_calls(tree.content),
        *(each for note in tree.notes if not note.calls for each in _printed_calls(note.content)),
    ]
    called: set[str] = set()
    while waiting:
        note = waiting.pop()
        if note not in called and note in bodies:
            called.add(note)
            waiting += _printed_calls(bodies[note].content)
    return called


def _printed_calls(nodes: tuple[Node, ...]) -> list[str]:
    hidden = {id(each) for node in walk(nodes) if isinstance(node, Alternate) for each in walk(node.alternate)}
    return [node.note for node in walk(nodes) if isinstance(node, Note) and id(node) not in hidden]


def _joined(chunks: Iterator[_Chunk]) -> str:
    text = ""
    was_tight = False
    for chunk in chunks:
        if not any(chunk.lines):
            continue
        between = "" if not text else "\n" if chunk.tight and was_tight else "\n\n"
        text += between + "\n".join(line.rstrip(" ") for line in chunk.lines)
        was_tight = chunk.tight
    return text


class _Writer:
    def __init__(self, options: Options, bodies: dict[str, NoteBody]) -> None:
        self.options = options
        self.bodies = bodies
        self._open: set[str] = set()

    def blocks(self, nodes: tuple[Node, ...], width: int) -> Iterator[_Chunk]:
        """Nodes as chunks: a run of phrases is a paragraph, a block is what its clause says."""
        run: list[Node] = []
        for node in nodes:
            if is_phrase(node):
                run.append(node)
                continue
            yield from self._filled(run, width)
            run.clear()
            yield from self.block(node, width)
        yield from self._filled(run, width)

    def block(self, node: Node, width: int) -> Iterator[_Chunk]:
        """One clause a kind of block."""
        match node:
            case Block():
                yield from self._block(node, width)
            case Title():
                yield from self._tight(self.blocks(node.content, width))
            case Paragraph() | Section() | Heading() | Figure():
                yield from self.blocks(node.content, width)
            case Cit():
                content = (*self.blocks(node.quotation, _narrow(width)), *self.blocks(node.reference, _narrow(width)))
                yield from _indented(content)
            case List():
                yield from self._list(node, width)
            case ListItem():
                yield from self._item(node, "-", width)
            case Table():
                yield from self.blocks(node.captions, width)
                yield _Chunk(tuple(self._row(row) for row in node.rows))
            case Row():
                yield _Chunk((self._row(node),))
            case Cell():
                yield from self.blocks(node.content, width)
            case Text() | Inline() | Link() | Alternate() | Note() | Break() | Anchor() | Graphic():
                yield from self._filled([node], width)
            case _:
                assert_never(node)

    def phrase(self, node: Node) -> str:
        """One clause a kind of phrase; a block in the line is its text."""
        match node:
            case Text():
                return node.text
            case Inline() | Link():
                return self.line(node.content)
            case Alternate():
                return self.line(node.default)
            case Note():
                return self._call(node)
            case Break():
                return "\n" if node.kind == "line" else ""
            case Anchor():
                return ""
            case Graphic():
                return f"[{node.description or node.url}]"
            case _:
                return f"\n{_joined(self.block(node, 0))}\n"

    def line(self, nodes: tuple[Node, ...]) -> str:
        """Phrases one after another."""
        return "".join(map(self.phrase, nodes))

    def note(self, note: NoteBody) -> Iterator[_Chunk]:
        """A note as it is printed after the text."""
        width = self.options.width
        label = f"[{note.label}] " if note.label else ""
        yield from _headed(label, self.blocks(note.content, width), width)

    def _call(self, node: Note) -> str:
        if self.options.notes is NotePlace.NONE:
            return ""
        if self.options.notes is NotePlace.END and node.label:
            return f"[{node.label}]"
        body = self.bodies.get(node.note)
        if body is None or node.note in self._open:
            return f"[{node.label}]"
        self._open.add(node.note)
        text = _joined(self.blocks(body.content, 0)).replace("\n", " ")
        self._open.discard(node.note)
        return f"[{node.label}: {text}]" if node.label else f"[{text}]"

    def _filled(self, run: list[Node], width: int) -> Iterator[_Chunk]:
        text = self.line(tuple(run))
        if text.strip():
            yield _Chunk(tuple(filled for line in text.split("\n") if line.strip() for filled in _fill(line.strip(" "), width)))

    def _block(self, node: Block, width: int) -> Iterator[_Chunk]:
        chunks = self.blocks(node.content, width)
        yield from self._tight(chunks) if node.source.element in _TIGHT else chunks

    @staticmethod
    def _tight(chunks: Iterator[_Chunk]) -> Iterator[_Chunk]:
        return (_Chunk(chunk.lines, tight=True) for chunk in chunks)

    def _list(self, node: List, width: int) -> Iterator[_Chunk]:
        count = 0
        for each in node.content:
            if isinstance(each, ListItem):
                count += 1
                yield from self._item(each, f"{count}." if node.kind == "ordered" else "-", width)
            else:
                yield from self.blocks((each,), width)

    def _item(self, node: ListItem, mark: str, width: int) -> Iterator[_Chunk]:
        shown = self.line(node.label).strip() or mark
        yield from _headed(f"{shown} ", self.blocks(node.content, _narrow(width)), _narrow(width), indent=INDENT)

    def _row(self, row: Row) -> str:
        return " | ".join(_joined(self.blocks(cell.content, 0)).replace("\n", " ") for cell in row.cells)


def _fill(line: str, width: int) -> list[str]:
    if width <= 0:
        return [line]
    return textwrap.wrap(line, max(width, 20), break_long_words=False, break_on_hyphens=False) or [""]


def _narrow(width: int) -> int:
    return width - INDENT if width > 0 else 0


def _indented(chunks: tuple[_Chunk, ...]) -> Iterator[_Chunk]:
    return (_Chunk(tuple(" " * INDENT + line for line in chunk.lines), chunk.tight) for chunk in chunks)


def _headed(head: str, chunks: Iterator[_Chunk], width: int, indent: int = 0) -> Iterator[_Chunk]:
    """Chunks whose first line begins with a label; with an indent, the others stand below its text."""
    waiting = head
    for chunk in chunks:
        lines = chunk.lines
        if waiting:
            lines = tuple(_fill(waiting + " ".join(lines), width)) if len(chunk.lines) else (waiting,)
            waiting = ""
        margin = " " * indent
        yield _Chunk(tuple((line if not at else margin + line) for at, line in enumerate(lines)), chunk.tight)
    if waiting:
        yield _Chunk((waiting,))
