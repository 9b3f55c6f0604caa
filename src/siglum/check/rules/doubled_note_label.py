"""Two notes with the same label (@n) among the notes that are numbered together.

Why it matters: a reader who follows the number 12 finds two notes, and a citation of “note 12” means neither.

Example:
    <note n="12">…</note> … <note n="12">…</note>

Better:
    <note n="12">…</note> … <note n="13">…</note>

Labels begin again all the time: in every chapter, on every page, for notes of another type, place or responsibility. So
only notes are compared that are called in the same division, on the same page, and agree in type, place and resp. A sign
(*, †) is no number, and a note continued by @prev or @next is one note.
See: https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-note.html
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.check.rule import Context, Facts, Fault
from siglum.text.diagnostic import Severity
from siglum.text.notes import Note
from siglum.text.tei import DIVISIONS, TEI, Element, attribute, name

RULE = Facts(code="I006", name="doubled-note-label", since="0.1", severity=Severity.WARNING)

_SECTIONS = DIVISIONS | {"front", "body", "back", "text", "table", "standOff"}
_CONTINUED = ("prev", "next", "part")


def check(root: Element, context: Context) -> Iterator[Fault]:
    """Every note whose label another one had before it."""
    pages = _pages(root)
    first: dict[tuple[object, ...], Element] = {}
    for note in sorted(context.notes, key=lambda each: pages[each.element][1]):
        label = attribute(note.element, "n")
        if not any(each.isalnum() for each in label) or any(note.element.get(each) for each in _CONTINUED):
            continue
        other = first.setdefault((label, *_series(note, pages)), note.element)
        if other is not note.element:
            message = f'a note with the label "{label}" stands before this one: line {context.document.locate(other).line}'
            yield Fault(note.element, message, "number them apart", attribute="n")


def _series(note: Note, pages: dict[Element, tuple[int, int]]) -> tuple[object, ...]:
    """What notes have in common that are numbered together."""
    place = note.calls[0] if note.calls else note.element
    section = next((each for each in place.iterancestors() if name(each) in _SECTIONS), None)
    return note.stream, section, pages[place][0], *(note.element.get(each) for each in ("type", "place", "resp"))


def _pages(root: Element) -> dict[Element, tuple[int, int]]:
    """For every element how many page breaks stand before it, and its own place in the document."""
    found: dict[Element, tuple[int, int]] = {}
    page = 0
    for index, element in enumerate(root.iter("*")):
        page += element.tag == TEI + "pb"
        found[element] = (page, index)
    return found
