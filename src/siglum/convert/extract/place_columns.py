"""Columns that all lists share: where an element stands, the words around it, and the names behind its pointers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from siglum.convert.text_index import index_text
from siglum.text.edition import Edition
from siglum.text.header import plain
from siglum.text.prefixes import Prefixes
from siglum.text.tei import XML_ID, Element, attribute, name, tokens

_PARAGRAPHS = frozenset({"p", "ab", "l", "head"})
AROUND = 8
"""Number of words in the columns `before` and `after`."""


def resolve_pointers(edition: Edition, element: Element, key: str) -> list[str]:
    """Split a pointing attribute and resolve the prefixes that the edition declares."""
    prefixes = edition.memo(Prefixes, lambda: Prefixes(edition.document.index))
    return [prefixes.resolve(pointer) for pointer in tokens(element, key)]


def name_targets(edition: Edition, pointers: Iterable[str]) -> str:
    """Join the names of the persons, places or works that the pointers lead to; an unknown pointer stands for itself."""
    return "; ".join(_name_target(edition, pointer) for pointer in pointers)


def _name_target(edition: Edition, pointer: str) -> str:
    known = edition.header.called(pointer) if pointer.startswith("#") else ""
    element = edition.identifiers.get(pointer)
    return known or (plain(element) if element is not None else "") or pointer


def words_around(edition: Edition, element: Element) -> dict[str, str]:
    """The columns `before` and `after`: the words around an element."""
    index = index_text(edition)
    span = index.span(element)
    if span is None:
        return {"before": "", "after": ""}
    return {"before": index.before(span[0], AROUND), "after": index.after(span[1], AROUND)}


def list_place(edition: Edition, element: Element) -> dict[str, Any]:
    """The columns that say where an element stands."""
    notes = (edition.notes.of(above) for above in element.iterancestors())
    return {
        "place": edition.references.of(element),
        "paragraph": _find_paragraph(element),
        "note": next((note.label for note in notes if note is not None), ""),
        **words_around(edition, element),
        "line": edition.document.locate(element).line,
    }


def is_omitted(edition: Edition, element: Element) -> bool:
    """Whether the view leaves out the element or an element around it."""
    return any(edition.omission(around) for around in (element, *element.iterancestors()))


def join_ids(pointers: Iterable[str]) -> str:
    """Join pointers with spaces; “#id” is written without its sign."""
    return " ".join(pointer.removeprefix("#") for pointer in pointers)


def _find_paragraph(element: Element) -> str:
    """The xml:id of the nearest paragraph, line or heading at or around the element; empty if none has one."""
    for around in (element, *element.iterancestors()):
        if name(around) in _PARAGRAPHS and attribute(around, XML_ID):
            return attribute(around, XML_ID)
    return ""
