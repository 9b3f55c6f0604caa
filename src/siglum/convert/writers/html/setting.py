"""The settings that all writers of a page share, and the tags of TEI elements."""

from __future__ import annotations

from functools import lru_cache

from siglum.convert.reading.tree import Source
from siglum.convert.writers.fragment import Shape
from siglum.convert.writers.html.ids import Ids
from siglum.convert.writers.html.labels import Labels
from siglum.convert.writers.html.markup import attributes, classes, value
from siglum.convert.writers.html.page_index import PageIndex, filter_style
from siglum.text import language as languages
from siglum.text.frozen import frozen


@frozen
class Setting:
    """`both_ways`: some languages of the page run from right to left."""

    labels: Labels
    ids: Ids
    index: PageIndex
    shape: Shape
    both_ways: bool

    def tag(self, name: str, source: Source, content: str, *more: str) -> str:
        """Write the HTML element for a TEI element; `more` are further classes."""
        return f"<{name}{self.identity(source, *more)}>{content}</{name}>"

    def identity(self, source: Source, *more: str) -> str:
        """The attributes of an element: id, classes, style, title, and the language if the source sets one."""
        own = f' id="{value(self.ids.write(source.id))}"' if source.id else ""
        if source.look and not self.shape.is_fragment:
            more = (*more, self.index.look(source.look))
        own += _class(self.shape.tei, source.element, more, source.type, source.classes)
        if source.look and self.shape.is_fragment:  # the style sheet for fragments does not depend on the text
            own += attributes(style=filter_style(source.look))
        if source.title:
            own += attributes(title=source.title)
        return own + self.language(source) if source.language else own

    def language(self, source: Source) -> str:
        """`lang`, and `dir` if the page has both directions."""
        tag = languages.normalize_tag(source.language) if source.language else ""
        return attributes(lang=tag, dir=languages.text_direction(tag) if tag and self.both_ways else None)

    def named(self, element: str) -> str:
        """The class of a TEI element."""
        return self.shape.tei + element if element else ""


@lru_cache(maxsize=4096)
def _class(tei: str, element: str, more: tuple[str, ...], kind: str, given: tuple[str, ...]) -> str:
    names = classes(element and tei + element, *more, kind and f"{tei}type-{kind}", *given)
    return attributes(class_=names)
