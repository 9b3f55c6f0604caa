"""Plain text: filled paragraphs, displayed quotations and lists indented, verse line by line, notes by number.

What is printed: `[n]` where a note is called; notes after the text, in the line, or not at all. A note without a number (in
the margin, between the lines) stands where it is called, since nothing else would tie it to its place; an entry of the
apparatus has its lemma, and stands after the text without a call. Lists get a dash
or a number, cells are parted by a bar, pictures are named. Page breaks and styles leave no trace, but for the signs of
`TextLayout.signs`: a stage direction stands in parentheses, unless it has them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from siglum.convert.document_export import DocumentExport
from siglum.convert.output import Output
from siglum.convert.reading.called_notes import part
from siglum.convert.reading.roles import Role, Spacing
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
    Line,
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
    all_words,
    is_phrase,
    plain,
    walk,
)
from siglum.convert.writers.options import NotePlace, Options, TextLayout
from siglum.convert.writers.printed_notes import name_parts
from siglum.text.document import Document
from siglum.text.frozen import frozen
from siglum.text.notes import APPARATUS

_UNEVEN = re.compile(r"[^\S ]|^ | $|  ")
INDENT = 4
_STEP = 2
_SIGNS = {Role.STAGE: ("(", ")")}


@frozen
class _Chunk:
    """Lines that belong together. No empty line separates tight chunks.

    `opens` and `closes` mark the ends of a group, such as a stanza or a speech. After `keeps`, the next chunk follows
    without an empty line. `kept` has the lines before they were filled.
    """

    lines: tuple[str, ...]
    tight: bool = False
    opens: bool = False
    closes: bool = False
    keeps: bool = False
    kept: tuple[str, ...] = ()


def export(document: Document, options: Options) -> Output:
    """Plain text."""
    run = DocumentExport(document, options, "plain")
    omissions = (*find_omissions(run.tree, options.text), *run.missing_words())
    return run.output({".txt": write(run.tree, options.text)}, omissions)


def write(tree: Tree, options: TextLayout | None = None) -> str:
    """Write the text with a final line break; "" for an empty text."""
    writer = _Writer(options or TextLayout(), {note.source.id: note for note in tree.notes})
    parts = [_join_chunks(writer.blocks(tree.content, writer.options.width))]
    if writer.options.notes is NotePlace.END:
        apart = name_parts(note for note in part(tree, read=True).notes if _is_after_text(note))
        parts.append(_join_chunks(chunk for note, heading in apart for chunk in writer.note(note, heading)))
    return "\n\n\n".join(part for part in parts if part) + "\n" if any(parts) else ""


def find_omissions(tree: Tree, options: TextLayout | None = None) -> Iterator[Omission]:
    """Report what the text lacks: the other side of choices, notes that are turned off, headings without notes."""
    place = (options or TextLayout()).notes
    hidden = place is NotePlace.NONE
    for node in walk(tree.nodes, read=True):
        if isinstance(node, Alternate):
            yield node.left_out
    printed = {note.source.id for note in part(tree, read=True).notes}
    for note in tree.notes:
        if note.heading and (place is not NotePlace.END or not (note.source.id in printed and _is_after_text(note))):
            yield Omission("the heading of the notes", all_words(note.heading), "", 0)
        if hidden:
            yield Omission("notes, turned off", all_words(note.content), "", 0)
        elif note.source.id not in printed:
            yield Omission("notes on what is left out", all_words(note.content), "", 0)


def _is_after_text(note: NoteBody) -> bool:
    """Whether the note is printed after the text: it has a label to be found by, or no call."""
    return not note.calls or bool(note.label) or note.stream == APPARATUS


def _join_chunks(chunks: Iterator[_Chunk]) -> str:
    parts: list[str] = []
    before = _Chunk(())
    for chunk in chunks:
        if not any(chunk.lines):
            continue
        follows = not before.closes and (before.keeps or (chunk.tight and before.tight and not chunk.opens))
        parts += ("" if not parts else "\n" if follows else "\n\n", "\n".join(line.rstrip(" ") for line in chunk.lines))
        before = chunk
    return "".join(parts)


class _Writer:
    def __init__(self, options: TextLayout, bodies: dict[str, NoteBody]) -> None:
        self.options = options
        self.bodies = bodies
        self._open: set[str] = set()
        self._in_speech = False
        self._in_item = False

    def blocks(self, nodes: tuple[Node, ...], width: int) -> Iterator[_Chunk]:
        """Write nodes as chunks; a run of phrases is a paragraph."""
        run: list[Node] = []
        for node in nodes:
            if is_phrase(node):
                run.append(node)
                continue
            yield from self._paragraph(run, width)
            run.clear()
            yield from self.block(node, width)
        yield from self._paragraph(run, width)

    def block(self, node: Node, width: int) -> Iterator[_Chunk]:
        """Write one block: one clause for each kind of node."""
        match node:
            case Block():
                yield from self._block(node, width)
            case Title():
                yield from (replace(chunk, tight=True) for chunk in self.blocks(node.content, width))
            case Paragraph() | Section() | Heading() | Figure():
                yield from self.blocks(node.content, width)
            case Line():
                yield from self._verse(node, width)
            case Cit():
                content = (*self.blocks(node.quotation, _narrow(width)), *self.blocks(node.reference, _narrow(width)))
                yield from _indent(content)
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
                yield from self._paragraph([node], width)
            case _:
                assert_never(node)

    def phrase(self, node: Node) -> str:
        """Write one phrase: one clause for each kind of node. A block becomes its text."""
        match node:
            case Text():
                return node.text
            case Inline():
                return self.line(self._add_signs(node))
            case Link():
                return self.line(node.content)
            case Alternate():
                return self.line(node.default)
            case Note():
                return self._render_call(node)
            case Break():
                return "\n" if node.kind.startswith("line") else ""
            case Anchor():
                return ""
            case Graphic():
                return f"[{node.description or node.url}]"
            case _:
                return f"\n{_join_chunks(self.block(node, 0))}\n"

    def line(self, nodes: tuple[Node, ...]) -> str:
        """Write phrases."""
        return "".join(map(self.phrase, nodes))

    def note(self, note: NoteBody, part: str = "") -> Iterator[_Chunk]:
        """Write a note after the text, below the heading of its part if labels restart here."""
        width = self.options.width
        is_entry = note.stream == APPARATUS and note.source.role is Role.ENTRY
        label = (f"{note.label} " if is_entry else f"[{note.label}] ") if note.label else ""
        yield from self.blocks(note.heading, width)
        yield from self._paragraph([Text(part)], width)
        for chunk in _add_label(label, self.blocks(note.content, width), width):
            yield replace(chunk, tight=True) if is_entry else chunk

    def _render_call(self, node: Note) -> str:
        if self.options.notes is NotePlace.NONE:
            return ""
        if self.options.notes is NotePlace.END and node.label:
            return f"[{node.label}]"
        body = self.bodies.get(node.note)
        if body is not None and body.stream == APPARATUS and self.options.notes is NotePlace.END:
            return ""
        if body is None or node.note in self._open:
            return f"[{node.label}]"
        self._open.add(node.note)
        text = _join_chunks(self.blocks(body.content, 0)).replace("\n", " ")
        self._open.discard(node.note)
        return f"[{node.label}: {text}]" if node.label else f"[{text}]"

    def _paragraph(self, run: list[Node], width: int) -> Iterator[_Chunk]:
        text = self.line(tuple(run))
        kept = tuple(line.strip(" ") for line in text.split("\n") if line.strip())
        if kept:
            yield _Chunk(tuple(filled for line in kept for filled in _fill_line(line, width)), kept=kept)

    def _block(self, node: Block, width: int) -> Iterator[_Chunk]:
        role, spacing = node.source.role, node.source.spacing
        if role is Role.VERBATIM:
            yield _Chunk(tuple(" " * INDENT + line for line in self.line(node.content).split("\n")))
            return
        before, self._in_speech = self._in_speech, self._in_speech or role is Role.SPEECH
        keeps = role is Role.SPEAKER or (role is Role.STAGE and self._in_speech)
        chunks = tuple(self.blocks(self._add_signs(node), width))
        match spacing:
            case Spacing.TIGHT:
                yield from (replace(chunk, tight=True, keeps=keeps) for chunk in chunks)
            case Spacing.GROUP:
                yield from _group(chunks)
            case Spacing.TIGHT_GROUP:
                yield from _group(tuple(replace(chunk, tight=True) for chunk in chunks))
            case Spacing.APART:
                yield from chunks
            case _:
                assert_never(spacing)
        self._in_speech = before

    def _verse(self, node: Line, width: int) -> Iterator[_Chunk]:
        """Write a line of verse with its indentation, behind the part of the line that another speaker has."""
        margin = " " * (_STEP * node.indent + (len(node.before) + 1 if node.before else 0))
        for chunk in self.blocks(node.content, width):
            lines = tuple(line if at else margin + line for at, line in enumerate(chunk.lines))
            yield replace(chunk, lines=lines, tight=True, kept=())

    def _add_signs(self, node: Block | Inline) -> tuple[Node, ...]:
        """The content, between the signs that replace typography (parentheses around stage directions)."""
        opening, closing = _SIGNS.get(node.source.role, ("", ""))
        if not opening or not self.options.signs or not all(map(is_phrase, node.content)):
            return node.content
        words = plain(node.content).strip()
        if not words or words[0] == "[" or words[0] == opening:
            return node.content
        return (Text(opening), *node.content, Text(closing))

    def _list(self, node: List, width: int) -> Iterator[_Chunk]:
        """Write items on lines of their own, with empty lines between them if an item has several paragraphs."""
        parts: list[list[_Chunk]] = []
        count = 0
        is_inner, self._in_item = self._in_item, True
        for item in node.content:
            if isinstance(item, ListItem):
                count += 1
                mark = f"{count}." if node.kind == "ordered" else "" if node.source.role is Role.WITNESSES else "-"
                parts.append(
                    list(self._item(item, mark, width, is_gloss=node.kind == "gloss" and item.source.role is Role.ITEM))
                )
            else:
                parts.append(list(self.blocks((item,), width)))
        self._in_item = is_inner
        is_loose = any(not chunk.tight for part in parts for chunk in part[1:])
        chunks = (chunk if is_loose else replace(chunk, tight=True) for part in parts for chunk in part)
        yield from chunks if is_inner else _group(tuple(chunks))

    def _item(self, node: ListItem, mark: str, width: int, *, is_gloss: bool = False) -> Iterator[_Chunk]:
        """Write an item. A colon follows the term of a gloss that ends in a letter or digit."""
        shown = self.line(node.label).strip() or mark
        colon = ":" if is_gloss and node.label and shown[-1].isalnum() else ""
        yield from _add_label(
            f"{shown}{colon} " if shown else "", self.blocks(node.content, _narrow(width)), _narrow(width), INDENT
        )

    def _row(self, row: Row) -> str:
        return " | ".join(_join_chunks(self.blocks(cell.content, 0)).replace("\n", " ") for cell in row.cells)


def _fill_line(line: str, width: int) -> list[str]:
    """Cut a line at spaces. `textwrap` is ten times slower, and only used for lines with other white space."""
    if width <= 0:
        return [line]
    width = max(width, 20)
    if _UNEVEN.search(line):
        return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    filled: list[str] = []
    start = 0
    while len(line) - start > width:
        cut = line.rfind(" ", start, start + width + 1)
        cut = line.find(" ", start) if cut < 0 else cut  # a word longer than the line
        if cut < 0:
            break
        filled.append(line[start:cut])
        start = cut + 1
    return [*filled, line[start:]]


def _narrow(width: int) -> int:
    return width - INDENT if width > 0 else 0


def _indent(chunks: tuple[_Chunk, ...]) -> Iterator[_Chunk]:
    return (replace(chunk, lines=tuple(" " * INDENT + line for line in chunk.lines), kept=()) for chunk in chunks)


def _group(chunks: tuple[_Chunk, ...]) -> Iterator[_Chunk]:
    """Mark the first and the last chunk with content as the ends of a group."""
    shown = [at for at, chunk in enumerate(chunks) if any(chunk.lines)]
    for at, chunk in enumerate(chunks):
        opens, closes = bool(shown) and at == shown[0], bool(shown) and at == shown[-1]
        yield replace(chunk, opens=chunk.opens or opens, closes=chunk.closes or closes)


def _add_label(head: str, chunks: Iterator[_Chunk], width: int, indent: int = 0) -> Iterator[_Chunk]:
    """Put a label before the first line; the other lines are indented."""
    waiting, is_first = head, True
    margin = " " * indent
    for chunk in chunks:
        lines = chunk.lines if is_first else tuple(margin + line for line in chunk.lines)
        is_first = False
        if waiting:
            first, *others = chunk.kept or lines or ("",)
            rest = [filled_line for line in others for filled_line in (_fill_line(line, width) if chunk.kept else [line])]
            filled = (*_fill_line(waiting + first.lstrip(" "), width), *rest)
            lines = tuple((line if not at else margin + line) for at, line in enumerate(filled))
            waiting = ""
        yield replace(chunk, lines=lines, kept=())
    if waiting:
        yield _Chunk((waiting,))
