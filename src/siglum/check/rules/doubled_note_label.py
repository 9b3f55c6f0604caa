"""Two notes with the same label (@n) among notes that are numbered together.

Why it matters: a reader who looks for note 12 finds two, and a citation of “note 12” is ambiguous.

Example:
    <note n="12">…</note> … <note n="12">…</note>

Better:
    <note n="12">…</note> … <note n="13">…</note>

Numbering restarts often: in each chapter, on each page, for notes of another type, place or responsibility. siglum compares
only notes that are called in the same division and on the same page, and agree in @type, @place and @resp. It ignores signs
(*, †), and treats notes joined by @prev or @next as one.
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
    """Report each note whose label an earlier note has."""
    first: dict[tuple[object, ...], Element] = {}
    for note in sorted(edition.notes, key=lambda note: edition.document.index.order[note.element]):
        label = attribute(note.element, "n")
        if not any(sign.isalnum() for sign in label) or any(note.element.get(key) for key in _CONTINUED):
            continue
        other = first.setdefault((label, *numbering_group(note, edition)), note.element)
        if other is not note.element:
            message = f"two notes have the label {label}: the other is in line {edition.document.locate(other).line}"
            yield Fault(note.element, message, "give this note another number", attribute="n")
