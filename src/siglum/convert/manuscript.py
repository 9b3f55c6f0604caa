"""Turn the header's `msDesc` into a tree of named facts (TEI P5, chapter 11).

The facts keep the order of the description, and every word of it is in one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.convert.reading import Builder
from siglum.convert.reading.passes import complete_nodes
from siglum.convert.reading.tree import Break, Node, Source, Text, is_phrase, plain
from siglum.text.frozen import frozen
from siglum.text.tei import Element, attribute, child, elements, name, squeeze


@frozen
class Fact:
    """One fact: a key of the page's labels (may be empty), its content (may be empty), its parts, and `@n`."""

    about: str
    content: tuple[Node, ...]
    parts: tuple[Fact, ...] = ()
    number: str = ""


GROUPS = {
    "msContents": "ms contents",
    "physDesc": "physical",
    "history": "history",
    "additional": "additional",
    "msPart": "part",
    "msFrag": "part",
}
"""Parts with a heading of their own; all other facts come first."""

_LABELS = {
    "msIdentifier": "identifier",
    "altIdentifier": "identifier",
    "summary": "summary",
    "textLang": "text language",
    "rubric": "rubric",
    "incipit": "incipit",
    "explicit": "explicit",
    "finalRubric": "final rubric",
    "colophon": "colophon",
    "filiation": "filiation",
    "support": "support",
    "extent": "extent",
    "foliation": "foliation",
    "collation": "collation",
    "condition": "condition",
    "layoutDesc": "layout",
    "handDesc": "hands",
    "musicNotation": "music",
    "decoDesc": "decoration",
    "additions": "additions",
    "bindingDesc": "binding",
    "sealDesc": "seal",
    "accMat": "accompanying",
    "origin": "origin",
    "provenance": "provenance",
    "acquisition": "acquisition",
    "recordHist": "record",
    "availability": "availability",
    "surrogates": "surrogates",
    "listBibl": "bibliography",
    **GROUPS,
}
_LISTED = frozenset({"msItem", "msItemStruct"})
"""Facts without a label: the works in a manuscript."""
_GROUPING = frozenset({"objectDesc", "supportDesc", "adminInfo"})
"""Elements that only group others."""
_LIST_OF = frozenset({"msIdentifier", "altIdentifier", "origPlace", "country", "region", "settlement"})
"""Elements whose parts are separated by commas; in others by spaces."""
_ON_LINES = frozenset({"layout", "handNote", "decoNote", "binding", "seal", "note", "bibl"})
"""Elements that begin a new line."""
_DIMENSIONS = ("height", "width", "depth")


def describe_manuscripts(builder: Builder, root: Element) -> tuple[Fact, ...]:
    """Build one fact for each `msDesc` of the header; those without words are left out."""
    header = child(root, "teiHeader")
    descriptions = elements(header, "msDesc") if header is not None else ()
    return tuple(fact for description in descriptions if _has_words(fact := _build_fact(builder, description, "description")))


def _has_words(fact: Fact) -> bool:
    return bool(plain(fact.content).strip()) or any(map(_has_words, fact.parts))


def _build_fact(builder: Builder, element: Element, about: str) -> Fact:
    parts = tuple(part for part in _build_parts(builder, element) if _has_words(part))
    content = complete_nodes(tuple(_words(builder, element)))
    if len(parts) == 1 and parts[0].about == about and not plain(content).strip():
        return parts[0]  # a msIdentifier of nothing but an altIdentifier
    return Fact(about, content, parts, attribute(element, "n"))


def _build_parts(builder: Builder, element: Element) -> Iterator[Fact]:
    for child_element in element:
        kind = name(child_element)
        if kind in _GROUPING:
            group = _build_fact(builder, child_element, "")
            yield from (Fact("", group.content), *group.parts)
        elif _is_part(child_element):
            yield _build_fact(builder, child_element, _LABELS.get(kind, ""))


def _is_part(element: Element) -> bool:
    kind, parent = name(element), element.getparent()
    if kind == "note":
        return parent is not None and name(parent) in _LISTED
    return kind in _LABELS or kind in _LISTED or kind in _GROUPING


def _words(builder: Builder, element: Element) -> Iterator[Node]:
    """Yield the content of an element without its parts, with separators between children if it has no text of its own."""
    is_mixed = any(text and text.strip() for text in (element.text, *(each.tail for each in element)))
    sign = "" if is_mixed else ", " if name(element) in _LIST_OF else " "
    has_begun = bool((element.text or "").strip())
    if is_mixed and element.text:
        yield Text(element.text)
    for each in element:
        nodes = tuple(_child(builder, each)) if isinstance(each.tag, str) and not _is_part(each) else ()
        has_words = bool(plain(nodes).strip())
        if has_begun and has_words:
            in_lines = name(each) in _ON_LINES and all(map(is_phrase, nodes))
            yield Break(Source(), "line", "") if in_lines else Text(sign)
        yield from nodes
        has_begun = has_begun or has_words
        if is_mixed and each.tail:
            yield Text(each.tail)


def _child(builder: Builder, element: Element) -> Iterator[Node]:
    match name(element):
        case "dimensions":
            yield Text(_format_dimensions(element))
        case "locus" if not _content(element):
            yield Text("–".join(dict.fromkeys(filter(None, (attribute(element, "from"), attribute(element, "to"))))))
        case kind if kind in _LIST_OF or kind in _ON_LINES:
            yield from _words(builder, element)
        case _:
            yield from builder.element(element)


def _format_dimensions(element: Element) -> str:
    """Format height, width and depth with their unit: “220 × 150 mm”."""
    measures = [each for each in element if name(each) in _DIMENSIONS and _content(each)]
    if not measures:
        return _content(element)
    units = [attribute(each, "unit") for each in (*measures, element)]
    unit = next((f" {each}" for each in units if each), "")
    others = [_content(each) for each in element if name(each) not in (*_DIMENSIONS, "") and _content(each)]
    return " ".join([" × ".join(map(_content, measures)) + unit, *others])


def _content(element: Element) -> str:
    return squeeze("".join(map(str, element.itertext())))
