"""Elements of the TEI that is written: made with words in one line, and left out where there is nothing to say."""

from __future__ import annotations

from lxml import etree

from siglum.convert.cite.line import one_line
from siglum.text.tei import TEI, Element


def add_text(holder: Element, name: str, words: str, **attributes: str) -> None:
    """An element, where there is anything to say."""
    if words:
        add(holder, name, words, **attributes)


def add(holder: Element, name: str, words: str = "", **attributes: str) -> Element:
    element = etree.SubElement(holder, TEI + name, {key: clean(value) for key, value in attributes.items()})
    if words:
        element.text = clean(words)
    return element


def clean(words: str) -> str:
    """One line without the characters that XML has no place for."""
    return one_line(words)
