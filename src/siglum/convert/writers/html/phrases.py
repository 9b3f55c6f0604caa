"""The phrases of the reading tree as HTML: one clause for each kind of node that stands in a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from siglum.convert.reading.roles import Role
from siglum.convert.reading.tree import (
    Alternate,
    Anchor,
    Break,
    Graphic,
    Inline,
    Link,
    Node,
    Note,
    NoteBody,
    Source,
    Text,
    plain,
)
from siglum.convert.writers.html.markup import address, attributes, classes, element, text
from siglum.convert.writers.html.page_index import Correction
from siglum.convert.writers.html.runs import contents_of
from siglum.convert.writers.html.setting import Setting
from siglum.text.editorial_signs import UNDERDOT
from siglum.text.notes import APPARATUS

_STYLES = {"italic": "i", "bold": "b", "sup": "sup", "sub": "sub", "underline": "u", "strike": "s"}
_TAGS = {Role.QUOTATION: "q", Role.DATE: "span", Role.ABBREVIATION: "abbr", Role.CODE: "code"}
_AROUND = (("[", "]"), ("⟨", "⟩"), ("(", ")"))
"""Pairs of editorial signs around letters."""
UNSEEN_LABEL = "°"
_SIGNED = frozenset({Role.SUPPLIED, Role.UNCLEAR})
"""The style sheet adds signs to these roles, so their elements always keep their class."""
_EXPLAINED = frozenset({Role.GAP, *_SIGNED})
"""Roles whose title is a tooltip and an entry in the list of signs."""


class Phrases:
    """Writes phrases. `bodies` are the notes by their ids; while `beside` is false, no note is copied beside its call."""

    def __init__(self, setting: Setting, bodies: Mapping[str, NoteBody]) -> None:
        self.setting = setting
        self.beside = True
        self._bodies = bodies
        self._notes_beside: set[str] = set()
        self._in_link = False

    def line(self, nodes: tuple[Node, ...]) -> str:
        """Write nodes as phrases, blocks too."""
        return "".join([text(node.text) if type(node) is Text else self.phrase(node) for node in nodes])

    def phrase(self, node: Node) -> str:
        """Write one phrase: one clause for each kind of node."""
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
                return self.as_phrase(node)

    def as_phrase(self, node: Node) -> str:
        """Write a block where HTML allows only phrases, as a `span` that is displayed as a block."""
        return element("span", self.line(contents_of(node)), class_="s-as-block")

    def _identity(self, source: Source, *more: str) -> str:
        return self.setting.identity(source, *more)

    def _tag(self, tag: str, source: Source, content: str, *more: str) -> str:
        return f"<{tag}{self._identity(source, *more)}>{content}</{tag}>"

    def _inline(self, node: Inline) -> str:
        source = node.source
        if source.title and source.role in _EXPLAINED:
            self._sign(node)
        tag = _TAGS.get(source.role, "")
        content = self.line(node.content)
        for style in node.style:
            content = element(_STYLES[style], content) if style in _STYLES else element("span", content, class_=f"s-{style}")
        told = source.role in _SIGNED or source.id or source.language or source.title or source.classes or source.look
        if node.style and not tag and not told:
            return content
        return self._tag(tag or "span", source, content, "s-dotted" if _is_dotted(node) else "")

    def _sign(self, node: Inline) -> None:
        index = self.setting.index
        about = (str(node.source.role), node.source.title)
        index.signs[about] += 1
        index.shown.setdefault(about, _example_of_sign(node))

    def _link(self, node: Link) -> str:
        """Write a link. Only its content is written inside another link, or if the target is unknown or unsafe."""
        inside = node.target.removeprefix("#") if node.target.startswith("#") else ""
        if inside:
            self._mention(inside)
        if self._in_link:
            return self.line(node.content)
        ids = self.setting.ids
        target = address(node.target) if not inside else ids.link_to(inside) if ids.is_known(inside) else None
        if target is None or node.target == "#":
            return self._tag("span", node.source, self.line(node.content))
        self._in_link = True
        content = self.line(node.content)
        self._in_link = False
        return f"<a{self._identity(node.source)}{attributes(href=target)}>{content}</a>"

    def _mention(self, identifier: str) -> None:
        """Index the mention of a record."""
        self.setting.index.mention(identifier)

    # Choices

    def _alternate(self, node: Alternate) -> str:
        self.setting.index.has_choices = True
        labels = self.setting.labels
        read, other = map(self.setting.named, node.kinds)
        about = f" ({node.about})" if node.about else ""
        told = f"{labels['corrected from']}: {plain(node.alternate).strip()}{about}"
        shown = f"{labels['reads']}: {plain(node.default).strip()}{about}"
        default, alternate = self.line(node.default), self.line(node.alternate)
        source = self._corrected(node) if set(node.kinds) == {"corr", "sic"} else node.source
        sides = element("span", default, class_=classes("s-read", read), title=told)
        sides += f"<span{attributes(class_=classes('s-other', other), title=shown)}{self._hidden}>{alternate}</span>"
        return self._tag("span", source, sides, "s-choice")

    @property
    def _hidden(self) -> str:
        """The attribute that hides, in a page without the style sheet, content that only the style sheet can show."""
        return " hidden" if self.setting.shape.is_fragment else ""

    def _corrected(self, node: Alternate) -> Source:
        """Add the correction to the list, and return the source with the id that the list links to."""
        index = self.setting.index
        sides = Copy(self).line(node.default), Copy(self).line(node.alternate)
        if node.kinds[0] == "sic":
            sides = sides[::-1]
        identifier = node.source.id or self.setting.ids.make_unique(f"correction-{len(index.corrections) + 1}")
        index.corrections.append(Correction(identifier, index.place, *sides, node.about))
        return replace(node.source, id=identifier)

    # Notes

    def _is_entry(self, node: Note) -> bool:
        body = self._bodies.get(node.note)
        return body is not None and body.stream == APPARATUS

    def _note_call(self, node: Note) -> str:
        if self._is_entry(node):
            return self._entry_call(node)
        label = node.label or UNSEEN_LABEL
        identifier = self.setting.ids.write(node.source.id)
        if self._in_link:
            return element("span", text(label), class_="s-call", id=identifier)
        call = element(
            "a",
            text(label),
            class_="s-call",
            id=identifier,
            role="doc-noteref",
            href=self.setting.ids.link_to(node.note),
            aria_label=f"{self.setting.labels['note']} {node.label}".strip(),
        )
        return call + self._beside(node, label)

    def _entry_call(self, node: Note) -> str:
        """Write the call of an apparatus entry. The style sheet shows its sign, so that copied text does not contain it."""
        identifier = self.setting.ids.write(node.source.id)
        if self._in_link:
            return f"<span{attributes(id=identifier)}></span>"
        label = self._bodies[node.note].label
        told = f"{self.setting.labels['apparatus']} {label}".strip()
        target = self.setting.ids.link_to(node.note)
        own = attributes(class_="s-app", id=identifier, role="doc-noteref", href=target, aria_label=told)
        return f"<a{own}></a>{self._beside(node, label)}"

    def _beside(self, node: Note, label: str) -> str:
        """Write the copy of a note that the style sheet shows beside its first call."""
        note = self._bodies.get(node.note)
        if note is None or not self.beside or node.note in self._notes_beside:
            return ""
        self._notes_beside.add(node.note)
        content = Copy(self).line(note.content)
        mark = element("span", text(label), class_="s-label") if label else ""
        kind = "s-entry" if note.stream == APPARATUS else "" if note.label else "s-unnumbered"
        own = attributes(class_=classes("s-beside", kind), aria_hidden="true")
        return f"<span{own}{self.setting.language(note.source)}{self._hidden}>{mark} {content}</span>"

    # Breaks and pictures

    def _break(self, node: Break) -> str:
        kind = node.kind.removesuffix("-joined")
        match kind:
            case "line":
                return "<br>" + self._line_number(node)
            case "page" | "column" if node.label:
                label = f"{self.setting.labels['page']} {node.label}"
                own = attributes(class_=f"s-break-{kind}", id=self.setting.ids.write(node.source.id), data_n=node.label)
                return f"<span{own}{attributes(role='separator', aria_label=label)}></span>"
            case _:
                return f"<span{self._identity(node.source)}></span>" if node.source.id else ""

    def _line_number(self, node: Break) -> str:
        """Write the number of a line, and its id. The style sheet shows every fifth number; copied text has none."""
        own = self._identity(replace(node.source, element=""))
        if not node.label:
            return f"<span{own}></span>" if own else ""
        step = "s-fifth" if node.label.isdecimal() and int(node.label) % 5 == 0 else ""
        own = self._identity(replace(node.source, element=""), "s-ln", step)
        return f"<span{own}{attributes(data_n=node.label)}></span>"

    def _graphic(self, node: Graphic) -> str:
        target = address(node.url)
        if target is None or target.startswith("mailto"):
            return text(node.description)
        return f"<span{self._identity(node.source, 's-picture')}>{self._picture_link(target, node)}</span>"

    def _picture_link(self, target: str, node: Graphic) -> str:
        """Link to the picture instead of embedding it, so that the page needs no network."""
        shown = text(node.description or node.url)
        return shown if self._in_link else f"<a{attributes(href=target)}>{shown}</a>"


def _example_of_sign(node: Inline) -> str:
    """The sign for the list of signs: the sign of a gap, or example letters between a pair of signs, “⟨abc⟩”."""
    words = plain(node.content).strip()
    sides = next((pair for pair in _AROUND if words.startswith(pair[0]) or words.endswith(pair[1])), ("", ""))
    inside = words.strip("".join(sides) or None) if node.source.role is Role.GAP else "abc"
    return f"{sides[0]}{inside.strip()}{sides[1]}"


def _is_dotted(node: Inline) -> bool:
    """Whether unclear letters have Leiden dots below them, so that the style sheet adds no sign."""
    return node.source.role is Role.UNCLEAR and UNDERDOT in plain(node.content)


class Copy(Phrases):
    """Writes the copy of a note beside its call: without ids, links and further copies."""

    def __init__(self, original: Phrases) -> None:
        super().__init__(original.setting, original._bodies)
        self._in_link = True

    def _identity(self, source: Source, *more: str) -> str:
        return super()._identity(replace(source, id="") if source.id else source, *more)

    def _corrected(self, node: Alternate) -> Source:
        return node.source

    def _mention(self, identifier: str) -> None:
        """Do nothing: the note itself has been counted."""

    def _sign(self, node: Inline) -> None:
        """Do nothing: the note itself has been counted."""

    def _note_call(self, node: Note) -> str:
        return "" if self._is_entry(node) else element("sup", text(node.label or UNSEEN_LABEL))

    def _break(self, node: Break) -> str:
        return "<br>" if node.kind.startswith("line") else ""
