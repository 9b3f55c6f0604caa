"""Characters that Unicode may not have (TEI P5, 5): what an empty `g` reads as, from the `charDecl` of the header.

A `mapping` of the glyph or character gives the letters: the normalised ones in the reading text, those nearest to the source in
a print of the source. What has no letters is told by its name: “cross”, “rota”.
"""

from __future__ import annotations

import re

from siglum.text.tei import TEI, XML_ID, Element, attribute, elements, name, squeeze
from siglum.text.views import View

_NORMALISED = ("normalized", "normalised", "modern", "expanded", "simplified", "standard", "unicode", "")
_DIPLOMATIC = ("diplomatic", "precomposed", "composed", "unicode", "standard", "")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Glyphs:
    """What the `g`s of a document stand for."""

    def __init__(self, root: Element) -> None:
        self._records = {each.get(XML_ID, ""): each for each in elements(root, "glyph", "char")}

    def letters(self, g: Element, view: View) -> str:
        """The letters of an empty `g`; the empty string where none are known."""
        record = self._record(g)
        if record is None:
            return ""
        given = {attribute(each, "type").lower(): _words(each) for each in elements(record, "mapping")}
        given = {kind: words for kind, words in given.items() if words and not _PRIVATE.fullmatch(words)}
        preferred = _NORMALISED if view is View.READING else _DIPLOMATIC
        return next((given[kind] for kind in preferred if kind in given), next(iter(given.values()), ""))

    def called(self, g: Element) -> str:
        """The name of a glyph: its `@type`, the name in its record, or the last part of the reference to it."""
        record = self._record(g)
        own = attribute(g, "type")
        return own or (_named(record) if record is not None else "") or _last(attribute(g, "ref"))

    def _record(self, g: Element) -> Element | None:
        return self._records.get(_last(attribute(g, "ref")))


def is_empty(g: Element) -> bool:
    """Whether a `g` has no letters of its own."""
    return not squeeze("".join(map(str, g.itertext())))


def _last(reference: str) -> str:
    return re.split(r"[#:/]", reference)[-1]


def _named(record: Element) -> str:
    """The name in a record; before TEI P5 4.0 it stood in `glyphName` or `charName`."""
    for each in record.iter(*(TEI + kind for kind in ("glyphName", "charName", "localProp", "unicodeProp"))):
        if "Name" in name(each):
            return _words(each)
        if attribute(each, "name").lower() in {"name", "entity"} and attribute(each, "value"):
            return attribute(each, "value")
    return ""


def _words(element: Element) -> str:
    return squeeze("".join(map(str, element.itertext())))
