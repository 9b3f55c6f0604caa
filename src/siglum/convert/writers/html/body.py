"""The reading tree as HTML: one clause for each kind of node, no decision about TEI.

A note is printed once among the endnotes, where its call leads and from where a link leads back; on a narrow screen the style
lets the note that was called stand at the foot of the screen. A copy of it, made of phrases only and hidden from screen
readers, stands beside its call in the margin of a wide screen.
"""

from __future__ import annotations

from dataclasses import replace
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
from siglum.convert.writers.html.furniture import Words
from siglum.convert.writers.html.gathered import Correction, Gathered, Place
from siglum.convert.writers.html.markup import address, attributes, classes, element, fragment, identity, join, text
from siglum.convert.writers.html.runs import attached, is_break, is_empty, runs, within
from siglum.text.notes import APPARATUS

_STYLES = {"italic": "i", "bold": "b", "sup": "sup", "sub": "sub", "underline": "u", "strike": "s"}
_PHRASES = {"said": "q", "q": "q", "quote": "q", "date": "span", "abbr": "abbr", "code": "code", "gi": "code", "att": "code"}
_UNSEEN_LABEL = "°"
_SIGNED = frozenset({"supplied", "unclear"})
"""Elements that the style gives a sign, so that they keep their class whatever else is set."""
_TOLD = frozenset({"gap", "supplied", "unclear"})
"""Elements of which the header of the node tells something: it is a tooltip, and stands in the list of signs."""
_LABELLED = frozenset({"apparatus", "translation", "commentary", "bibliography"})
"""Types of divisions that get the page's word for them as a label where they have no heading (EpiDoc's, TEI P5, 4.1.1)."""
_LISTED_HEADINGS = 3


class Body:
    """Writes the text of a tree; afterwards `gathered` has what the lists of the page are made of.

    `known` are the ids on the page; `both_ways` says that some of its languages are written from right to left.
    """

    def __init__(
        self,
        tree: Tree,
        words: Words,
        known: frozenset[str],
        bodies: dict[str, NoteBody] | None = None,
        *,
        both_ways: bool = False,
    ) -> None:
        self.tree = tree
        self.words = words
        self.known = known
        self.both_ways = both_ways
        self.gathered = Gathered(known)
        self._bodies = {note.source.id: note for note in tree.notes} if bodies is None else bodies
        self._paragraph: Place = ("", "")
        self._beside_allowed = True
        self._beside_made: set[str] = set()
        self._in_link = False

    def text(self) -> str:
        """The main text."""
        return self.blocks(self.tree.content)

    def note(self, note: NoteBody) -> str:
        """A note of the list at the end, with the way back to each call."""
        called = self.words["apparatus" if note.stream == APPARATUS else "note"].lower()
        self._at(f"{called} {note.label}".strip(), note.source.id)
        before, self._beside_allowed = self._beside_allowed, False
        label = note.label or (_UNSEEN_LABEL if note.stream != APPARATUS else "↑")
        back = " ".join(
            element("a", text(label if not at else "↩"), role="doc-backlink", href=fragment(call), aria_label=self._back(note))
            for at, call in enumerate(note.calls)
        )
        shown = element("span", back or text(label), class_="s-back")
        content = self.blocks(note.content)
        self._beside_allowed = before
        return f"<li{identity(note.source.id, note.source.language, self.both_ways)}>{shown} <div>{content}</div></li>"

    def heading_of_notes(self, note: NoteBody) -> str:
        """What the encoder wrote above the notes that begin with this one."""
        before, self._beside_allowed = self._beside_allowed, False
        lines = [
            self._tag("span", node.source, self.line(node.content)) if isinstance(node, Heading) else self._as_phrase(node)
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
            self._line_between(run) if is_phrase(run[0]) else self.block(run[0])
            for run in runs(attached(nodes))
            if not is_phrase(run[0]) or not is_empty(run)
        )

    def _line_between(self, run: tuple[Node, ...]) -> str:
        return element("div", self.line(run), class_=classes("s-line", "s-breaks" if is_break(run) else ""))

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
                return self._tag("p", node.source, self.line(node.content), "s-caption")
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
        own = self._identity(node.source) + attributes(data_label=node.label or self._label(node))
        return f"<section{own}>\n{self.blocks(node.content)}\n</section>"

    def _label(self, node: Section) -> str:
        is_bare = node.source.type in _LABELLED and not any(isinstance(each, Heading) for each in node.content)
        return self.words[node.source.type] if is_bare and not is_empty(node.content) else ""

    def _paragraph_of(self, node: Paragraph) -> str:
        """A paragraph; where blocks stand in it, it goes on after them in a `p` of the class `s-continued`."""
        if node.number:
            self._at(node.number, node.source.id)
        parts: list[str] = []
        begun = False
        for run in runs(node.content) or [()]:
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

    def _at(self, called: str, identifier: str) -> None:
        self._paragraph = (called, identifier)
        self.gathered.places[identifier] = called

    def _number(self, number: str, identifier: str) -> str:
        if not number or not identifier:
            return ""
        label = f"{self.words['paragraph']} {number}"
        return f"<a{attributes(class_='s-pn', href=fragment(identifier), data_n=number, aria_label=label)}></a>"

    def _heading(self, node: Heading) -> str:
        level = self.gathered.level(node.level)
        source = node.source
        if source.element == "head" and level <= _LISTED_HEADINGS and not source.id:
            source = replace(source, id=self.gathered.unique(f"h-{len(self.gathered.headings) + 1}"))
        if source.id:
            self.gathered.headings.append((level, source.id, " ".join(plain(node.content).split())))
        return self._tag(f"h{level}", source, self.line(node.content))

    def _line(self, node: Line) -> str:
        """A line of verse; its number and the room before the end of another's line are the style's, and not in copied text."""
        look = self.gathered.look(node.source.look)
        names = classes(node.source.element, f"s-indent-{node.indent}" if node.indent else "", look)
        own = identity(node.source.id, node.source.language, self.both_ways, class_=names, title=node.source.title)
        step = f"<span{attributes(class_='s-step', data_before=node.before)}></span>" if node.before else ""
        return f"<div{own}{attributes(data_n=node.number)}>{step}{self.blocks(node.content)}</div>"

    def _cit(self, node: Cit) -> str:
        if node.number:
            self._at(node.number, node.source.id)
        number = self._number(node.number, node.source.id)
        quotation = element("blockquote", "\n" + self.blocks(node.quotation) + "\n")
        reference = element("figcaption", self.line(node.reference)) if node.reference else ""
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
        label = element("span", self.line(item.label), class_="s-label") + " " if item.label else ""
        return label + self.blocks(item.content)

    def _table(self, node: Table) -> str:
        before, self._beside_allowed = self._beside_allowed, False
        caption = element("caption", self.line(node.captions)) if node.captions else ""
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
        """Phrases one after another; blocks among them become phrases."""
        return "".join(map(self.phrase, nodes))

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
        return element("span", self.line(within(node)), class_="s-as-block")

    def _inline(self, node: Inline) -> str:
        if node.source.title and node.source.element in _TOLD:
            self.gathered.signs[node.source.element, node.source.title] += 1
            if node.source.element == "gap":
                self.gathered.gap = self.gathered.gap or plain(node.content)
        tag = _PHRASES.get(node.source.element, "")
        content = self.line(node.content)
        for style in node.style:
            content = element(_STYLES[style], content) if style in _STYLES else element("span", content, class_=f"s-{style}")
        source = node.source
        told = source.element in _SIGNED or source.id or source.language or source.title or source.classes or source.look
        if node.style and not tag and not told:
            return content
        return self._tag(tag or "span", node.source, content)

    def _link(self, node: Link) -> str:
        self._mention(node.target)
        if self._in_link:
            return self.line(node.content)
        target = fragment(node.target[1:]) if node.target.startswith("#") else address(node.target)
        if target is None or (node.target.startswith("#") and node.target[1:] not in self.known):
            return self._tag("span", node.source, self.line(node.content))
        self._in_link = True
        content = self.line(node.content)
        self._in_link = False
        return f"<a{self._identity(node.source)}{attributes(href=target)}>{content}</a>"

    def _mention(self, target: str) -> None:
        """Remember the paragraph or note in which a record is named."""
        if target.startswith("#"):
            self.gathered.mention(target[1:], self._paragraph)

    def _alternate(self, node: Alternate) -> str:
        self.gathered.has_choices = True
        read, other = node.kinds
        about = f" ({node.about})" if node.about else ""
        told = f"{self.words['corrected from']}: {plain(node.alternate).strip()}{about}"
        shown = f"{self.words['reads']}: {plain(node.default).strip()}{about}"
        default, alternate = self.line(node.default), self.line(node.alternate)
        source = self._corrected(node) if {read, other} == {"corr", "sic"} else node.source
        sides = element("span", default, class_=classes("s-read", read), title=told)
        sides += element("span", alternate, class_=classes("s-other", other), title=shown)
        return self._tag("span", source, sides, "s-choice")

    def _corrected(self, node: Alternate) -> Source:
        """The correction goes into the list, which needs its id."""
        sides = Copy(self).line(node.default), Copy(self).line(node.alternate)
        if node.kinds[0] == "sic":
            sides = sides[::-1]
        identifier = node.source.id or self.gathered.unique(f"correction-{len(self.gathered.corrections) + 1}")
        self.gathered.corrections.append(Correction(identifier, self._paragraph, *sides, node.about))
        return replace(node.source, id=identifier)

    def _note_call(self, node: Note) -> str:
        body = self._bodies.get(node.note)
        if body is not None and body.stream == APPARATUS:
            return self._entry_call(node, body)
        label = node.label or _UNSEEN_LABEL
        if self._in_link:
            return element("span", text(label), class_="s-call", id=node.source.id)
        call = element(
            "a",
            text(label),
            class_="s-call",
            id=node.source.id,
            role="doc-noteref",
            href=fragment(node.note),
            aria_label=f"{self.words['note']} {node.label}".strip(),
        )
        return call + self._beside(body, label)

    def _entry_call(self, node: Note, body: NoteBody) -> str:
        """The call of an entry of the apparatus: a sign of the style, so that it is not in copied text."""
        if self._in_link:
            return f"<span{attributes(id=node.source.id)}></span>"
        told = f"{self.words['apparatus']} {body.label}".strip()
        own = attributes(class_="s-app", id=node.source.id, role="doc-noteref", href=fragment(node.note), aria_label=told)
        return f"<a{own}></a>{self._beside(body, body.label)}"

    def _beside(self, note: NoteBody | None, label: str) -> str:
        if note is None or not self._beside_allowed or note.source.id in self._beside_made:
            return ""
        self._beside_made.add(note.source.id)
        copy = Copy(self)
        content = copy.line(note.content)
        mark = element("span", text(label), class_="s-label") if label else ""
        is_entry = note.stream == APPARATUS
        names = classes("s-beside", "s-entry" if is_entry else "" if note.label else "s-unnumbered")
        own = identity("", note.source.language, self.both_ways, class_=names, aria_hidden="true")
        return f"<span{own}>{mark} {content}</span>"

    def _break(self, node: Break) -> str:
        match node.kind.removesuffix("-joined"):
            case "line":
                return "<br>"
            case "page" | "column" if node.label:
                label = f"{self.words['page']} {node.label}"
                kind = f"s-break-{node.kind.removesuffix('-joined')}"
                identity = {"class_": kind, "id": node.source.id, "data_n": node.label}
                return element("span", "", **identity, role="separator", aria_label=label)
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
        look = self.gathered.look(source.look)
        names = classes(source.element, *more, source.type and f"type-{source.type}", *source.classes, look)
        return identity(source.id, source.language, self.both_ways, class_=names, title=source.title)


class Copy(Body):
    """Writes the copy of a note that stands beside its call: the same words, without ids, links and notes beside it."""

    def __init__(self, original: Body) -> None:
        super().__init__(original.tree, original.words, original.known, original._bodies, both_ways=original.both_ways)
        self._in_link = True
        self._beside_allowed = False

    def _identity(self, source: Source, *more: str) -> str:
        return super()._identity(replace(source, id=""), *more)

    def _corrected(self, node: Alternate) -> Source:
        return node.source

    def _mention(self, target: str) -> None:
        """It has been counted where the note stands."""

    def _note_call(self, node: Note) -> str:
        body = self._bodies.get(node.note)
        is_entry = body is not None and body.stream == APPARATUS
        return "" if is_entry else element("sup", text(node.label or _UNSEEN_LABEL))

    def _break(self, node: Break) -> str:
        return "<br>" if node.kind.startswith("line") else ""
