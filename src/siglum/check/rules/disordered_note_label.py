"""A note whose number (@n) is not above that of the note called before it.

Why it matters: numbers of notes are counted in the order of their calls. Where one is lower than the one before, a call or a
number has mostly been mistyped, or a note stands in the wrong place.

Example:
    <note n="11">…</note> … <note n="21">…</note> … <note n="13">…</note>

Better:
    <note n="11">…</note> … <note n="12">…</note> … <note n="13">…</note>

Numbers begin again all the time: only notes are compared that are called in the same division, on the same page, and agree in
type, place and resp. A number that is the same again is reported as I006; one that follows after a gap is no fault, and a 1
always begins anew.
See: https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-note.html
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.check.rule import Facts, Fault, numbering_group
from siglum.text.diagnostic import Severity
from siglum.text.edition import Edition
from siglum.text.notes import Note
from siglum.text.tei import Element, attribute

RULE = Facts(
    code="I022",
    meaning="a note with a lower number than the one before it",
    name="disordered-note-label",
    since="0.2",
    severity=Severity.WARNING,
)


def check(root: Element, edition: Edition) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """Every note with a lower number than the one before it."""
    before: dict[tuple[object, ...], Note] = {}
    for note in edition.notes:
        label = attribute(note.element, "n")
        if not (note.calls and label.isascii() and label.isdigit()):
            continue
        series = numbering_group(note, edition)
        last = before.get(series)
        if last is not None and 1 < int(label) < int(attribute(last.element, "n")):
            line = edition.document.locate(last.element).line
            message = f'the note "{label}" is called after the note "{attribute(last.element, "n")}": line {line}'
            yield Fault(note.element, message, "number the notes in the order of their calls", attribute="n")
        before[series] = note
