"""A pointer to a note that names another number than the note has.

Why it matters: the source says “see note 3”, and the link leads to note 4. One of the two is wrong, and outputs print both.

Example:
    <note xml:id="n4" n="4">…</note> … see note <ref target="#n4">3</ref>

Better:
    <note xml:id="n4" n="4">…</note> … see note <ref target="#n4">4</ref>

An empty `ref` or a `ptr` is safe: siglum prints the note's label for it. The rule compares only numbers, not words.
See: https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-ref.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from siglum.check.rule import Facts, Fault
from siglum.text.diagnostic import Severity
from siglum.text.edition import Edition
from siglum.text.tei import Element, attribute, squeeze, tokens

RULE = Facts(
    code="I024",
    meaning="a reference to a note by another number than it has",
    name="wrong-note-reference",
    since="0.2",
    severity=Severity.WARNING,
    elements=("ref",),
)

_NUMBER = re.compile(r"\W*(\d+)\W*")


def check(element: Element, edition: Edition) -> Iterator[Fault]:
    """Report a reference that is only a number, where its note has another number."""
    targets = [edition.identifiers.get(pointer) for pointer in tokens(element, "target")]
    note = edition.notes.of(targets[0]) if len(targets) == 1 and targets[0] is not None else None
    typed = _NUMBER.fullmatch(squeeze("".join(map(str, element.itertext())))) if note is not None else None
    if note is None or typed is None:
        return
    if element in note.calls and not attribute(note.element, "n"):
        return  # siglum prints the label in place of the text of a call
    if note.label.isdigit() and note.label != typed[1]:
        line = edition.document.locate(note.element).line
        message = f"this `ref` says {typed[1]}, but its note has the label {note.label} (line {line})"
        yield Fault(element, message, "correct one of the two, or leave the `ref` empty: siglum then prints the label")
