"""Standoff text: plain text for language tools, and a table that leads from every stretch of it back to the source.

The text has one line for each paragraph, verse line, item and row, a tab between cells, an empty line between blocks, and the
notes at the end. It has no labels and calls of notes; in the table, a call is a point. The table is JSON Lines: a head, then
one row for each node of the reading tree in the order of the text, outer nodes first. Rows with `"node": "text"` are the
leaves: they do not overlap, and contain all words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, fields
from itertools import accumulate
from typing import Any, assert_never

from siglum.convert.document_export import DocumentExport
from siglum.convert.output import Output
from siglum.convert.reading.called_notes import part
from siglum.convert.reading.roles import Spacing
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
    Paragraph,
    Row,
    Section,
    Source,
    Table,
    Text,
    Title,
    Tree,
    parts,
    plain,
)
from siglum.convert.writers.options import Options, Unit
from siglum.convert.writers.printed_notes import find_omissions
from siglum.text.document import Document
from siglum.text.frozen import frozen
from siglum.text.positions import Position

FORMAT = "siglum standoff text"
VERSION = 1

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


_WIDTHS: dict[Unit, Callable[[str], int]] = {
    Unit.UTF_16: lambda character: 1 + (character > "\uffff"),
    Unit.BYTES: lambda character: len(character.encode("utf-8")),
}
_RANKS = ("", " ", "\t", "\n", "\n\n")
"""The separators; of several at one place, the last in this order is used."""


@frozen
class Standoff:
    """The text, its table, and the stream: the table with the text in its head."""

    text: str
    table: str
    stream: str


@dataclass(slots=True)
class _Row:
    """An unfinished row: the next word sets `start`, the end of the node sets `end`."""

    facts: dict[str, object]
    start: int = -1
    end: int = -1


@frozen
class _Context:
    """What text takes from the node around it: the element, its position, the language."""

    source: Source
    at: Position | None
    language: str


def export(document: Document, options: Options) -> Output:
    """The words, and the table that leads back to the source."""
    run = DocumentExport(document, options, "plain", located=True)
    written = write(run.tree, run.builder.edition.identifiers, options.offsets)
    omissions = (*find_omissions(run.tree), *run.missing_words())
    return run.output({".txt": written.text, ".jsonl": written.table}, omissions, stream=written.stream)


def write(tree: Tree, own: Container[str] = frozenset(), unit: Unit = Unit.CODE_POINTS) -> Standoff:
    """Write the text and its table. `own` has the ids that are @xml:id in the source; others are generated."""
    from hashlib import sha256  # loads OpenSSL, which other formats do not need

    writer = _Writer(tree.language, own)
    writer.nodes(tree.content)
    for note in part(tree, read=True).notes:
        writer.note(note)
    text = "".join(writer.parts)
    text += "\n" if text else ""
    head = {"format": FORMAT, "version": VERSION, "offsets": str(unit), "language": tree.language, "file": writer.file}
    head |= {"sha256": sha256(text.encode()).hexdigest()}
    rows = "".join(map(_line, writer.finish_rows(_offsets(text, unit))))
    return Standoff(text, _line(head) + rows, _line(head | {"text": text}) + rows)


def _line(row: dict[str, object]) -> str:
    return _ENCODE(row) + "\n"


def _offsets(text: str, unit: Unit) -> Callable[[int], int]:
    """The function from an offset in code points to an offset in `unit`."""
    if unit is Unit.CODE_POINTS:
        return int
    return [0, *accumulate(map(_WIDTHS[unit], text))].__getitem__


class _Writer:
    """Writes words and rows. `_pending` is the separator before the next word."""

    def __init__(self, language: str, own: Container[str]) -> None:
        self.own = own
        self.parts: list[str] = []
        self.length = 0
        self.file = ""
        self._rows: list[_Row] = []
        self._waiting: list[_Row] = []
        self._pending = ""
        self._above = _Context(Source(), None, language)

    def finish_rows(self, offset: Callable[[int], int]) -> Iterator[dict[str, object]]:
        """The finished rows; a point at the end stands behind the last word."""
        for row in self._rows:
            start, end = (self.length, self.length) if row.start < 0 else (row.start, max(row.start, row.end))
            yield {"start": offset(start), "end": offset(end), **row.facts}

    def nodes(self, nodes: tuple[Node, ...]) -> None:
        """Write nodes."""
        for node in nodes:
            self.node(node)

    def node(self, node: Node) -> None:
        """Write one node: one clause for each kind."""
        match node:
            case Text():
                self._text(node)
            case Inline() | Link():
                self._write_node(node, node.content)
            case Alternate():
                self._write_node(node, node.default)
            case Note() | Anchor():
                self._write_node(node, ())
            case Break():
                self._write_node(node, ())
                self._separate("\n" if node.kind.startswith("line") else "")
            case Graphic():
                self._write_block("\n", node, (Text(node.description),) if node.description else ())
            case Line() | ListItem() | Row() | Title():
                self._write_block("\n", node, *parts(node))
            case Cell():
                self._write_block("\t", node, node.content)
            case Block():
                self._write_block("\n" if node.source.spacing is Spacing.TIGHT else "\n\n", node, node.content)
            case Paragraph() | Section() | Heading() | Cit() | List() | Table() | Figure():
                self._write_block("\n\n", node, *parts(node))
            case _:
                assert_never(node)

    def note(self, note: NoteBody) -> None:
        """Write a note with its heading."""
        self._separate("\n\n")
        self.nodes(note.heading)
        self._separate("\n\n")
        self._write_node(note, note.content)
        self._separate("\n\n")

    def _separate(self, sign: str) -> None:
        if self.length:
            self._pending = max(self._pending, sign, key=_RANKS.index)

    def _write_block(self, sign: str, node: Node, *contents: tuple[Node, ...]) -> None:
        self._separate(sign)
        self._write_node(node, *contents)
        self._separate(sign)

    def _write_node(self, node: Any, *contents: tuple[Node, ...]) -> None:
        """Write the row of a node, and its parts with at least a space between them."""
        above, source = self._above, node.source
        if source.element or source.id:
            self._above = _Context(source, source.at or above.at, source.language or above.language)
        row = self._open({**self._facts(node), **self._origin(self._above.at)}) if source.element or source.id else None
        for number, content in enumerate(contents):
            self._separate(" " if number else "")
            self.nodes(content)
        if row is not None:
            row.end = self.length
        self._above = above

    def _open(self, facts: dict[str, object]) -> _Row:
        row = _Row({key: value for key, value in facts.items() if value not in {"", ()}})
        self._rows.append(row)
        if self._pending:
            self._waiting.append(row)
        else:
            row.start = self.length
        return row

    def _text(self, node: Text) -> None:
        if not node.text or (self._pending and not node.text.strip(" ")):
            return
        if self._pending:
            self._write(self._pending)
            self._pending = ""
        for row in self._waiting:
            row.start = self.length
        self._waiting.clear()
        written = {} if node.at is not None else {"made": True}
        if node.text.strip(" "):
            self._open({"node": "text", **self._identity(self._above), **self._origin(node.at or self._above.at), **written})
            self._rows[-1].end = self.length + len(node.text)
        self._write(node.text)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _facts(self, node: Any) -> dict[str, Any]:
        """The facts of a node for its row; for a choice, the other side too."""
        facts = {"node": type(node).__name__[:1].lower() + type(node).__name__[1:], **self._identity(self._above)}
        if node.source.id:
            facts["id"] = node.source.id
        facts |= {"type": node.source.type, "title": node.source.title}
        for field in fields(node):
            value = getattr(node, field.name)
            is_words = isinstance(value, tuple) and bool(value) and isinstance(value[0], str)
            if isinstance(value, str) or is_words or (isinstance(value, int) and value != field.default):
                facts[field.name] = value
        return facts | ({"alternate": plain(node.alternate)} if isinstance(node, Alternate) else {})

    def _identity(self, above: _Context) -> dict[str, object]:
        own = above.source.id if above.source.id in self.own else ""
        return {"element": above.source.element, "xml:id": own, "language": above.language}

    def _origin(self, at: Position | None) -> dict[str, object]:
        if at is None:
            return {}
        self.file = self.file or at.path
        return {"line": at.line, "column": at.column, "file": "" if at.path == self.file else at.path}
