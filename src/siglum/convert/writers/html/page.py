"""The page around the text: head, title block, contents, notes, names, citation, what the header says of the edition."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from siglum.convert.reading.tree import Node, NoteBody, Text, Tree, walk
from siglum.convert.writers.html.body import Body
from siglum.convert.writers.html.furniture import words
from siglum.convert.writers.html.markup import address, attributes, element, join, language, text
from siglum.text import store
from siglum.version import __version__


@dataclass(frozen=True, slots=True)
class Citation:
    """The reference to the edition in one format: what the format is called, the file it makes, and its content."""

    name: str
    filename: str
    media_type: str
    content: str


@dataclass(frozen=True, slots=True)
class Record:
    """A person, place, organisation or work of the register; `facts` are said of it in the header's words."""

    id: str
    kind: str
    label: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a page shows beside the text. Lines of `facts` and `about` are a label and words; empty ones are left out."""

    title: str
    authors: tuple[str, ...] = ()
    within: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    principles: tuple[tuple[str, tuple[Node, ...]], ...] = ()
    records: tuple[Record, ...] = ()
    reference: str = ""
    citations: tuple[Citation, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    json_ld: dict[str, object] = field(default_factory=dict)


_SHORT_CONTENTS = 12
_KINDS = ("person", "org", "place", "bibl")
_STREAMS = {"main": "notes", "editorial": "editorial notes", "": "unnumbered notes"}


def write(tree: Tree, page: Page) -> str:
    """The whole page as HTML5."""
    return _Writer(tree, page).whole()


class _Writer:
    def __init__(self, tree: Tree, page: Page) -> None:
        self.tree = tree
        self.page = page
        self.words = words(tree.language)
        known = {
            *identifiers(tree.content),
            *(each for note in tree.notes for each in identifiers((*note.heading, *note.content))),
        }
        known |= {note.source.id for note in tree.notes} | {each.id for each in page.records}
        self.body = Body(tree, self.words, frozenset(known))

    def whole(self) -> str:
        main = self.body.text()
        notes = self._notes()
        principles = [(title, self.body.blocks(nodes)) for title, nodes in self.page.principles]
        after = join([self._register(), self._cite(), self._about(principles)])
        content = join(
            [
                element("a", text(self.words["skip"]), class_="s-skip", href="#siglum-text"),
                self._masthead(main + notes),
                self._contents(),
                f'<main id="siglum-text">\n{main}\n</main>',
                notes,
                element("footer", f"\n{after}\n", class_="s-after") if after else "",
            ]
        )
        tag = attributes(lang=language(self.tree.language) or "und")
        return f"<!DOCTYPE html>\n<html{tag}>\n{self._head()}\n<body>\n{content}\n</body>\n</html>\n"

    def _head(self) -> str:
        page = self.page
        title = page.title or self.words["untitled"]
        lines = [
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            element("title", text(title + (f" – {', '.join(page.authors)}" if page.authors else ""))),
            f'<meta name="generator" content="siglum {__version__}">',
            *(f"<meta{attributes(name=name, content=value)}>" for name, value in page.meta if value),
            self._json_ld(),
            f"<style>\n{store.packaged('convert', 'writers', 'html', 'style.css').rstrip()}\n</style>",
        ]
        return f"<head>\n{join(lines)}\n</head>"

    def _json_ld(self) -> str:
        if not self.page.json_ld:
            return ""
        content = json.dumps(self.page.json_ld, ensure_ascii=False, indent=1).replace("<", "\\u003c").replace("&", "\\u0026")
        return f'<script type="application/ld+json">\n{content}\n</script>'

    def _masthead(self, written: str) -> str:
        page = self.page
        facts = "<br>\n".join(f"{text(label)}: {text(value)}" for label, value in self._labelled(page.facts))
        parts = [
            element("p", text(", ".join(page.authors)), class_="s-author") if page.authors else "",
            element("h1", text(page.title or self.words["untitled"])),
            element("p", text(page.within), class_="s-within") if page.within else "",
            element("p", facts, class_="s-facts") if facts else "",
            self._views() if 'class="choice s-choice' in written else "",
        ]
        return element("header", f"\n{join(parts)}\n", class_="s-masthead")

    def _views(self) -> str:
        options = "".join(
            f'\n<label><input type="radio" name="view" id="view-{key}"{" checked" if key == "reading" else ""}>'
            f"{text(self.words[key])}</label>"
            for key in ("reading", "source", "both")
        )
        return f'<fieldset class="s-views">\n<legend>{text(self.words["show"])}</legend>{options}\n</fieldset>'

    def _contents(self) -> str:
        headings = self.body.headings
        if len(headings) < 2:
            return ""
        items = "\n".join(
            element("li", f'<a href="#{identifier}">{text(label) or "…"}</a>', class_=f"s-l{level}")
            for level, identifier, label in headings
        )
        title = self.words["contents"]
        is_open = " open" if len(headings) <= _SHORT_CONTENTS else ""
        details = f"<details{is_open}>\n{element('summary', text(title))}\n<ol>\n{items}\n</ol>\n</details>"
        return element("nav", f"\n{details}\n", class_="s-contents", aria_label=title)

    def _notes(self) -> str:
        if not self.tree.notes:
            return ""
        sections: list[str] = []
        for stream, title in _STREAMS.items():
            notes = [note for note in self.tree.notes if note.stream == stream]
            if notes:
                sections += self._stream(notes, title)
        content = f"\n{join(sections)}\n"
        return element("section", content, class_="s-endnotes", role="doc-endnotes", aria_label=self.words["notes"])

    def _stream(self, notes: Sequence[NoteBody], title: str) -> Iterator[str]:
        """A list of notes below the encoder's heading, below ours where there is none."""
        identifier: str | None = f"siglum-{title.replace(' ', '-')}"
        for run in _begun_by_headings(notes):
            heading = self.body.heading_of_notes(run[0]) or text(self.words[title])
            items = "\n".join(map(self.body.note, run))
            yield f"{element('h2', heading, id=identifier)}\n<ol>\n{items}\n</ol>"
            identifier = None

    def _register(self) -> str:
        """Whom and what the text names, and where; a record that nothing points to is left to the TEI."""
        sections = []
        for kind in _KINDS:
            records = [each for each in self.page.records if each.kind == kind and each.id in self.body.mentions]
            if records:
                items = "\n".join(map(self._record, sorted(records, key=lambda each: each.label.casefold())))
                sections.append(f"{element('h3', text(self.words[kind]))}\n<ul>\n{items}\n</ul>")
        if not sections:
            return ""
        return f'<section class="s-register">\n{element("h2", text(self.words["names"]))}\n{join(sections)}\n</section>'

    def _record(self, record: Record) -> str:
        places = ", ".join(
            f'<a href="#{identifier}">{text(number)}</a>' for number, identifier in self.body.mentions.get(record.id, ())
        )
        said = element("span", " · ".join(map(text, record.facts)), class_="s-said") if record.facts else ""
        where = element("span", places, class_="s-where") if places else ""
        return element("li", " ".join(part for part in (text(record.label), said, where) if part), id=record.id)

    def _cite(self) -> str:
        page = self.page
        if not page.reference and not page.citations:
            return ""
        parts = [element("h2", text(self.words["cite"])), element("p", _linked(page.reference), id="siglum-reference")]
        parts += [self._citation(each) for each in page.citations]
        return f'<section class="s-cite" id="siglum-cite">\n{join(parts)}\n</section>'

    def _citation(self, citation: Citation) -> str:
        data = b64encode(citation.content.encode("utf-8")).decode("ascii")
        address_ = f"data:{citation.media_type};base64,{data}"
        link = element("a", text(citation.filename), href=address_, download=citation.filename)
        shown = element("pre", text(citation.content.rstrip()))
        saved = element("p", f"{text(self.words['download'])}: {link}")
        return element("details", join(["", element("summary", text(citation.name)), shown, saved]) + "\n")

    def _about(self, principles: Sequence[tuple[str, str]]) -> str:
        grouped: dict[str, list[str]] = {}
        for label, value in self._labelled(self.page.about):
            grouped.setdefault(label, []).append(element("dd", _linked(value)))
        facts = "\n".join(join([element("dt", text(label)), *values]) for label, values in grouped.items())
        if not facts and not principles:
            return ""
        shown = [element("dl", f"\n{facts}\n")] if facts else []
        shown += [
            f"<details>\n{element('summary', text(title))}\n<div>{content}</div>\n</details>" for title, content in principles
        ]
        heading = element("h2", text(self.words["about"]))
        return f'<section class="s-about">\n{join([heading, *shown])}\n</section>'

    def _labelled(self, lines: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        return ((self.words.get(label, label), value) for label, value in lines if value)


def _begun_by_headings(notes: Sequence[NoteBody]) -> list[list[NoteBody]]:
    """The notes in runs, a new one at each that has a heading above it."""
    runs: list[list[NoteBody]] = []
    for note in notes:
        if note.heading or not runs:
            runs.append([])
        runs[-1].append(note)
    return runs


def _linked(words: str) -> str:
    """Words in which an address that is safe to follow becomes a link."""
    parts = []
    for word in words.split(" "):
        bare = word.rstrip(".,;)")
        target = address(bare) if bare.startswith(("http://", "https://")) else None
        parts.append(f"<a{attributes(href=target)}>{text(bare)}</a>{text(word[len(bare) :])}" if target else text(word))
    return " ".join(parts)


def identifiers(nodes: Iterable[Node]) -> Iterator[str]:
    """Every id in a reading tree."""
    return (node.source.id for node in walk(nodes) if not isinstance(node, Text) and node.source.id)
