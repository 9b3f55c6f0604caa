"""Where the marks of a quotation stand: at its own edges, or inside the first and the last of the blocks in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from siglum.text.policy import Continuation
from siglum.text.quotation.typed import BOUNDARIES
from siglum.text.tei import BLOCKS, DIVISIONS, MILESTONES, Element, name

POINTS = MILESTONES - {"gap", "space"}
"""What stands beside words without being any."""
_HOLDERS = frozenset({"p", "ab", "l", "head", "item", "cell", "speaker", "salute", "signed"})
"""Blocks that hold words themselves."""
_CONTINUED = {
    Continuation.NONE: frozenset[str](),
    Continuation.PARAGRAPHS: frozenset({"p", "ab"}),
    Continuation.STANZAS: frozenset({"p", "ab", "lg"}),
    Continuation.LINES: frozenset({"p", "ab", "l"}),
}


def beginning(quotation: Element) -> Element:
    """The element whose words the opening mark stands before."""
    at = found = quotation
    while not (at.text or "").strip():
        inner = next((each for each in at if isinstance(each.tag, str) and name(each) not in POINTS), None)
        if inner is None or name(inner) not in BLOCKS or _has_words_before(inner):
            break
        at = inner
        found = at if name(at) in _HOLDERS else found
    return found


def _has_words_before(inner: Element) -> bool:
    """Whether words stand between the points before a child."""
    return any((each.tail or "").strip() for each in inner.itersiblings(preceding=True))


def end(quotation: Element) -> Element:
    """The element whose words the closing mark stands after."""
    at = found = quotation
    while True:
        inner = next((each for each in reversed(at) if _counts(each)), None)
        if inner is None or (inner.tail or "").strip() or name(inner) not in BLOCKS:
            return found
        at = inner
        found = at if name(at) in _HOLDERS else found


def _counts(each: Element) -> bool:
    """Whether the child is more than a point, or has words after it."""
    return (isinstance(each.tag, str) and name(each) not in POINTS) or bool((each.tail or "").strip())


def continued(quotation: Element, where: Continuation, is_apart: Callable[[Element], bool]) -> Iterator[Element]:
    """The elements inside a quotation at which it has its opening mark again, the first among them too.

    What `is_apart` says yes to is passed over.
    """
    kinds = _CONTINUED[where]
    for each in quotation if kinds else ():
        kind = name(each)
        if kind in BOUNDARIES or not kind or is_apart(each):
            continue
        if kind in kinds:
            yield beginning(each)
        else:
            yield from continued(each, where, is_apart)


def begins_block(quotation: Element, where: Continuation) -> bool:
    """Whether a part of a quotation begins a paragraph or a line, so that it has its opening mark again."""
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
        (each.tail or "").strip() or (isinstance(each.tag, str) and name(each) not in POINTS)
        for each in at.itersiblings(preceding=True)
    )
