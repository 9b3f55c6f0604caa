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

from siglum.check.rule import Facts, Fault, numbering_group
from siglum.text.diagnostic import Severity
from siglum.text.edition import Edition
from siglum.text.tei import Element, attribute

RULE = Facts(
    code="I006", meaning="two notes with the same label", name="doubled-note-label", since="0.1", severity=Severity.WARNING
)

_CONTINUED = ("prev", "next", "part")


def check(root: Element, edition: Edition) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """Every note whose label another one had before it."""
    first: dict[tuple[object, ...], Element] = {}
    for note in sorted(edition.notes, key=lambda each: edition.document.index.order[each.element]):
        label = attribute(note.element, "n")
        if not any(each.isalnum() for each in label) or any(note.element.get(each) for each in _CONTINUED):
            continue
        other = first.setdefault((label, *numbering_group(note, edition)), note.element)
        if other is not note.element:
            message = f'a note with the label "{label}" stands before this one: line {edition.document.locate(other).line}'
            yield Fault(note.element, message, "number them apart", attribute="n")
