"""The reading tree as HTML: one clause for each kind of node, no decision about TEI.

A note is printed once among the endnotes, where its call leads and from where a link leads back. A copy of it, made of phrases
only and hidden from screen readers, stands beside its call: in the margin of a wide screen, as a pop-over on a narrow one.
"""

from __future__ import annotations

from collections.abc import Iterator
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
)
from siglum.convert.writers.html.markup import address, attributes, classes, element, join, language, text

_STYLES = {"italic": "i", "bold": "b", "sup": "sup", "sub": "sub", "underline": "u", "strike": "s"}
_PHRASES = {"said": "q", "q": "q", "quote": "q", "date": "span", "abbr": "abbr", "code": "code", "gi": "code", "att": "code"}
_UNSEEN_LABEL = "°"
_SIGNED = frozenset({"supplied", "unclear"})
"""Elements that the style gives a sign, so that they keep their class whatever else is set."""


class Body:
    """Writes the text of a tree; afterwards `mentions` tells where each record was named, `headings` what the contents are."""

    def __init__(
        self, tree: Tree, words: dict[str, str], known: frozenset[str], bodies: dict[str, NoteBody] | None = None
    ) -> None:
        self.tree = tree
        self.words = words
        self.known = known
        self.mentions: dict[str, list[tuple[str, str]]] = {}
        self.headings: list[tuple[int, str, str]] = []
        self.blocked: list[str] = []
        self._bodies = {note.source.id: note for note in tree.notes} if bodies is None else bodies
        self._paragraph = ("", "")
        self._beside_allowed = True
        self._beside_made: set[str] = set()
        self._in_link = False

    def text(self) -> str:
        """The main text."""
        return self.blocks(self.tree.content)

    def note(self, note: NoteBody) -> str:
        """A note of the list at the end, with the way back to each call."""
        self._paragraph = (f"{self.words['note'].lower()} {note.label}", note.source.id)
        before, self._beside_allowed = self._beside_allowed, False
        label = note.label or _UNSEEN_LABEL
        back = " ".join(
            element("a", text(label if not at else "↩"), role="doc-backlink", href=f"#{call}", aria_label=self._back(note))
            for at, call in enumerate(note.calls)
        )
        shown = element("span", back or text(label), class_="s-back")
        content = self.blocks(note.content)
        self._beside_allowed = before
        return element("li", f"{shown} <div>{content}</div>", id=note.source.id, lang=language(note.source.language))

    def heading_of_notes(self, note: NoteBody) -> str:
        """What the encoder wrote above the notes that begin with this one."""
        before, self._beside_allowed = self._beside_allowed, False
        lines = [
            self._tag("span", node.source, self.line_of(node.content)) if isinstance(node, Heading) else self._as_phrase(node)
            for node in note.heading
        ]
        self._beside_allowed = before
        return "<br>".join(lines)

    def _back(self, note: NoteBody) -> str:
        return f"{self.words['back']} {note.label}".strip()

    # Blocks

    def blocks(self, nodes: tuple[Node, ...]) -> str:
        """Blocks one below the other; a run of phrases among them is a line of its own."""
        if all(is_phrase(node) for node in nodes):
            return self.line(nodes)
        return join(
            element("div", self.line(run), class_="s-line") if is_phrase(run[0]) else self.block(run[0])
            for run in _runs(nodes)
            if not is_phrase(run[0]) or plain(run).strip() or _has_marks(run)
        )

    def block(self, node: Node) -> str:
        """One clause a kind of block."""
        match node:
            case Paragraph():
                return self._paragraph_of(node)
            case Heading():
                return self._heading(node)
            case Section():
                self._paragraph = ("", "")
                return self._section(node)
            case Title():
                return self._tag("p", node.source, self.line_of(node.content), "s-caption")
            case Block() | Cell():
                return self._tag("div", node.source, self.blocks(node.content))
            case Line():
                return self._line(node)
            case Cit():
                return self._cit(node)
            case List():
                return self._list(node)
            case ListItem():
                return self._tag("div", node.source, self._labelled(node))
            case Table():
                return self._table(node)
            case Row():
                return self._tag("div", node.source, self.blocks(node.cells))
            case Figure():
                return self._tag("figure", node.source, self.blocks(node.content))
            case Text() | Inline() | Link() | Alternate() | Note() | Break() | Anchor() | Graphic():
                return self.phrase(node)
            case _:
                assert_never(node)

    def _section(self, node: Section) -> str:
        """A division; the label of one without heading is the style's."""
        own = self._identity(node.source) + attributes(data_label=node.label)
        return f"<section{own}>\n{self.blocks(node.content)}\n</section>"

    def _paragraph_of(self, node: Paragraph) -> str:
        """A paragraph; where blocks stand in it, it goes on after them in a `p` of the class `s-continued`."""
        if node.number:
            self._paragraph = (node.number, node.source.id)
        parts: list[str] = []
        begun = False
        for run in _runs(node.content) or [()]:
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
        label = f"{self.words['paragraph']} {number}"
        return f"<a{attributes(class_='s-pn', href='#' + identifier, data_n=number, aria_label=label)}></a>"

    def _heading(self, node: Heading) -> str:
        level = min(node.level + 1, 6)
        source = node.source
        if node.source.element == "head" and level <= 3 and not source.id:
            source = Source(source.element, f"h-{len(self.headings) + 1}", source.language, source.type)
        if source.id:
            self.headings.append((level, source.id, " ".join(plain(node.content).split())))
        return self._tag(f"h{level}", source, self.line_of(node.content))

    def _line(self, node: Line) -> str:
        """A line of verse; its number and the room before the end of another's line are the style's, and not in copied text."""
        names = classes(node.source.element, f"s-indent-{node.indent}" if node.indent else "")
        own = attributes(id=node.source.id, class_=names, lang=language(node.source.language), title=node.source.title)
        step = f"<span{attributes(class_='s-step', data_before=node.before)}></span>" if node.before else ""
        return f"<div{own}{attributes(data_n=node.number)}>{step}{self.blocks(node.content)}</div>"

    def _cit(self, node: Cit) -> str:
        if node.number:
            self._paragraph = (node.number, node.source.id)
        number = self._number(node.number, node.source.id)
        quotation = element("blockquote", "\n" + self.blocks(node.quotation) + "\n")
        reference = element("figcaption", self.line_of(node.reference)) if node.reference else ""
        return self._tag("figure", node.source, join(["", number + quotation, reference]) + "\n", "s-quotation")

    def _list(self, node: List) -> str:
        items = []
        before: list[str] = []
        for each in node.content:
            if isinstance(each, ListItem):
                items.append(self._tag("li", each.source, self._labelled(each)))
            elif items:
                items.append(element("li", self.blocks((each,)), class_="s-unmarked"))
            else:
                before.append(self.blocks((each,)))
        tag = (
            "ol"
            if node.kind == "ordered" and not any(isinstance(each, ListItem) and each.label for each in node.content)
            else "ul"
        )
        whole = (
            self._tag(tag, node.source, "\n" + "\n".join(items) + "\n", f"s-{node.kind}" if tag == "ul" else "")
            if items
            else ""
        )
        return join([*before, whole])

    def _labelled(self, item: ListItem) -> str:
        label = element("span", self.line_of(item.label), class_="s-label") + " " if item.label else ""
        return label + self.blocks(item.content)

    def _table(self, node: Table) -> str:
        before, self._beside_allowed = self._beside_allowed, False
        caption = element("caption", self.line_of(node.captions)) if node.captions else ""
        rows = [self._tag("tr", row.source, "".join(self._cell(cell) for cell in row.cells)) for row in node.rows if row.cells]
        self._beside_allowed = before
        table = self._tag("table", node.source, join(["", caption, *rows]) + "\n")
        label = plain(node.captions).strip() or self.words["table"]
        return element("div", table, class_="s-scroll", tabindex="0", role="region", aria_label=label)

    def _cell(self, cell: Cell) -> str:
        spans = attributes(
            colspan=str(cell.columns) if cell.columns > 1 else None, rowspan=str(cell.rows) if cell.rows > 1 else None
        )
        tag = "th" if cell.is_head else "td"
        return f"<{tag}{self._identity(cell.source)}{spans}>{self.blocks(cell.content)}</{tag}>"

    # Phrases

    def line(self, nodes: tuple[Node, ...]) -> str:
        """Phrases one after another."""
        return "".join(map(self.phrase, nodes))

    def line_of(self, nodes: tuple[Node, ...]) -> str:
        """Nodes where only phrases may stand: blocks among them become phrases."""
        return "".join(self.phrase(node) if is_phrase(node) else self._as_phrase(node) for node in nodes)

    def phrase(self, node: Node) -> str:
        """One clause a kind of phrase."""
        match node:
            case Text():
                return text(node.text)
            case Inline():
                return self._inline(node)
            case Link():
                return self._link(node)
            case Alternate():
                return self._alternate(node)
            case Note():
                return self._note_call(node)
            case Break():
                return self._break(node)
            case Anchor():
                return f"<span{self._identity(node.source)}></span>"
            case Graphic():
                return self._graphic(node)
            case _:
                return self._as_phrase(node)

    def _as_phrase(self, node: Node) -> str:
        """A block where HTML allows phrases only: its words, in a stretch that is displayed as a block."""
        if isinstance(node, Cit):
            return element("span", self.line_of(node.quotation) + " " + self.line_of(node.reference), class_="s-as-block")
        if isinstance(node, ListItem):
            return element("span", self.line_of(node.label) + " " + self.line_of(node.content), class_="s-as-block")
        if isinstance(node, Table):
            return element("span", self.line_of(node.captions) + self.line_of(node.rows), class_="s-as-block")
        content = node.cells if isinstance(node, Row) else node.content if not isinstance(node, _LEAVES) else ()
        return element("span", self.line_of(content), class_="s-as-block")

    def _inline(self, node: Inline) -> str:
        tag = _PHRASES.get(node.source.element, "")
        content = self.line_of(node.content)
        for style in node.style:
            content = element(_STYLES[style], content) if style in _STYLES else element("span", content, class_=f"s-{style}")
        told = node.source.element in _SIGNED
        if not tag and not told and not node.source.id and not node.source.language and not node.source.title and node.style:
            return content
        has_signs = node.source.element == "supplied" and plain(node.content).strip().startswith("[")
        return self._tag(tag or "span", node.source, content, "s-signed" if has_signs else "")

    def _link(self, node: Link) -> str:
        self._mention(node.target)
        if self._in_link:
            return self.line_of(node.content)
        target = address(node.target)
        if target is None or (target.startswith("#") and target[1:] not in self.known):
            self.blocked.append(node.target)
            return self._tag("span", node.source, self.line_of(node.content))
        self._in_link = True
        content = self.line_of(node.content)
        self._in_link = False
        return f"<a{self._identity(node.source)}{attributes(href=target)}>{content}</a>"

    def _mention(self, target: str) -> None:
        """Remember the paragraph or note in which a record is named."""
        if target.startswith("#"):
            places = self.mentions.setdefault(target[1:], [])
            if self._paragraph[1] and self._paragraph not in places:
                places.append(self._paragraph)

    def _alternate(self, node: Alternate) -> str:
        read, other = node.kinds
        told = f"{self.words['corrected from']}: {plain(node.alternate).strip()}"
        about = f" ({node.about})" if node.about else ""
        default = element("span", self.line_of(node.default), class_=classes("s-read", read), title=told + about)
        shown = f"{self.words['reads']}: {plain(node.default).strip()}"
        alternate = element("span", self.line_of(node.alternate), class_=classes("s-other", other), title=shown + about)
        return self._tag("span", node.source, default + alternate, "s-choice")

    def _note_call(self, node: Note) -> str:
        label = node.label or _UNSEEN_LABEL
        if self._in_link:
            return element("span", text(label), class_="s-call", id=node.source.id)
        call = element(
            "a",
            text(label),
            class_="s-call",
            id=node.source.id,
            role="doc-noteref",
            href=f"#{node.note}",
            aria_label=f"{self.words['note']} {node.label}".strip(),
        )
        body = self._bodies.get(node.note)
        if body is None or not self._beside_allowed or node.note in self._beside_made:
            return call
        self._beside_made.add(node.note)
        return call + self._beside(body, label)

    def _beside(self, note: NoteBody, label: str) -> str:
        copy = Copy(self)
        content = copy.line_of(note.content)
        mark = element("span", text(label), class_="s-label")
        names = classes("s-beside", "" if note.label else "s-unnumbered")
        return element("span", f"{mark} {content}", class_=names, aria_hidden="true", lang=language(note.source.language))

    def _break(self, node: Break) -> str:
        match node.kind.removesuffix("-joined"):
            case "line":
                return "<br>"
            case "page" | "column" if node.label:
                label = f"{self.words['page']} {node.label}"
                kind = f"s-break-{node.kind.removesuffix('-joined')}"
                identity = {"class_": kind, "id": node.source.id, "data_n": node.label}
                return element("span", "", **identity, role="doc-pagebreak", aria_label=label)
            case _:
                return f"<span{self._identity(node.source)}></span>" if node.source.id else ""

    def _graphic(self, node: Graphic) -> str:
        target = address(node.url)
        if target is None or target.startswith("mailto"):
            return text(node.description)
        return f"<span{self._identity(node.source, 's-picture')}>{self._picture_link(target, node)}</span>"

    def _picture_link(self, target: str, node: Graphic) -> str:
        """A link to the picture, so that the page needs no network."""
        shown = text(node.description or node.url)
        return shown if self._in_link else f"<a{attributes(href=target)}>{shown}</a>"

    # Tags

    def _tag(self, tag: str, source: Source, content: str, *more: str) -> str:
        return f"<{tag}{self._identity(source, *more)}>{content}</{tag}>"

    def _identity(self, source: Source, *more: str) -> str:
        return attributes(
            id=source.id,
            class_=classes(source.element, *more, source.type and f"type-{source.type}"),
            lang=language(source.language),
            title=source.title,
        )


class Copy(Body):
    """Writes the copy of a note that stands beside its call: the same words, without ids, links and notes beside it."""

    def __init__(self, original: Body) -> None:
        super().__init__(original.tree, original.words, original.known, original._bodies)
        self._in_link = True
        self._beside_allowed = False

    def _identity(self, source: Source, *more: str) -> str:
        return super()._identity(Source(source.element, "", source.language, source.type, source.title), *more)

    def _note_call(self, node: Note) -> str:
        return element("sup", text(node.label or _UNSEEN_LABEL))

    def _break(self, node: Break) -> str:
        return "<br>" if node.kind.startswith("line") else ""


_LEAVES = (Text, Inline, Link, Alternate, Note, Break, Anchor, Graphic, Cit, ListItem, Table)


def _runs(nodes: tuple[Node, ...]) -> list[tuple[Node, ...]]:
    """Phrases that follow each other as one run, each block by itself."""
    return list(_split(nodes))


def _split(nodes: tuple[Node, ...]) -> Iterator[tuple[Node, ...]]:
    run: list[Node] = []
    for node in nodes:
        if is_phrase(node):
            run.append(node)
            continue
        if run:
            yield tuple(run)
            run = []
        yield (node,)
    if run:
        yield tuple(run)


def _has_marks(run: tuple[Node, ...]) -> bool:
    """Whether a run without words has something to show or to link to."""
    return any(isinstance(node, Note | Break | Anchor | Graphic | Alternate) for node in run)
