"""The nodes of the reading tree. Their names are the behaviours of TEI's processing model (TEI P5, 23.5.4).

A writer is one clause for each of them. Everything about TEI is decided before: marks stand in the tree as text, notes have
their labels, headings their levels, links their targets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import TypeVar, get_args

from siglum.convert.reading.roles import ROLES, SPACING, Role, Spacing
from siglum.text.frozen import frozen
from siglum.text.positions import Position


@frozen
class Source:
    """Where a node comes from: the TEI element's name, its identifier in the output, its language where that changes.

    `type` is the element's `@type`; `at` is where its start tag begins, None where that was not asked for; `classes` are the
    names that a processing model gives it for the style sheets of pages. `look` holds declarations of CSS, of a list of
    harmless ones (`siglum.text.rendition`): what the encoder says of its look that has no word in `Inline.style`.
    """

    element: str = ""
    id: str = ""
    language: str = ""
    type: str = ""
    title: str = ""
    at: Position | None = None
    classes: tuple[str, ...] = ()
    look: str = ""

    @property
    def role(self) -> Role:
        """What a reader takes the node for."""
        return ROLES.get(self.element, Role.NONE)

    @property
    def spacing(self) -> Spacing:
        """How the node, if it is a block, is parted from its neighbours."""
        return SPACING.get(self.element, Spacing.APART)

    def named(self, identifier: str) -> Source:
        """The same with another id. (`dataclasses.replace` would take as long as ten nodes.)"""
        return Source(self.element, identifier, self.language, self.type, self.title, self.at, self.classes, self.look)


@frozen
class Text:
    """Characters; white space is already squeezed.

    `at` is the place of the first that is not white space; None where places were not asked for, and where siglum made the
    text: a quotation mark, a sign for a gap.
    """

    text: str
    at: Position | None = None


@frozen
class Inline:
    """A stretch of a line.

    `style` holds words of a closed list: italic, bold, smallcaps, sup, sub, underline, strike, spaced.
    """

    source: Source
    content: tuple[Node, ...]
    style: tuple[str, ...] = ()


@frozen
class Link:
    """A link: to an id of the same document (“#id”) or to an address."""

    source: Source
    target: str
    content: tuple[Node, ...]


@frozen
class Omission:
    """Text of the document that is left out, and why; `line` is 1-based."""

    reason: str
    text: str
    path: str
    line: int


@frozen
class Alternate:
    """Two readings of one place: the one that is read and the one it replaces.

    `about` says who answers for it and how sure it is; `left_out` is what a writer leaves out that prints only the first.
    """

    source: Source
    default: tuple[Node, ...]
    alternate: tuple[Node, ...]
    kinds: tuple[str, str]
    about: str
    left_out: Omission


@frozen
class Note:
    """The call of a note. Its text is in the document's `notes`, under `note`; `label` is empty for an unnumbered one."""

    source: Source
    note: str
    label: str


@frozen
class Break:
    """A break of the source: “line”, “page” or “column”, with “-joined” where it divides a word; `label` numbers the page.

    A line break in prose is no break for the reader; only the one that divides a word is here, as “joined”.
    """

    source: Source
    kind: str
    label: str


@frozen
class Anchor:
    """A point that can be linked to."""

    source: Source


@frozen
class Graphic:
    """A picture by its address, with its description."""

    source: Source
    url: str
    description: str


@frozen
class Paragraph:
    """A paragraph; blocks inside it interrupt it without ending it. `number` is its number in its division, or empty."""

    source: Source
    content: tuple[Node, ...]
    number: str = ""


@frozen
class Heading:
    """A heading; `level` 1 is the outermost division of the text."""

    source: Source
    content: tuple[Node, ...]
    level: int


@frozen
class Title:
    """The caption of a figure, list or table, or a line of the title page."""

    source: Source
    content: tuple[Node, ...]


@frozen
class Section:
    """A division; `label` tells what one without heading is (“letter 1”)."""

    source: Source
    content: tuple[Node, ...]
    label: str = ""


@frozen
class Block:
    """Anything else that stands on lines of its own; the element's name says what: a stanza, a speech, an opener."""

    source: Source
    content: tuple[Node, ...]


@frozen
class Line:
    """A line of verse.

    `number` is for the margin; `indent` counts steps; `before` are the words of the speakers whose line it goes on with.
    """

    source: Source
    content: tuple[Node, ...]
    number: str = ""
    indent: int = 0
    before: str = ""


@frozen
class Cit:
    """A displayed quotation, with its reference if it has one."""

    source: Source
    quotation: tuple[Node, ...]
    reference: tuple[Node, ...]
    number: str = ""


@frozen
class List:
    """A list: `kind` is “ordered”, “unordered” or “gloss” (labels and items)."""

    source: Source
    kind: str
    content: tuple[Node, ...]


@frozen
class ListItem:
    """An item; `label` holds its own number, or the term of a gloss."""

    source: Source
    label: tuple[Node, ...]
    content: tuple[Node, ...]


@frozen
class Table:
    """A table of rows, with its captions."""

    source: Source
    captions: tuple[Node, ...]
    rows: tuple[Row, ...]


@frozen
class Row:
    """A row of cells."""

    source: Source
    cells: tuple[Cell, ...]


@frozen
class Cell:
    """A cell; `is_head` for one with the role of a label."""

    source: Source
    content: tuple[Node, ...]
    is_head: bool
    columns: int
    rows: int


@frozen
class Figure:
    """A figure: pictures, captions, text in it."""

    source: Source
    content: tuple[Node, ...]


Node = (
    Text
    | Inline
    | Link
    | Alternate
    | Note
    | Break
    | Anchor
    | Graphic
    | Paragraph
    | Heading
    | Title
    | Section
    | Block
    | Line
    | Cit
    | List
    | ListItem
    | Table
    | Row
    | Cell
    | Figure
)

_AnyNode = TypeVar("_AnyNode", bound=Node)

CLOSED_UP = Break(Source(), "joined", "")
"""Takes away the white space on both sides: what stands between a mark and the words is the encoder's."""

PHRASES = (Text, Inline, Link, Alternate, Note, Break, Anchor, Graphic)
"""The kinds that stand in a line; all others are blocks."""


@frozen
class NoteBody:
    """The text of a note.

    `calls` are the ids of its calls in the order of the text; `stream` is “main”, “editorial”, empty for notes that are not
    numbered, or a name that the edition has given. `heading` is what stands above the notes that begin with this one. Where
    labels begin anew, `division` or `page` says what the part of the text is called in which the note is called.
    """

    source: Source
    label: str
    stream: str
    calls: tuple[str, ...]
    content: tuple[Node, ...]
    heading: tuple[Node, ...] = ()
    division: str = ""
    page: str = ""


@frozen
class Tree:
    """A whole text: its content, its notes, and what was left out."""

    language: str
    content: tuple[Node, ...]
    notes: tuple[NoteBody, ...]
    omissions: tuple[Omission, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The content of the text, then the headings and the contents of its notes."""
        return (*self.content, *(node for note in self.notes for node in (*note.heading, *note.content)))


_HOLDERS = ("tuple[Node", "tuple[Row", "tuple[Cell")
_FIELDS = {kind: tuple((field.name, str(field.type).startswith(_HOLDERS)) for field in fields(kind)) for kind in get_args(Node)}
"""The fields of each kind in the order of reading, and whether they hold nodes."""
_PARTS = {kind: tuple(field for field, holds_nodes in known if holds_nodes) for kind, known in _FIELDS.items()}


def parts(node: Node) -> list[tuple[Node, ...]]:
    """The child nodes of a node, one tuple for each field that holds nodes, in the order of reading."""
    return [getattr(node, field) for field in _PARTS[type(node)]]


def children(node: Node) -> tuple[Node, ...]:
    """All child nodes of a node in the order of reading, both sides of an `Alternate` among them."""
    found = parts(node)
    return found[0] if len(found) == 1 else tuple(child for part in found for child in part)


def with_children(node: _AnyNode, change: Callable[[tuple[Node, ...]], tuple[Node, ...]]) -> _AnyNode:
    """A copy of the node in which `change` has replaced the children of each field; a node without children itself."""
    kind = type(node)
    if not _PARTS[kind]:
        return node
    make: Callable[..., _AnyNode] = kind
    return make(*[change(getattr(node, field)) if holds else getattr(node, field) for field, holds in _FIELDS[kind]])


def walk(nodes: Iterable[Node], *, read: bool = False) -> Iterator[Node]:
    """Every node at and below some nodes, in order, both sides of an `Alternate` among them, or only the one that is `read`."""
    waiting = [*nodes]
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        yield node
        if read and type(node) is Alternate:
            waiting += reversed(node.default)
            continue
        for part in reversed(_PARTS[type(node)]):
            waiting += reversed(getattr(node, part))


_PHRASE_KINDS = frozenset(PHRASES)


def is_phrase(node: Node) -> bool:
    """Whether the node stands in a line."""
    return type(node) in _PHRASE_KINDS


def plain(nodes: tuple[Node, ...]) -> str:
    """The characters of some nodes, without notes: for titles and descriptions."""
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, Text):  # most nodes
            parts.append(node.text)
            continue
        match node:
            case Alternate():
                parts.append(plain(node.default))
            case Break():
                parts.append("" if node.kind.endswith("joined") else " ")
            case Note() | Anchor() | Graphic():
                pass
            case Cit():
                parts += [plain(node.quotation), " ", plain(node.reference)]
            case ListItem():
                parts += [plain(node.label), " ", plain(node.content), " "]
            case Table():
                parts += [plain(node.captions), " ", plain(node.rows)]
            case Row():
                parts.append(plain(node.cells))
            case Inline() | Link():
                parts.append(plain(node.content))
            case _:
                parts += [" ", plain(node.content), " "]
    return "".join(parts)


def all_words(nodes: tuple[Node, ...]) -> str:
    """The same with the descriptions of pictures: what is left out with these nodes."""
    described = (node.description for node in walk(nodes, read=True) if isinstance(node, Graphic))
    return " ".join(part for part in (plain(nodes), *described) if part)
