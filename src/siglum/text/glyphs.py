"""Non-standard characters and glyphs (TEI P5, chapter 5): the letters that an empty `g` stands for.

The `mapping`s in the header's `charDecl` give the letters. The reading view prefers normalised letters, the diplomatic view
those nearest to the source. A glyph without a mapping is shown by its name: “cross”, “rota”.
"""

from __future__ import annotations

import re

from siglum.text.element_index import ElementIndex
from siglum.text.tei import TEI, XML_ID, Element, attribute, elements, name, squeeze
from siglum.text.views import View

_NORMALISED = ("normalized", "normalised", "modern", "expanded", "simplified", "standard", "unicode", "")
_DIPLOMATIC = ("diplomatic", "precomposed", "composed", "unicode", "standard", "")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Glyphs:
    """The `glyph` and `char` records of a document, by `xml:id`."""

    def __init__(self, index: ElementIndex) -> None:
        self._records = {record.get(XML_ID, ""): record for record in index.named("glyph", "char")}

    def letters(self, g: Element, view: View) -> str:
        """Return the letters of an empty `g` in this view; the empty string if no mapping gives any."""
        record = self._record(g)
        if record is None:
            return ""
        given = {attribute(mapping, "type").lower(): _words(mapping) for mapping in elements(record, "mapping")}
        given = {kind: words for kind, words in given.items() if words and not _PRIVATE.fullmatch(words)}
        preferred = _NORMALISED if view is View.READING else _DIPLOMATIC
        return next((given[kind] for kind in preferred if kind in given), next(iter(given.values()), ""))

    def name_glyph(self, g: Element) -> str:
        """Return the name of a glyph: `@type`, the name in its record, or the last part of `@ref`."""
        record = self._record(g)
        own = attribute(g, "type")
        return own or (_read_name(record) if record is not None else "") or _last_part(attribute(g, "ref"))

    def _record(self, g: Element) -> Element | None:
        return self._records.get(_last_part(attribute(g, "ref")))


def is_empty(g: Element) -> bool:
    """Return whether a `g` contains no letters."""
    return not squeeze("".join(map(str, g.itertext())))


def _last_part(reference: str) -> str:
    return re.split(r"[#:/]", reference)[-1]


def _read_name(record: Element) -> str:
    """Read the name of a record; before TEI P5 4.0 it was in `glyphName` or `charName`."""
    for prop in record.iter(*(TEI + kind for kind in ("glyphName", "charName", "localProp", "unicodeProp"))):
        if "Name" in name(prop):
            return _words(prop)
        if attribute(prop, "name").lower() in {"name", "entity"} and attribute(prop, "value"):
            return attribute(prop, "value")
    return ""


def _words(element: Element) -> str:
    return squeeze("".join(map(str, element.itertext())))
