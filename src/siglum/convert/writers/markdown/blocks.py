"""Blocks of Markdown: one clause for each kind of node. Nesting stops at eight levels, because parsers have limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum
from html import escape
from typing import assert_never

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
    Paragraph,
    Row,
    Section,
    Source,
    Table,
    Text,
    Title,
    Tree,
    is_phrase,
    plain,
    walk,
)
from siglum.convert.writers.html.markup import address
from siglum.convert.writers.html.runs import contents_of, split_runs
from siglum.convert.writers.links import Links
from siglum.convert.writers.markdown.line import BREAK, Edge, Markup, RawText, Token, escape_line_start, write
from siglum.convert.writers.markdown.runs import lift_blocks
from siglum.text.frozen import frozen
from siglum.text.notes import APPARATUS

_DEEPEST = 8
_SET_OFF = {Role.SPEAKER: "bold", Role.STAGE: "italic"}
"""Roles that a style and an empty line set off from the speech."""
_CAPTIONS = frozenset({Role.HEADING, Role.TITLE_PART})
_INDENT = "&emsp;"
_NOTHING = "&nbsp;"
"""The content of an empty note: a footnote definition must have one."""


class _Kind(Enum):
    """The kinds of block that decide on the separator to the next block."""

    PARAGRAPH = "paragraph"
    LIST = "list"
    OTHER = "other"


@frozen
class _Chunk:
    """A written block. A tight paragraph follows another one on the next line; a comment separates adjacent lists.

    `opens` and `closes` mark the ends of a group, such as a stanza or a speech; an empty line sets it apart.
    """

    text: str
    kind: _Kind = _Kind.OTHER
    tight: bool = False
    opens: bool = False
    closes: bool = False


class Blocks:
    """Writes one tree. Ids that are targets of links become anchors."""

    def __init__(self, tree: Tree, links: Links) -> None:
        self.tree = tree
        self.notes = part(tree, read=True).notes
        self._entries = {note.source.id for note in self.notes if note.stream == APPARATUS}
        self._note_keys = _note_keys(tuple(note for note in self.notes if note.stream != APPARATUS))
        self._links = links
        self._linked_ids = _find_linked_ids(replace(tree, notes=self.notes), links.here)
        self._anchors: list[str] = []
        self._in_link = False
        self._depth = 0

    def text(self) -> str:
        """Write the text, then the notes."""
        chunks = [*self.blocks(self.tree.content), *self._flush_anchors()]
        for note in self.notes:
            is_entry = note.stream == APPARATUS and note.source.role is Role.ENTRY
            chunks += [*self.blocks(note.heading), _Chunk(self._note(note), _Kind.PARAGRAPH, tight=is_entry)]
        return _join_chunks(chunks)

    def blocks(self, nodes: Iterable[Node]) -> list[_Chunk]:
        """Write nodes as chunks; a run of phrases is a paragraph."""
        found: list[_Chunk] = []
        for run in split_runs(phrase for node in nodes for phrase in lift_blocks(node)):
            found += self._paragraph(run) if is_phrase(run[0]) else self.block(run[0])
        return found

    def block(self, node: Node) -> list[_Chunk]:
        """Write one block: one clause for each kind of node."""
        self._mark(node)
        match node:
            case Paragraph() | Section() | Figure() | Cell():
                return self.blocks(node.content)
            case Block():
                return self._block(node)
            case Title():
                style = "bold" if node.source.role in _CAPTIONS else ""
                return _tighten(self.blocks(_add_style(node.content, style)))
            case Heading():
                return self._heading(node)
            case Line():
                return self._verse(node)
            case Cit():
                return self._quotation(node)
            case List():
                return self._list(node)
            case ListItem():
                return _join_items([self._item(node, "- ")])
            case Table():
                return [*self.blocks(node.captions), *self._table(node.rows)]
            case Row():
                return self._table((node,))
            case Text() | Inline() | Link() | Alternate() | Note() | Break() | Anchor() | Graphic():
                return self._paragraph((node,))
            case _:
                assert_never(node)

    # Blocks

    def _mark(self, node: Node) -> None:
        if not isinstance(node, Text) and not is_phrase(node) and node.source.id in self._linked_ids:
            self._anchors.append(node.source.id)

    def _flush_anchors(self) -> list[_Chunk]:
        """Write the anchors that wait for text that has not come."""
        return self._paragraph(()) if self._anchors else []

    def _paragraph(self, run: tuple[Node, ...], indent: int = 0) -> list[_Chunk]:
        lines = write(self._tokens(run))
        anchors = self._take_anchors()
        if not lines and not anchors:
            return []
        lines = [_INDENT * indent + escape_line_start(line) for line in lines]
        return [_Chunk(anchors + "\\\n".join(lines), _Kind.PARAGRAPH)]

    def _take_anchors(self) -> str:
        text = "".join(map(_anchor, self._anchors))
        self._anchors.clear()
        return text

    def _flat(self, nodes: tuple[Node, ...], also: str) -> str:
        """Write nodes on one line, blocks too."""
        lines = write(self._tokens(nodes), also)
        return self._take_anchors() + "<br>".join(lines)

    def _block(self, node: Block) -> list[_Chunk]:
        role, spacing = node.source.role, node.source.spacing
        if role is Role.VERBATIM:
            return _fence(node)
        chunks = self.blocks(_add_style(node.content, _SET_OFF.get(role, "")))
        match spacing:
            case Spacing.TIGHT:
                return chunks if role in _SET_OFF else _tighten(chunks)
            case Spacing.GROUP:
                return _group(chunks)
            case Spacing.TIGHT_GROUP:
                return _group(_tighten(chunks))
            case Spacing.APART:
                return chunks
            case _:
                assert_never(spacing)

    def _heading(self, node: Heading) -> list[_Chunk]:
        text = self._flat(node.content, "#")
        return [_Chunk(f"{'#' * min(max(node.level, 1), 6)} {text}")] if text else []

    def _verse(self, node: Line) -> list[_Chunk]:
        """Write a line of verse with its indentation; the second part of a shared line is indented too."""
        found: list[_Chunk] = []
        steps = node.indent + (len(node.before) // 4 + 1 if node.before else 0)
        for run in split_runs(phrase for child in node.content for phrase in lift_blocks(child)):
            found += self._paragraph(run, 0 if found else steps) if is_phrase(run[0]) else self.block(run[0])
        return _tighten(found)

    def _quotation(self, node: Cit) -> list[_Chunk]:
        self._depth += 1
        chunks = self.blocks(node.quotation)
        first, *others = self.blocks(node.reference) or [_Chunk("")]
        is_said = first.kind is _Kind.PARAGRAPH and bool(first.text.strip())
        chunks += [replace(first, text=f"— {first.text}", tight=False) if is_said else first, *others]
        self._depth -= 1
        text = _join_chunks(chunks)
        return [_Chunk(_prefix_lines(text, "> ", "> ")) if self._depth < _DEEPEST else _Chunk(text)] if text else []

    def _list(self, node: List) -> list[_Chunk]:
        found: list[_Chunk] = []
        count = 0
        items: list[str] = []
        self._depth += 1
        for item in node.content:
            if isinstance(item, ListItem):
                self._mark(item)
                count += 1
                items.append(self._item(item, f"{count}. " if node.kind == "ordered" else "- "))
            else:
                found += [*_join_items(items), *self.blocks((item,))]
                items = []
        self._depth -= 1
        return [*found, *_join_items(items)]

    def _item(self, node: ListItem, mark: str) -> str:
        """Write an item, with its own label before its text."""
        label = (*_add_style(node.label, "" if _has_style(node.label) else "bold"), Text(" ")) if node.label else ()
        text = _join_chunks(self.blocks((*label, *node.content)))
        return _prefix_lines(text, mark, " " * len(mark)) if self._depth < _DEEPEST else f"{text}\n\n"

    def _table(self, rows: tuple[Row, ...]) -> list[_Chunk]:
        found = [_Chunk(self._take_anchors())] if self._anchors else []
        rows = tuple(row for row in rows if row.cells)
        if not rows:
            return found
        return [*found, _Chunk(self._pipes(rows) if all(map(_is_simple, rows)) else self._html(rows))]

    def _pipes(self, rows: tuple[Row, ...]) -> str:
        """Write a pipe table. Markdown requires a head, so a table without one gets an empty head."""
        width = max(len(row.cells) for row in rows)
        has_head = all(cell.is_head for cell in rows[0].cells)
        lines = [self._pipe(row, width) for row in rows]
        head, body = (lines[0], lines[1:]) if has_head else ("|" + "  |" * width, lines)
        return "\n".join([head, "|" + " --- |" * width, *body])

    def _pipe(self, row: Row, width: int) -> str:
        self._mark(row)
        shown = []
        for cell in row.cells:
            self._mark(cell)
            shown.append(self._flat(cell.content, "|"))
        return "|" + "".join(f" {cell} |" for cell in [*shown, *[""] * (width - len(shown))])

    def _html(self, rows: tuple[Row, ...]) -> str:
        """Write a table whose cells hold blocks or span others: HTML tags with Markdown between them (4.6)."""
        lines = ["<table>"]
        for row in rows:
            self._mark(row)
            lines.append("<tr>")
            for cell in row.cells:
                tag = "th" if cell.is_head else "td"
                spans = "".join(f' {key}="{n}"' for key, n in (("colspan", cell.columns), ("rowspan", cell.rows)) if n > 1)
                content = _join_chunks([*self.block(cell), *self._flush_anchors()])
                lines += [f"<{tag}{spans}>", content, f"</{tag}>"]
            lines.append("</tr>")
        return "\n\n".join([*filter(None, lines), "</table>"])

    def _note(self, note: NoteBody) -> str:
        """Write the definition of a note.

        A note without calls is a paragraph, because parsers do not show footnotes without calls. So is an apparatus entry,
        which its lemma connects with the text.
        """
        if note.source.id in self._linked_ids:
            self._anchors.append(note.source.id)
        if not note.calls or note.stream == APPARATUS:
            number = note.label if note.stream == APPARATUS else f"[{note.label}]"
            label = (Text(f"{number} "),) if note.label else ()
            return _join_chunks([*self.blocks((*label, *note.content)), *self._flush_anchors()])
        chunks = [*self.blocks(note.content), *self._flush_anchors()] or [_Chunk(_NOTHING, _Kind.PARAGRAPH)]
        below = "" if chunks[0].kind is _Kind.PARAGRAPH else "\n\n"
        return _prefix_lines(below + _join_chunks(chunks), f"[^{self._note_keys[note.source.id]}]: ", "    ")

    # Phrases

    def _tokens(self, nodes: Iterable[Node]) -> list[Token]:
        return [token for node in nodes for token in self._phrase(node)]

    def _phrase(self, node: Node) -> Iterator[Token]:
        """Write one phrase: one clause for each kind of node. A block becomes lines of phrases."""
        if not isinstance(node, Text | Link) and node.source.id in self._linked_ids:
            yield Markup(_anchor(node.source.id))
        match node:
            case Text():
                yield RawText(node.text)
            case Inline():
                yield from (Edge(style, opens=True) for style in node.style)
                yield from self._tokens(node.content)
                yield from (Edge(style, opens=False) for style in reversed(node.style))
            case Link():
                yield from self._link(node)
            case Alternate():
                yield from self._tokens(node.default)
            case Note():
                key = self._note_keys.get(node.note)
                if node.note not in self._entries:
                    yield Markup(f"[^{key}]", is_call=True) if key else RawText(f"[{node.label}]")
            case Break():
                yield BREAK if node.kind.startswith("line") else RawText("")
            case Anchor():
                pass
            case Graphic():
                yield from self._picture(node)
            case _:
                yield from (BREAK, *self._tokens(contents_of(node)), BREAK)

    def _link(self, node: Link) -> Iterator[Token]:
        if node.source.id in self._linked_ids:
            yield Markup(_anchor(node.source.id))
        target = _escape_address(self._address(node.target))
        if self._in_link or not target:
            yield from self._tokens(node.content)
            return
        self._in_link = True
        content = self._tokens(node.content)
        self._in_link = False
        if any(isinstance(token, Markup) and token.is_call for token in content):  # the call of a note is a link itself
            yield from content
        else:
            yield from (Markup("["), *content, Markup(f"]({target})"))

    def _address(self, target: str) -> str:
        """The address of a link target; "" for an id that is in no file."""
        if not target.startswith("#") or target[1:] in self._linked_ids:
            return target
        file = self._links.find_file(target[1:])
        return file + target if file else ""

    @staticmethod
    def _picture(node: Graphic) -> Iterator[Token]:
        target = _escape_address(node.url)
        if target:
            yield from (Markup("!["), RawText(node.description), Markup(f"]({target})"))
        else:
            yield RawText(node.description)


def _find_linked_ids(tree: Tree, asked: frozenset[str]) -> set[str]:
    """The ids in the text and its notes that something links to, here or (`asked`) in another file."""
    nodes = list(walk(tree.nodes))
    hidden = {id(child) for node in nodes if isinstance(node, Alternate) for child in walk(node.alternate)}
    ids = {node.source.id for node in nodes if not isinstance(node, Text) and id(node) not in hidden}
    linked = {node.target[1:] for node in nodes if isinstance(node, Link) and node.target.startswith("#")}
    return (linked | asked) & (ids | {note.source.id for note in tree.notes})


def _note_keys(notes: tuple[NoteBody, ...]) -> dict[str, str]:
    """The footnote names of called notes, by id: the label, changed where necessary to be valid and unique."""
    taken: set[str] = set()
    counts: dict[str, int] = {}
    found = {}
    for note in notes:
        wanted = re.sub(r"[^\w.-]+", "", note.label) or "note"
        key, count = wanted, counts.get(wanted, 1)
        while key.casefold() in taken:
            count += 1
            key = f"{wanted}-{count}"
        counts[wanted] = count
        taken.add(key.casefold())
        if note.calls:
            found[note.source.id] = key
    return found


def _escape_address(target: str) -> str:
    """A safe address, escaped for parentheses (6.3); "" for an unsafe one."""
    safe = address(target) or ""
    return safe.replace("(", "%28").replace(")", "%29").replace("&", "&amp;")


def _anchor(identifier: str) -> str:
    return f'<a id="{escape(identifier).replace("|", "&#124;")}"></a>'


def _add_style(content: tuple[Node, ...], style: str) -> tuple[Node, ...]:
    return (Inline(Source(), content, (style,)),) if style else content


def _fence(node: Block) -> list[_Chunk]:
    """Write code between fences that are longer than any fence inside (4.5)."""
    code = plain(node.content)
    fence = max(["```", *(f"{run}`" for run in re.findall("`{3,}", code))], key=len)
    return [_Chunk(f"{fence}\n{code}\n{fence}")] if code.strip() else []


def _has_style(label: tuple[Node, ...]) -> bool:
    """Whether the source styles a whole label, as sigla are italic."""
    return all(isinstance(child, Inline) and bool(child.style) for child in label)


def _is_simple(row: Row) -> bool:
    """Whether a row fits a pipe table: only phrases, and no cell that spans others."""
    return all(
        cell.columns <= 1 and cell.rows <= 1 and all(is_phrase(child) for node in cell.content for child in lift_blocks(node))
        for cell in row.cells
    )


def _join_items(items: list[str]) -> list[_Chunk]:
    """Join the items of a list, with empty lines if an item has several blocks."""
    if not items:
        return []
    return [_Chunk(("\n\n" if any("\n\n" in item for item in items) else "\n").join(items), _Kind.LIST)]


def _tighten(chunks: list[_Chunk]) -> list[_Chunk]:
    return [replace(chunk, tight=chunk.kind is _Kind.PARAGRAPH) for chunk in chunks]


def _prefix_lines(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(((rest if at else first) + line).rstrip(" ") for at, line in enumerate(lines))


def _group(chunks: list[_Chunk]) -> list[_Chunk]:
    found = [chunk for chunk in chunks if chunk.text]
    found[:1] = [replace(chunk, opens=True) for chunk in found[:1]]
    found[-1:] = [replace(chunk, closes=True) for chunk in found[-1:]]
    return found


def _join_chunks(chunks: Iterable[_Chunk]) -> str:
    text = ""
    before = _Chunk("")
    for chunk in chunks:
        if not chunk.text:
            continue
        if text:
            apart = "\n\n<!-- -->\n\n" if chunk.kind is before.kind is _Kind.LIST else "\n\n"
            follows = chunk.tight and before.tight and not chunk.opens and not before.closes
            text += "\\\n" if follows else apart
        text += chunk.text
        before = chunk
    return text
