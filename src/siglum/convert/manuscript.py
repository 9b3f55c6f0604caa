"""The description of a manuscript or another object in the header, as facts with names (TEI P5, chapter 11).

In comes `msDesc`, out come facts in its order: what each is about, its words, and the facts that are parts of it. Every
word of the description is in one of them.
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
    """One fact: a key of the page's words (or none), what is said (maybe nothing), its parts, its number in the source."""

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
"""Parts that get a heading; the rest of a description stands above them."""

_NAMED = {
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
"""Facts that need no name: the works in a manuscript, one after the other."""
_THROUGH = frozenset({"objectDesc", "supportDesc", "adminInfo"})
"""Elements that only hold others."""
_LIST_OF = frozenset({"msIdentifier", "altIdentifier", "origPlace", "country", "region", "settlement"})
"""Elements whose parts are told apart by a comma; elsewhere it is a space."""
_ON_LINES = frozenset({"layout", "handNote", "decoNote", "binding", "seal", "note", "bibl"})
"""Elements that begin a line."""
_DIMENSIONS = ("height", "width", "depth")


def described(builder: Builder, root: Element) -> tuple[Fact, ...]:
    """Every `msDesc` in the sources of a document, one fact each."""
    header = child(root, "teiHeader")
    found = (_fact(builder, each, "description") for each in elements(header, "msDesc")) if header is not None else ()
    return tuple(each for each in found if _says(each))


def _says(fact: Fact) -> bool:
    return bool(plain(fact.content).strip()) or any(map(_says, fact.parts))


def _fact(builder: Builder, element: Element, about: str) -> Fact:
    parts = tuple(each for each in _parts(builder, element) if _says(each))
    content = complete_nodes(tuple(_words(builder, element)))
    if len(parts) == 1 and parts[0].about == about and not plain(content).strip():
        return parts[0]  # a msIdentifier of nothing but an altIdentifier
    return Fact(about, content, parts, attribute(element, "n"))


def _parts(builder: Builder, element: Element) -> Iterator[Fact]:
    for each in element:
        kind = name(each)
        if kind in _THROUGH:
            through = _fact(builder, each, "")
            yield from (Fact("", through.content), *through.parts)
        elif _is_part(each):
            yield _fact(builder, each, _NAMED.get(kind, ""))


def _is_part(element: Element) -> bool:
    kind, parent = name(element), element.getparent()
    if kind == "note":
        return parent is not None and name(parent) in _LISTED
    return kind in _NAMED or kind in _LISTED or kind in _THROUGH


def _words(builder: Builder, element: Element) -> Iterator[Node]:
    """What is said in the element itself, without its parts; a sign between its children where the encoder has put none."""
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
            yield Text(_dimensions(element))
        case "locus" if not _content(element):
            yield Text("–".join(dict.fromkeys(filter(None, (attribute(element, "from"), attribute(element, "to"))))))
        case kind if kind in _LIST_OF or kind in _ON_LINES:
            yield from _words(builder, element)
        case _:
            yield from builder.element(element)


def _dimensions(element: Element) -> str:
    """Height, width and depth with the sign between them and the unit: “220 × 150 mm”."""
    measures = [each for each in element if name(each) in _DIMENSIONS and _content(each)]
    if not measures:
        return _content(element)
    units = [attribute(each, "unit") for each in (*measures, element)]
    unit = next((f" {each}" for each in units if each), "")
    others = [_content(each) for each in element if name(each) not in (*_DIMENSIONS, "") and _content(each)]
    return " ".join([" × ".join(map(_content, measures)) + unit, *others])


def _content(element: Element) -> str:
    return squeeze("".join(map(str, element.itertext())))
