"""TEI's own names: namespaces, attributes, and the groups of elements that several rooms ask for.

The groups follow the classes of TEI P5 (model.quoteLike, model.global.edit ...); an element is named here by its local
name, since everything below works on elements already known to be in the TEI namespace.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from siglum.text.tei_elements import with_property

Element = etree._Element

TEI_NS = "http://www.tei-c.org/ns/1.0"
XML_NS = "http://www.w3.org/XML/1998/namespace"
XI_NS = "http://www.w3.org/2001/XInclude"
TEI = f"{{{TEI_NS}}}"
XML_ID = f"{{{XML_NS}}}id"
XML_LANG = f"{{{XML_NS}}}lang"
XML_BASE = f"{{{XML_NS}}}base"
XML_SPACE = f"{{{XML_NS}}}space"
WHITE = " \t\r\n"
"""XML's white space; a no-break space is a character of the text."""

QUOTATIONS = with_property("quotation")
BLOCKS = with_property("block")

STRUCTURE = with_property("structure")

_TITLE_LINES = frozenset({"byline", "docImprint", "imprimatur", "titlePart", "p"})
_IN_TITLE_LINES = frozenset({"docAuthor", "docDate", "docEdition"})
"""Parts of a title page that stand in a line of it, where there is one around them."""

DIVISIONS = with_property("division")
SECTIONS = with_property("section")
BREAKS = with_property("break")
HOLDERS = with_property("holder")


_RUN_ON = frozenset({"inline", "run-in", "runon", "run-on"})


def is_run_on(element: Element) -> bool:
    """Whether a list, or the list of an item or a label, stands in its line: “(a) one, (b) two”."""
    parent = element.getparent()
    whole = element if name(element) == "list" or parent is None else parent
    return name(whole) == "list" and not _RUN_ON.isdisjoint((*tokens(whole, "type"), *tokens(whole, "rend")))


def is_block(element: Element) -> bool:
    """Whether the element breaks the line: by its name, or because it stands among blocks."""
    kind = name(element)
    parent = element.getparent()
    if kind in _IN_TITLE_LINES and parent is not None and name(parent) in _TITLE_LINES:
        return False
    if kind in {"list", "item"} and is_run_on(element):
        return kind == "list" and parent is not None and name(parent) in STRUCTURE
    if kind == "cit" and parent is not None:
        return name(parent) in STRUCTURE
    if parent is not None and name(parent) == "cit" and kind not in BLOCKS:
        return is_block(parent)
    if kind in BLOCKS:
        return True
    return parent is not None and name(parent) in STRUCTURE and kind not in MILESTONES


NAMES = with_property("name")
_ENTRIES = with_property("entry")
_IN_ENTRIES = frozenset(
    """analytic monogr imprint series birth death residence location affiliation education occupation""".split()
)
_LISTS_OF_ENTRIES = with_property("entry-list")


def is_entry(element: Element) -> bool:
    """Whether the element is a record of a list of persons, places, organisations, events or books."""
    parent = element.getparent()
    return name(element) in _ENTRIES and parent is not None and name(parent) in _LISTS_OF_ENTRIES


LEXICAL = with_property("lexical")


def is_record(element: Element) -> bool:
    """Whether the element is a record or a part of one and consists of parts, without words of its own between them."""
    at: Element | None = element
    if name(element) in LEXICAL:
        return _has_parts_only(element)
    while at is not None and name(at) in _IN_ENTRIES | NAMES:
        at = at.getparent()
    if at is None or not (is_entry(at) or name(at) == "biblStruct"):
        return False
    return _has_parts_only(element)


def _has_parts_only(element: Element) -> bool:
    words = [element.text, *(each.tail for each in element)]
    return len(element) > 1 and not any(each and each.strip(WHITE) for each in words)


MILESTONES = with_property("point")


class _LocalNames(dict[object, str]):
    """The local names of all tags met so far: they are asked for everywhere, and are few."""

    def __missing__(self, tag: object) -> str:
        self[tag] = local = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        return local


_LOCAL = _LocalNames()


def name(element: Element) -> str:
    """The local name, whatever the namespace; comments and processing instructions have the empty name."""
    return _LOCAL[element.tag]


def attribute(element: Element, key: str) -> str:
    """The attribute's value without white space around it; the empty string where there is none."""
    return (element.get(key) or "").strip(WHITE)


def tokens(element: Element, key: str) -> list[str]:
    """The values of an attribute that holds several, separated by white space."""
    return (element.get(key) or "").split()


def elements(root: Element, *names: str) -> Iterator[Element]:
    """The TEI elements with one of these names at or below `root`, in document order."""
    return root.iter(*(TEI + each for each in names))


def child(element: Element | None, *path: str) -> Element | None:
    """The first TEI element at the end of a path of child names."""
    for step in path:
        element = element.find(TEI + step) if element is not None else None
    return element


def is_filled(element: Element) -> bool:
    """Whether anything but white space stands in the element: of one that TEI wants empty."""
    return len(element) > 0 or bool((element.text or "").strip())


def squeeze(text: str) -> str:
    """White space collapsed to single spaces and taken off the ends (no-break spaces are left alone)."""
    if "\n" not in text and "  " not in text and "\t" not in text and "\r" not in text:  # most of what is short
        return text.strip(" ")
    return " ".join(part for part in text.replace("\n", " ").replace("\t", " ").replace("\r", " ").split(" ") if part)


def language(element: Element) -> str:
    """The `xml:lang` in force (BCP 47), the empty string where none is declared."""
    at: Element | None = element
    while at is not None:
        value = at.get(XML_LANG)
        if value is not None:
            return value.strip(WHITE)
        at = at.getparent()
    return ""
