"""Add elements with text on one line to a TEI tree."""

from __future__ import annotations

from lxml import etree

from siglum.convert.cite.line import one_line
from siglum.text.tei import TEI, Element


def add_text(holder: Element, name: str, words: str, **attributes: str) -> None:
    """Add an element if it has words."""
    if words:
        add(holder, name, words, **attributes)


def add(holder: Element, name: str, words: str = "", **attributes: str) -> Element:
    element = etree.SubElement(holder, TEI + name, {key: clean(value) for key, value in attributes.items()})
    if words:
        element.text = clean(words)
    return element


def clean(words: str) -> str:
    """Put text on one line, without characters that XML does not allow."""
    return one_line(words)
