"""Write a passage as a well-formed TEI fragment, with the attributes in force from the elements around it.

One whole element stands alone. Other passages, and those that call notes from elsewhere, stand in `TEI/dts:wrapper`
(Distributed Text Services 1.0, Document). Elements that are cut keep their tags and attributes.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import cast

from lxml import etree

from siglum.convert.cite.passage.extent import Extent
from siglum.convert.cite.passage.place import Passage
from siglum.text.edition import Edition
from siglum.text.tei import TEI, TEI_NS, XML_BASE, XML_LANG, XML_SPACE, Element

DTS = "https://w3id.org/dts/api#"
_NAMES = cast(dict[str, str], {None: TEI_NS, "dts": DTS})  # lxml takes None for the default namespace


def write(passage: Passage, edition: Edition) -> str:
    """Write the passage as a TEI fragment, its text as in the file."""
    extent = Extent(passage)
    parts = list(_list_content(extent.top, extent)) if extent.is_open else [_copy_covered(extent.top, extent)]
    notes = [deepcopy(note) for note in _find_outer_notes(extent, edition)]
    if len(parts) == 1 and not notes and passage.is_element:
        whole = parts[0]
        assert not isinstance(whole, str)
        _inherit_attributes(whole, extent.top.getparent())
    else:
        whole = etree.Element(TEI + "TEI", nsmap=_NAMES)
        wrapper = etree.SubElement(whole, f"{{{DTS}}}wrapper", ref=passage.reference)
        _inherit_attributes(wrapper, extent.top if extent.is_open else extent.top.getparent())
        _append(wrapper, [*parts, *notes])
    whole.tail = None
    etree.cleanup_namespaces(whole, keep_ns_prefixes=["dts"] if len(parts) != 1 or notes else [])
    return etree.tostring(whole, encoding="unicode") + "\n"


def _copy_covered(element: Element, extent: Extent) -> Element:
    """Copy the covered part of an element."""
    if not (extent.outside or extent.outside_text) or not any(_is_cut(inner, extent) for inner in element.iter()):
        copied = deepcopy(element)
        copied.tail = None
        return copied
    made = etree.Element(element.tag, nsmap=cast(dict[str, str], element.nsmap))
    for key, value in element.attrib.items():
        made.set(key, value)
    _append(made, list(_list_content(element, extent)))
    return made


def _is_cut(element: Element, extent: Extent) -> bool:
    return element in extent.outside or (element, False) in extent.outside_text or (element, True) in extent.outside_text


def _list_content(element: Element, extent: Extent) -> Iterator[Element | str]:
    """List the covered content of an element: texts and elements in turn."""
    if element.text and extent.speaks(element, tail=False):
        yield element.text
    for child in element:
        if extent.covers(child):
            yield _copy_covered(child, extent) if isinstance(child.tag, str) else _copy_comment(child)
        if child.tail and extent.speaks(child, tail=True):
            yield child.tail


def _copy_comment(comment: Element) -> Element:
    copied = deepcopy(comment)
    copied.tail = None
    return copied


def _append(parent: Element, parts: list[Element | str]) -> None:
    last: Element | None = None
    for part in parts:
        if not isinstance(part, str):
            parent.append(part)
            last = part
        elif last is None:
            parent.text = (parent.text or "") + part
        else:
            last.tail = (last.tail or "") + part


def _inherit_attributes(element: Element, around: Element | None) -> None:
    """Copy the language, base and white space in force to an element."""
    at = around
    while at is not None:
        for key in (XML_LANG, XML_SPACE, XML_BASE):
            if at.get(key) is not None and element.get(key) is None:
                element.set(key, at.get(key, ""))
        at = at.getparent()


def _find_outer_notes(extent: Extent, edition: Edition) -> Iterator[Element]:
    """Find the notes that the passage calls and that stand outside it."""
    inside = set(_iterate_covered(extent.top, extent))
    for note in edition.notes:
        if note.element not in inside and any(call in inside for call in note.calls):
            yield note.element


def _iterate_covered(element: Element, extent: Extent) -> Iterator[Element]:
    if extent.covers(element):
        yield element
        for child in element:
            yield from _iterate_covered(child, extent)
