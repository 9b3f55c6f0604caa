"""Find the places of quotation marks: at the edges of the quotation, or inside its first and last block."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from siglum.text.policy import Continuation
from siglum.text.quotation.typed import BOUNDARIES
from siglum.text.tei import BLOCKS, DIVISIONS, HOLDERS, MILESTONES, Element, name

POINTS = MILESTONES - {"gap", "space"}
"""Elements that mark a point and hold no words of the text."""
_CONTINUED = {
    Continuation.NONE: frozenset[str](),
    Continuation.PARAGRAPHS: frozenset({"p", "ab"}),
    Continuation.STANZAS: frozenset({"p", "ab", "lg"}),
    Continuation.LINES: frozenset({"p", "ab", "l"}),
}


def find_beginning(quotation: Element) -> Element:
    """Return the element whose content the opening mark precedes."""
    at = found = quotation
    while not (at.text or "").strip():
        inner = next((child for child in at if isinstance(child.tag, str) and name(child) not in POINTS), None)
        if inner is None or name(inner) not in BLOCKS or _has_words_before(inner):
            break
        at = inner
        found = at if name(at) in HOLDERS else found
    return found


def _has_words_before(inner: Element) -> bool:
    """Return whether text precedes a child in its parent."""
    return any((sibling.tail or "").strip() for sibling in inner.itersiblings(preceding=True))


def find_end(quotation: Element) -> Element:
    """Return the element whose content the closing mark follows."""
    at = found = quotation
    while True:
        inner = next((child for child in reversed(at) if _has_content(child)), None)
        if inner is None or (inner.tail or "").strip() or name(inner) not in BLOCKS:
            return found
        at = inner
        found = at if name(at) in HOLDERS else found


def _has_content(child: Element) -> bool:
    """Return whether the child holds words or text follows it."""
    return (isinstance(child.tag, str) and name(child) not in POINTS) or bool((child.tail or "").strip())


def find_continuations(quotation: Element, where: Continuation, is_apart: Callable[[Element], bool]) -> Iterator[Element]:
    """Yield the elements inside a quotation that repeat its opening mark, with the first one.

    Children for which `is_apart` is true are left out.
    """
    kinds = _CONTINUED[where]
    for child in quotation if kinds else ():
        kind = name(child)
        if kind in BOUNDARIES or not kind or is_apart(child):
            continue
        if kind in kinds:
            yield find_beginning(child)
        else:
            yield from find_continuations(child, where, is_apart)


def begins_block(quotation: Element, where: Continuation) -> bool:
    """Return whether a part of a quotation begins a paragraph or line, so that it repeats the opening mark."""
    at = quotation
    while True:
        if _has_before(at):
            return False
        parent = at.getparent()
        if parent is None or name(parent) in DIVISIONS or name(parent) in BOUNDARIES:
            return False
        if name(parent) in _CONTINUED[where]:
            return True
        if name(parent) in BLOCKS and name(parent) not in {"l", "lg"}:
            return False
        at = parent


def _has_before(at: Element) -> bool:
    parent = at.getparent()
    if parent is None or (parent.text or "").strip():
        return True
    return any(
        (sibling.tail or "").strip() or (isinstance(sibling.tag, str) and name(sibling) not in POINTS)
        for sibling in at.itersiblings(preceding=True)
    )
