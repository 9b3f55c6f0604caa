"""The blocks of the reading tree as HTML: one clause for each kind of node. `phrases` writes the phrases.

A note is an endnote, with links from and to its calls. On a narrow screen, the style sheet shows the called note at the foot
of the screen. On a wide screen, it shows a copy in the margin beside the call; the copy is hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import assert_never

from siglum.convert.reading.roles import Role
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
    Table,
    Text,
    Title,
    Tree,
    is_phrase,
    plain,
)
from siglum.convert.writers.fragment import Shape
from siglum.convert.writers.html.ids import Ids
from siglum.convert.writers.html.labels import Labels
from siglum.convert.writers.html.markup import attributes, classes, element, join, text
from siglum.convert.writers.html.page_index import PageIndex
from siglum.convert.writers.html.phrases import UNSEEN_LABEL, Phrases
from siglum.convert.writers.html.runs import attach_calls, is_break, is_empty, split_runs
from siglum.convert.writers.html.setting import Setting
from siglum.convert.writers.links import Links
from siglum.text.notes import APPARATUS

_LABELLED = frozenset({"apparatus", "translation", "commentary", "bibliography"})
"""Types of divisions (EpiDoc; TEI P5, 4.1.1) that get a label of the page if they have no heading."""


class Body:
    """Writes the text of a tree, and collects in `index` the data for the lists of the page.

    `links` knows the ids on the page; `both_ways`: some languages of the page run from right to left.
    """

    def __init__(
        self, tree: Tree, labels: Labels, links: Links, *, both_ways: bool = False, shape: Shape | None = None
    ) -> None:
        shape = shape or Shape()
        self.tree = tree
        self.labels = labels
        self.ids = Ids(links, shape.id_prefix)
        self.index = PageIndex(shape.level)
        self.setting = Setting(labels, self.ids, self.index, shape, both_ways)
        self._phrases = Phrases(self.setting, {note.source.id: note for note in tree.notes})
        self._tag = self.setting.tag
        self.line = self._phrases.line

    def text(self) -> str:
        """The main text."""
        return self.blocks(self.tree.content)

    @contextmanager
    def _nothing_beside(self) -> Iterator[None]:
        """Copy no notes beside their calls: inside notes and tables there is no margin."""
        before, self._phrases.beside = self._phrases.beside, False
        yield
        self._phrases.beside = before

    def note(self, note: NoteBody) -> str:
        """Write an endnote, with a link back to each of its calls."""
        is_entry = note.stream == APPARATUS
        called = self.labels["apparatus" if is_entry else "note"].lower()
        self.index.at(f"{called} {note.label}".strip(), note.source.id)
        label = text(note.label or ("↑" if is_entry else UNSEEN_LABEL)) if note.source.role is not Role.WITNESSES else ""
        back = " ".join(
            element("a", "↩" if at else label, role="doc-backlink", href=self.ids.link_to(call), aria_label=self._back(note))
            for at, call in enumerate(note.calls)
        )
        shown = element("span", back or label, class_="s-back") + " " if back or label else ""
        with self._nothing_beside():
            content = self.blocks(note.content)
        own = self.setting.identity(replace(note.source, element="", type="", title=""))
        return f"<li{own}>{shown}<div>{content}</div></li>"

    def heading_of_notes(self, note: NoteBody) -> str:
        """The heading that the source has above this note."""
        with self._nothing_beside():
            lines = [
                self._tag("span", node.source, self.line(node.content))
                if isinstance(node, Heading)
                else self._phrases.as_phrase(node)
                for node in note.heading
            ]
        return "<br>".join(lines)

    def _back(self, note: NoteBody) -> str:
        return f"{self.labels['back']} {note.label}".strip()

    # Blocks

    def blocks(self, nodes: tuple[Node, ...]) -> str:
        """Write blocks; a run of phrases between them becomes a line of its own."""
        if all(map(is_phrase, nodes)):
            return self.line(nodes)
        written = []
        for run in split_runs(attach_calls(nodes)):
            if not is_phrase(run[0]):
                written.append(self.block(run[0]))
            elif not is_empty(run):
                written.append(self._line_between(run))
        return join(written)

    def _line_between(self, run: tuple[Node, ...]) -> str:
        return element("div", self.line(run), class_=classes("s-line", "s-breaks" if is_break(run) else ""))

    def block(self, node: Node) -> str:
        """Write one block: one clause for each kind of node."""
        match node:
            case Paragraph():
                return self._paragraph_of(node)
            case Heading():
                return self._heading(node)
            case Section():
                self.index.place = ("", "")
                return self._section(node)
            case Title():
                return self._tag("p", node.source, self.line(node.content), "s-caption")
            case Block() | Cell():
                is_code = node.source.role is Role.VERBATIM and all(map(is_phrase, node.content))
                return self._tag("pre" if is_code else "div", node.source, self.blocks(node.content))
            case Line():
                return self._line(node)
            case Cit():
                return self._cit(node)
            case List():
                return self._list(node)
            case ListItem():
                return self._tag("div", node.source, self._item_with_label(node))
            case Table():
                return self._table(node)
            case Row():
                return self._tag("div", node.source, self.blocks(node.cells))
            case Figure():
                return self._tag("figure", node.source, self.blocks(node.content))
            case Text() | Inline() | Link() | Alternate() | Note() | Break() | Anchor() | Graphic():
                return self._phrases.phrase(node)
            case _:
                assert_never(node)

    def _section(self, node: Section) -> str:
        """Write a division. The style sheet shows the label of a division without heading."""
        label = node.label or self._label(node)
        own = self.setting.identity(node.source) + attributes(data_label=label[:1].upper() + label[1:])
        return f"<section{own}>\n{self.blocks(node.content)}\n</section>"

    def _label(self, node: Section) -> str:
        is_bare = node.source.type in _LABELLED and not any(isinstance(child, Heading) for child in node.content)
        return self.labels[node.source.type] if is_bare and not is_empty(node.content) else ""

    def _paragraph_of(self, node: Paragraph) -> str:
        """Write a paragraph. If it contains blocks, it continues after them in a `p` of the class `s-continued`."""
        if node.number:
            self.index.at(node.number, node.source.id)
        parts: list[str] = []
        begun = False
        for run in [*split_runs(node.content)] or [()]:
            if run and not is_phrase(run[0]):
                parts.append(self.block(run[0]))
            elif begun:
                parts.append(element("p", self.line(run), class_="s-continued"))
            else:
                parts.append(self._tag("p", node.source, self._number(node.number, node.source.id) + self.line(run)))
            begun = begun or not run or is_phrase(run[0])
        if not begun:
            parts.insert(0, self._tag("p", node.source, self._number(node.number, node.source.id), "s-empty"))
        return join(parts)

    def _number(self, number: str, identifier: str) -> str:
        if not number or not identifier:
            return ""
        label = f"{self.labels['paragraph']} {number}"
        return f"<a{attributes(class_='s-pn', href=self.ids.link_to(identifier), data_n=number, aria_label=label)}></a>"

    def _heading(self, node: Heading) -> str:
        level = self.index.level(node.level)
        source = node.source
        is_listed = source.role is Role.HEADING and level <= self.setting.shape.below(1)
        if is_listed and not source.id:
            source = replace(source, id=self.ids.make_unique(f"h-{len(self.index.headings) + 1}"))
        if source.id:
            self.index.headings.append((level, source.id, " ".join(plain(node.content).split())))
        return self._tag(f"h{level}", source, self.line(node.content))

    def _line(self, node: Line) -> str:
        """Write a line of verse. The style sheet shows its number and its indentation, so that copied text has neither."""
        own = self.setting.identity(node.source, f"s-indent-{node.indent}" if node.indent else "")
        step = f"<span{attributes(class_='s-step', data_before=node.before)}></span>" if node.before else ""
        return f"<div{own}{attributes(data_n=node.number)}>{step}{self.blocks(node.content)}</div>"

    def _cit(self, node: Cit) -> str:
        if node.number:
            self.index.at(node.number, node.source.id)
        number = self._number(node.number, node.source.id)
        quotation = element("blockquote", "\n" + self.blocks(node.quotation) + "\n")
        reference = element("figcaption", self.line(node.reference)) if node.reference else ""
        return self._tag("figure", node.source, join(["", number + quotation, reference]) + "\n", "s-quotation")

    def _list(self, node: List) -> str:
        items = []
        before: list[str] = []
        for item in node.content:
            if isinstance(item, ListItem):
                items.append(self._tag("li", item.source, self._item_with_label(item)))
            elif items:
                items.append(element("li", self.blocks((item,)), class_="s-unmarked"))
            else:
                before.append(self.blocks((item,)))
        tag = (
            "ol"
            if node.kind == "ordered" and not any(isinstance(item, ListItem) and item.label for item in node.content)
            else "ul"
        )
        whole = (
            self._tag(tag, node.source, "\n" + "\n".join(items) + "\n", f"s-{node.kind}" if tag == "ul" else "")
            if items
            else ""
        )
        return join([*before, whole])

    def _item_with_label(self, item: ListItem) -> str:
        label = element("span", self.line(item.label), class_="s-label") + " " if item.label else ""
        return label + self.blocks(item.content)

    def _table(self, node: Table) -> str:
        with self._nothing_beside():
            caption = element("caption", self.line(node.captions)) if node.captions else ""
            rows = [self._tag("tr", row.source, "".join(map(self._cell, row.cells))) for row in node.rows if row.cells]
        table = self._tag("table", node.source, join(["", caption, *rows]) + "\n")
        label = plain(node.captions).strip() or self.labels["table"]
        return element("div", table, class_="s-scroll", tabindex="0", role="group", aria_label=label)

    def _cell(self, cell: Cell) -> str:
        spans = attributes(
            colspan=str(cell.columns) if cell.columns > 1 else None, rowspan=str(cell.rows) if cell.rows > 1 else None
        )
        tag = "th" if cell.is_head else "td"
        return f"<{tag}{self.setting.identity(cell.source)}{spans}>{self.blocks(cell.content)}</{tag}>"
