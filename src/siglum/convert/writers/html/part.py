"""A passage as HTML for another page: the text, and below it the notes that are called in it."""

from __future__ import annotations

from dataclasses import replace

from siglum.convert.reading.tree import Tree
from siglum.convert.writers.html.body import Body
from siglum.convert.writers.html.labels import read_labels
from siglum.convert.writers.html.markup import attributes, element, join
from siglum.convert.writers.html.writer import find_ids
from siglum.convert.writers.links import Links
from siglum.text import language as languages


def write(tree: Tree, links: Links | None = None) -> str:
    """Write the passage, in one `div` with its language."""
    inside = frozenset(find_ids(tree.nodes))
    links = links or Links()
    known = replace(links, here=links.here | inside | {note.source.id for note in tree.notes})
    body = Body(tree, read_labels(tree.language), known)
    text = body.text()
    body.index.begin(2)
    items = "\n".join(map(body.note, tree.notes))
    notes = element("section", f"\n<ol>\n{items}\n</ol>\n", class_="s-endnotes", role="doc-endnotes") if items else ""
    tag = languages.normalize_tag(tree.language)
    direction = "rtl" if tag and languages.text_direction(tag) == "rtl" else None
    return f"<div{attributes(class_='s-passage', lang=tag or None, dir=direction)}>\n{join([text, notes])}\n</div>\n"
