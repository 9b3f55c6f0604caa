"""Quotation marks around quotations and titles."""

from __future__ import annotations

from siglum.convert.reading.tree import CLOSED_UP, Node, Text
from siglum.text.edition import Edition
from siglum.text.tei import Element, attribute, tokens


def add_quotation_marks(edition: Edition, element: Element, content: tuple[Node, ...]) -> tuple[Node, ...]:
    """Put the quotation marks of an element around its content."""
    opening, closing = edition.quotations.opening(element), edition.quotations.closing(element)
    if not opening and not closing:
        return content
    before = [node for mark in opening for node in (Text(mark.text), *(() if mark.text.endswith(" ") else (CLOSED_UP,)))]
    after = [node for mark in closing for node in (*(() if mark.text.startswith(" ") else (CLOSED_UP,)), Text(mark.text))]
    return (*before, *content, *after)


def style_title(edition: Edition, element: Element, styles: tuple[str, ...]) -> tuple[str, ...]:
    """The styles of a title: one that has marks is not italic too, unless it says so itself."""
    own = tokens(element, "rend") or attribute(element, "style")
    has_marks = edition.quotations.opening(element) or edition.quotations.closing(element)
    return tuple(style for style in styles if style != "italic") if has_marks and not own else styles
