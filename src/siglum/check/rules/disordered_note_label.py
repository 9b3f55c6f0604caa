"""A note whose number (@n) is lower than that of the note called before it.

Why it matters: notes are numbered in the order of their calls. A lower number usually means that a number or a call is
mistyped, or that a note stands in the wrong place.

Example:
    <note n="11">…</note> … <note n="21">…</note> … <note n="13">…</note>

Better:
    <note n="11">…</note> … <note n="12">…</note> … <note n="13">…</note>

Numbering restarts often, so siglum compares only notes that are called in the same division and on the same page, and agree
in @type, @place and @resp. Rule I006 reports a repeated number. A gap is not a fault, and 1 always restarts the numbering.
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
    """Report each note with a lower number than the note before it."""
    before: dict[tuple[object, ...], Note] = {}
    for note in edition.notes:
        label = attribute(note.element, "n")
        if not (note.calls and label.isascii() and label.isdigit()):
            continue
        series = numbering_group(note, edition)
        last = before.get(series)
        if last is not None and 1 < int(label) < int(attribute(last.element, "n")):
            line = edition.document.locate(last.element).line
            message = f"note {label} is called after note {attribute(last.element, 'n')} (line {line})"
            yield Fault(note.element, message, "number the notes in the order of their calls", attribute="n")
        before[series] = note
