"""The index page of a build: every edition with links to its page, texts, citations and lists."""

from __future__ import annotations

from collections.abc import Sequence

from siglum.convert.writers.html.markup import attributes, element, join, text
from siglum.convert.writers.html.theme import Theme, build_style_elements
from siglum.text.frozen import frozen
from siglum.version import __version__


@frozen
class Entry:
    """One edition. `within` is the series or collection; `files` are pairs of link text and address."""

    title: str
    author: str
    within: str
    page: str
    files: tuple[tuple[str, str], ...]


def write(title: str, entries: Sequence[Entry]) -> str:
    """Write the index page."""
    items = "\n".join(f"<li>\n{_entry(entry)}\n</li>" for entry in entries)
    heading = text(title or "Editions")
    head = join(
        [
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            element("title", heading),
            f'<meta name="generator" content="siglum {__version__}">',
            build_style_elements(Theme()),
        ]
    )
    masthead = element("header", f"\n{element('h1', heading)}\n", class_="s-masthead")
    body = f'{masthead}\n<main>\n<ul class="s-editions">\n{items}\n</ul>\n</main>'
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def _entry(entry: Entry) -> str:
    links = " · ".join(f"<a{attributes(href=address)}>{text(words)}</a>" for words, address in entry.files)
    return join(
        [
            element("p", text(entry.author), class_="s-author") if entry.author else "",
            f'<p class="s-title"><a{attributes(href=entry.page)}>{text(entry.title)}</a></p>',
            element("p", text(entry.within), class_="s-within") if entry.within else "",
            element("p", links, class_="s-files"),
        ]
    )
