"""Find quotation marks typed in the text: inside a quotation or directly around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from siglum.text.tei import BREAKS, Element, name
from siglum.text.views import Joins, Omitted, Read, View, decide_in_view

BOUNDARIES = frozenset({"note"})
"""Elements inside a quotation that are not part of it."""
_OPENING = frozenset("“‘«‹„‚「『\"'»›”")
_CLOSING = frozenset("”’»›“‘」』\"'«‹")
_APOSTROPHES = frozenset("'’‘")
_BESIDE = ".,;:!?…"
_POINTS = BREAKS | {"anchor", ""}


def find_typed_mark(element: Element, view: View) -> str:
    """Return the opening mark typed in the element or directly around it; empty if there is none."""
    inside = "".join(_words(element, view)).strip()
    if inside and _opens(inside):
        return inside[0]
    if inside and inside[-1] in _CLOSING - _APOSTROPHES:
        return inside[-1]
    before, after = _text_before(element), _text_after(element).lstrip(_BESIDE)
    return before[-1] if before and after and before[-1] in _OPENING and after[0] in _CLOSING else ""


def _opens(inside: str) -> bool:
    """Return whether the text begins with a mark. A straight mark without a closing one is an apostrophe (“'tis”)."""
    return inside[0] in _OPENING and (inside[0] != "'" or inside.rstrip(_BESIDE)[-1:] in _APOSTROPHES)


def _words(element: Element, view: View) -> Iterator[str]:
    """Yield the text of the element in this view, without notes."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and name(child) not in BOUNDARIES:
            match decide_in_view(child, view):
                case Read() | Joins():
                    yield from _words(child, view)
                case Omitted():
                    pass
                case decision:
                    assert_never(decision)
        yield child.tail or ""


def _text_before(element: Element) -> str:
    """Return the text directly before the element; line and page breaks between them are ignored."""
    previous, text = element.getprevious(), ""
    while previous is not None and not text:
        text = (previous.tail or "") if not _is_point(previous) else (previous.tail or "").strip()
        if text or not _is_point(previous):
            return text
        previous = previous.getprevious()
    parent = element.getparent()
    text = (parent.text or "") if parent is not None else ""
    return text if element.getprevious() is None else text.rstrip()


def _is_point(element: Element) -> bool:
    return name(element) in _POINTS


def _text_after(element: Element) -> str:
    text, following = element.tail or "", element.getnext()
    while not text.strip() and following is not None and _is_point(following):
        text, following = (following.tail or "").lstrip(), following.getnext()
    return text
