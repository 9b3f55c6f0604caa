"""The interventions that an editor declared: corrections, supplied words, editorial notes, text that only one view reads."""

from __future__ import annotations

from collections.abc import Iterator

from siglum.text import running
from siglum.text.edition import Edition
from siglum.text.frozen import frozen
from siglum.text.positions import Position
from siglum.text.tei import Element, attribute, name, squeeze, tokens
from siglum.text.views import View, chosen, omission


@frozen
class Intervention:
    """One declared intervention: the words of the transcript and of the edition; either may be empty."""

    kind: str
    location: Position
    transcript: str
    reading: str
    responsible: str
    certainty: str


_PAIRS = {"corr": "correction", "reg": "regularization", "expan": "expansion"}
_KINDS = {"supplied": "supplied text", "surplus": "superfluous text", "ex": "expansion", "gap": "gap"}
"""The kind of an intervention where the reason of the omission does not name it."""


def find_interventions(edition: Edition) -> Iterator[Intervention]:
    """Yield all text that the two views read differently, and the editors' notes, in document order."""
    for text in edition.document.index.named("text"):
        if not any(name(above) == "text" for above in text.iterancestors()):
            yield from _find_below(edition, text)


def _find_below(edition: Edition, parent: Element) -> Iterator[Intervention]:
    for element in parent.iterchildren("{*}*"):
        found = list(_intervention(edition, element))
        yield from found
        if not found:
            yield from _find_below(edition, element)


def _intervention(edition: Edition, element: Element) -> Iterator[Intervention]:
    kind = name(element)
    note = edition.notes.of(element)
    location = edition.document.locate(element)
    facts = _read_responsibility(edition, element), attribute(element, "cert")
    unread, untranscribed = omission(element, View.READING), omission(element, View.TRANSCRIPT)
    if kind in {"choice", "app"}:
        yield from _choice(edition, element, location)
    elif kind == "gap":
        yield Intervention("gap", location, "", "[…]", *facts)
    elif note is not None and note.editorial:
        yield Intervention("editorial note", location, "", _text(edition, element), *facts)
    elif bool(unread) != bool(untranscribed):
        sides = (_text(edition, element), "") if unread else ("", _text(edition, element))
        yield Intervention(_KINDS.get(kind, unread or untranscribed), location, *sides, *facts)


def _text(edition: Edition, element: Element) -> str:
    return running.within(edition, element)


def _choice(edition: Edition, element: Element, location: Position) -> Iterator[Intervention]:
    """Yield the two sides of a `choice` or `app` if the views read different ones."""
    before, after = chosen(element, View.TRANSCRIPT), chosen(element, View.READING)
    if before is None or after is None or before is after:
        return
    what = _PAIRS.get(name(after), name(element))
    certainty = attribute(after, "cert") or attribute(element, "cert")
    sides = _text(edition, before), _text(edition, after)
    yield Intervention(what, location, *sides, _read_responsibility(edition, after), certainty)


def _read_responsibility(edition: Edition, element: Element) -> str:
    """Return the names that `@resp` points to, on the element or on the `choice` around it."""
    parent = element.getparent()
    pointers = tokens(element, "resp") or (tokens(parent, "resp") if parent is not None else [])
    records = [edition.identifiers.get(pointer) for pointer in pointers]
    return ", ".join(
        squeeze("".join(map(str, record.itertext()))) if record is not None else pointer
        for pointer, record in zip(pointers, records, strict=True)
    )
