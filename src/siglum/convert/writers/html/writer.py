"""The page around the text: head, title block, contents and notes. `after` writes the lists that follow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from siglum.convert.manuscript import Fact
from siglum.convert.reading.tree import Node, NoteBody, Source, Text, Tree, plain, walk
from siglum.convert.writers.fragment import AFTER, PAGE_LEVEL, Shape
from siglum.convert.writers.html.after import After
from siglum.convert.writers.html.body import Body
from siglum.convert.writers.html.labels import read_labels, render_label
from siglum.convert.writers.html.markup import attributes, element, isolate, join, text, value
from siglum.convert.writers.html.page import Page
from siglum.convert.writers.html.rules import render_rules
from siglum.convert.writers.html.theme import Theme, build_style_elements, fill, find_slots
from siglum.convert.writers.links import Links
from siglum.text import language as languages
from siglum.text.notes import APPARATUS
from siglum.version import __version__

_SHORT_CONTENTS = 12
_STREAMS = {"main": "notes", "editorial": "editorial notes", "": "unnumbered notes", "apparatus": "apparatus"}


def write(tree: Tree, page: Page, theme: Theme | None = None, shape: Shape | None = None, links: Links | None = None) -> str:
    """Write the page as HTML5, or the fragment. `links` knows the ids in other files."""
    return _Writer(tree, page, theme or Theme(), shape or Shape(), links or Links()).render()


class _Writer:
    def __init__(self, tree: Tree, page: Page, theme: Theme, shape: Shape, links: Links) -> None:
        self.tree = tree
        self.page = page
        self.theme = theme
        self.shape = shape
        self.is_catalogue = not plain(tree.content).strip()  # without a text, the description takes its place
        self.language = languages.normalize_tag(tree.language)
        self.labels = read_labels(tree.language)
        sources = list(self._sources())
        self.used = frozenset(name for source in sources for name in source.classes)
        self.in_text = frozenset(source.id for source in sources if source.id)
        known = self.in_text | {record.id for record in page.records if self._has("names")}
        links = replace(links, here=links.here | known)
        spoken = {self.language, *map(languages.normalize_tag, {source.language for source in sources})}
        both_ways = any(languages.text_direction(language) == "rtl" for language in spoken)
        self.body = Body(tree, self.labels, links, both_ways=both_ways, shape=shape)

    def _has(self, part: str) -> bool:
        """Whether the page has a part, so that links can lead into it."""
        return part in (self.shape.parts if self.shape.is_fragment else find_slots(self.theme))

    def _sources(self) -> Iterator[Source]:
        """The sources of all nodes on the page."""
        yield from _of(self.tree.content)
        for note in self.tree.notes:
            yield note.source
            yield from _of((*note.heading, *note.content))
        for _, nodes in self.page.principles if self._has("about") else ():
            yield from _of(nodes)
        for fact in self.page.description if self._has("description") or self.is_catalogue else ():
            yield from _sources_of_fact(fact)

    def render(self) -> str:
        """Write the page or the fragment. The text comes first, because it fills the index for the lists."""
        self.anchor = self.body.ids.make_unique("siglum-text")
        main = self.body.text()
        self.body.index.begin(self.shape.level)
        notes = self._notes()
        after = After(self.body, self.page, self.in_text)
        description = after.description()
        slots = {
            "masthead": self._masthead(),
            "contents": self._contents(),
            "text": join([main, description]) if self.is_catalogue else main,
            "notes": notes,
            "description": "" if self.is_catalogue else description,
            "corrections": after.corrections(),
            "names": after.register(),
            "cite": after.cite(),
            "about": after.about(),
        }
        return self._fragment(slots) if self.shape.is_fragment else fill(self.theme, slots | self._around())

    def _around(self) -> dict[str, str]:
        """The slots of a page that a fragment does not have."""
        ids = self.body.ids
        return {
            "language": self._language(),
            "anchor": value(ids.write(self.anchor)),
            "title": text(self._title()),
            "head": self._head(),
            "skip": element("a", self._label("skip"), class_="s-skip", href=ids.link_to(self.anchor)),
        }

    def _fragment(self, slots: Mapping[str, str]) -> str:
        """Write the text, its notes and the requested parts as an `article`."""
        asked = {part: slots[part] for part in slots if part in self.shape.parts}
        views = self._views() if "views" in self.shape.parts and "masthead" not in asked else ""
        identifier = self.body.ids.write(self.anchor)
        main = element("div", f"\n{slots['text']}\n", class_="s-text", id=identifier)
        after = join(asked.get(part, "") for part in AFTER)
        footer = element("footer", f"\n{after}\n", class_="s-after") if after else ""
        content = join([asked.get("masthead", ""), views, asked.get("contents", ""), main, slots["notes"], footer])
        own = attributes(class_="siglum", lang=self.language or "und", dir=languages.text_direction(self.language))
        return f"<article{own}>\n{content}\n</article>\n"

    def _language(self) -> str:
        direction = languages.text_direction(self.language)
        return attributes(lang=self.language or "und", dir=direction if direction == "rtl" else None)

    def _label(self, key: str) -> str:
        return render_label(self.labels, key)

    def _landmark(self, key: str) -> str:
        """The accessible name of a part. In a fragment it has the title, since other fragments have such parts too."""
        return f"{self.labels[key]} – {self.page.title}" if self.shape.is_fragment and self.page.title else self.labels[key]

    def _title(self) -> str:
        page = self.page
        return (page.title or self.labels["untitled"]) + (f" – {', '.join(page.authors)}" if page.authors else "")

    def _head(self) -> str:
        lines = [
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            element("title", text(self._title())),
            f'<meta name="generator" content="siglum {__version__}">',
            *(f"<meta{attributes(name=name, content=value)}>" for name, value in self.page.meta if value),
            self._json_ld(),
            build_style_elements(self.theme, join([render_rules(self.page.rules, self.used), self.body.index.rules()])),
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
            f"{self._label(label)}: {isolate(value)}" if self.labels.get(label, "") else f"{text(label)}: {isolate(value)}"
            for label, value in (*page.facts, ("show", self.labels["diplomatic"] if page.is_diplomatic else ""))
            if value
        )
        parts = [
            element("p", text(", ".join(page.authors)), class_="s-author") if page.authors else "",
            element(f"h{self.shape.below(-1)}", text(page.title) or self._label("untitled")),
            element("p", text(page.within), class_="s-within") if page.within else "",
            element("p", facts, class_="s-facts") if facts else "",
            self._views(),
        ]
        return element("header", f"\n{join(parts)}\n", class_="s-masthead")

    def _views(self) -> str:
        """Write the switch between corrected text and transcript, if they differ."""
        if not self.body.index.has_choices:
            return ""
        name = self.body.ids.write("siglum-view")
        options = "".join(
            f'\n<label><input type="radio"{attributes(name=name)} class="s-view-{key}"{" checked" if key == "reading" else ""}>'
            f"{self._label(key)}</label>"
            for key in ("reading", "source", "both")
        )
        return f'<fieldset class="s-views">\n<legend>{self._label("show")}</legend>{options}\n</fieldset>'

    def _contents(self) -> str:
        headings = self.body.index.headings
        if len(headings) < 2:
            return ""
        items = "\n".join(
            element("li", element("a", text(label) or "…", href=self.body.ids.link_to(identifier)), class_=self._step(level))
            for level, identifier, label in headings
        )
        is_open = " open" if len(headings) <= _SHORT_CONTENTS else ""
        details = f"<details{is_open}>\n{element('summary', self._label('contents'))}\n<ol>\n{items}\n</ol>\n</details>"
        return element("nav", f"\n{details}\n", class_="s-contents", aria_label=self._landmark("contents"))

    def _step(self, level: int) -> str:
        """The class of an entry in the contents: `s-l2` for the outermost headings, whatever their level."""
        return f"s-l{level - self.shape.level + PAGE_LEVEL}"

    def _notes(self) -> str:
        if not self.tree.notes:
            return ""
        sections = [part for stream, notes in groupby(self.tree.notes, _stream) for part in self._stream(stream, list(notes))]
        content = f"\n{join(sections)}\n"
        return element("section", content, class_="s-endnotes", role="doc-endnotes", aria_label=self._landmark("notes"))

    def _stream(self, stream: str, notes: Sequence[NoteBody]) -> Iterator[str]:
        """Write the notes of a stream below the heading in the source, or else below a heading of the page."""
        title, level = _STREAMS.get(stream, ""), self.shape.level
        wanted = f"siglum-{re.sub(r'[^a-z0-9]+', '-', (title or stream).lower())}"
        identifier = self.body.ids.write(self.body.ids.make_unique(wanted))
        for run in _split_at_headings(notes):
            heading = self.body.heading_of_notes(run[0]) or (self._label(title) if title else text(stream))
            parts = self._parts(run, min(level + 1, 6))
            yield join([element(f"h{level}", heading, id=identifier), *parts])
            identifier = ""

    def _parts(self, notes: Sequence[NoteBody], level: int) -> Iterator[str]:
        """Write one list for each part of the text in which labels restart, below the name of the part."""
        for (division, page), part in groupby(notes, lambda note: (note.division, note.page)):
            called = text(division) or (f"{self._label('page')} {text(page)}" if page else "")
            items = "\n".join(map(self.body.note, part))
            of = attributes(class_="s-entries" if notes[0].stream == APPARATUS else None)
            yield join([element(f"h{level}", called) if called else "", f"<ol{of}>\n{items}\n</ol>"])


def _stream(note: NoteBody) -> str:
    return note.stream


def _split_at_headings(notes: Sequence[NoteBody]) -> list[list[NoteBody]]:
    """Split notes into runs that begin with a note that has a heading."""
    runs: list[list[NoteBody]] = []
    for note in notes:
        if note.heading or not runs:
            runs.append([])
        runs[-1].append(note)
    return runs


def _of(nodes: Iterable[Node]) -> Iterator[Source]:
    return (node.source for node in walk(nodes) if not isinstance(node, Text))


def _sources_of_fact(fact: Fact) -> Iterator[Source]:
    yield from _of(fact.content)
    for part in fact.parts:
        yield from _sources_of_fact(part)


def find_ids(nodes: Iterable[Node]) -> Iterator[str]:
    """Find every id among the nodes."""
    return (source.id for source in _of(nodes) if source.id)
