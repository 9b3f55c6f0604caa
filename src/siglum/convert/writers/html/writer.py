"""The page around the text: head, title block, contents, notes; what stands after them is made in `after`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from siglum.convert import language as languages
from siglum.convert.manuscript import Fact
from siglum.convert.reading.tree import Node, NoteBody, Source, Text, Tree, plain, walk
from siglum.convert.writers.html.after import After
from siglum.convert.writers.html.body import Body
from siglum.convert.writers.html.furniture import said, words
from siglum.convert.writers.html.markup import attributes, element, fragment, join, text
from siglum.convert.writers.html.page import Page
from siglum.convert.writers.html.theme import Theme, fill, styles
from siglum.text.notes import APPARATUS
from siglum.version import __version__

_SHORT_CONTENTS = 12
_STREAMS = {"main": "notes", "editorial": "editorial notes", "": "unnumbered notes", "apparatus": "apparatus"}


def write(tree: Tree, page: Page, theme: Theme | None = None) -> str:
    """The whole page as HTML5."""
    return _Writer(tree, page).whole(theme or Theme())


class _Writer:
    def __init__(self, tree: Tree, page: Page) -> None:
        self.tree = tree
        self.page = page
        self.language = languages.tag(tree.language)
        self.words = words(tree.language)
        sources = list(_sources(tree, page))
        self.in_text = frozenset(source.id for source in sources if source.id)
        known = self.in_text | {each.id for each in page.records}
        spoken = {self.language, *(languages.tag(each) for each in {source.language for source in sources})}
        both_ways = any(languages.direction(each) == "rtl" for each in spoken)
        self.body = Body(tree, self.words, known, both_ways=both_ways)

    def whole(self, theme: Theme) -> str:
        """The template with all that is on the page; the text is written first, for the lists are gathered from it."""
        gathered = self.body.gathered
        self.anchor = gathered.unique("siglum-text")
        main = self.body.text()
        gathered.begin(2)
        notes = self._notes()
        after = After(self.body, self.page, self.in_text)
        description = after.description()
        is_catalogue = not plain(self.tree.content).strip()  # a description is all there is, so that it is the text
        return fill(
            theme,
            {
                "language": self._language(),
                "anchor": self.anchor,
                "title": text(self._title()),
                "head": self._head(theme),
                "skip": element("a", self._said("skip"), class_="s-skip", href=fragment(self.anchor)),
                "masthead": self._masthead(),
                "contents": self._contents(),
                "text": join([main, description]) if is_catalogue else main,
                "notes": notes,
                "description": "" if is_catalogue else description,
                "corrections": after.corrections(),
                "names": after.register(),
                "cite": after.cite(),
                "about": after.about(),
            },
        )

    def _language(self) -> str:
        direction = languages.direction(self.language)
        return attributes(lang=self.language or "und", dir=direction if direction == "rtl" else None)

    def _said(self, key: str) -> str:
        return said(self.words, key)

    def _title(self) -> str:
        page = self.page
        return (page.title or self.words["untitled"]) + (f" – {', '.join(page.authors)}" if page.authors else "")

    def _head(self, theme: Theme) -> str:
        lines = [
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            element("title", text(self._title())),
            f'<meta name="generator" content="siglum {__version__}">',
            *(f"<meta{attributes(name=name, content=value)}>" for name, value in self.page.meta if value),
            self._json_ld(),
            styles(theme, self.body.gathered.rules()),
        ]
        return join(lines)

    def _json_ld(self) -> str:
        if not self.page.json_ld:
            return ""
        content = json.dumps(self.page.json_ld, ensure_ascii=False, indent=1).replace("<", "\\u003c").replace("&", "\\u0026")
        return f'<script type="application/ld+json">\n{content}\n</script>'

    def _masthead(self) -> str:
        page = self.page
        facts = "<br>\n".join(
            f"{self._said(label)}: {text(value)}" if self.words.get(label, "") else f"{text(label)}: {text(value)}"
            for label, value in page.facts
            if value
        )
        parts = [
            element("p", text(", ".join(page.authors)), class_="s-author") if page.authors else "",
            element("h1", text(page.title) or self._said("untitled")),
            element("p", text(page.within), class_="s-within") if page.within else "",
            element("p", facts, class_="s-facts") if facts else "",
            self._views() if self.body.gathered.has_choices else "",
        ]
        return element("header", f"\n{join(parts)}\n", class_="s-masthead")

    def _views(self) -> str:
        options = "".join(
            f'\n<label><input type="radio" name="siglum-view" class="s-view-{key}"{" checked" if key == "reading" else ""}>'
            f"{self._said(key)}</label>"
            for key in ("reading", "source", "both")
        )
        return f'<fieldset class="s-views">\n<legend>{self._said("show")}</legend>{options}\n</fieldset>'

    def _contents(self) -> str:
        headings = self.body.gathered.headings
        if len(headings) < 2:
            return ""
        items = "\n".join(
            element("li", f"<a{attributes(href=fragment(identifier))}>{text(label) or '…'}</a>", class_=f"s-l{level}")
            for level, identifier, label in headings
        )
        is_open = " open" if len(headings) <= _SHORT_CONTENTS else ""
        details = f"<details{is_open}>\n{element('summary', self._said('contents'))}\n<ol>\n{items}\n</ol>\n</details>"
        return element("nav", f"\n{details}\n", class_="s-contents", aria_label=self.words["contents"])

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
        identifier: str | None = self.body.gathered.unique(f"siglum-{title.replace(' ', '-')}")
        for run in _begun_by_headings(notes):
            heading = self.body.heading_of_notes(run[0]) or self._said(title)
            items = "\n".join(map(self.body.note, run))
            of = attributes(class_="s-entries" if run[0].stream == APPARATUS else None)
            yield f"{element('h2', heading, id=identifier)}\n<ol{of}>\n{items}\n</ol>"
            identifier = None


def _begun_by_headings(notes: Sequence[NoteBody]) -> list[list[NoteBody]]:
    """The notes in runs, a new one at each that has a heading above it."""
    runs: list[list[NoteBody]] = []
    for note in notes:
        if note.heading or not runs:
            runs.append([])
        runs[-1].append(note)
    return runs


def _sources(tree: Tree, page: Page) -> Iterator[Source]:
    """Where each node on the page comes from."""
    yield from _of(tree.content)
    for note in tree.notes:
        yield note.source
        yield from _of((*note.heading, *note.content))
    for _, nodes in page.principles:
        yield from _of(nodes)
    for fact in page.description:
        yield from _of_fact(fact)


def _of(nodes: Iterable[Node]) -> Iterator[Source]:
    return (node.source for node in walk(nodes) if not isinstance(node, Text))


def _of_fact(fact: Fact) -> Iterator[Source]:
    yield from _of(fact.content)
    for part in fact.parts:
        yield from _of_fact(part)


def identifiers(nodes: Iterable[Node]) -> Iterator[str]:
    """Every id in a reading tree."""
    return (source.id for source in _of(nodes) if source.id)
