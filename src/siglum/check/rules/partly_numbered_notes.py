"""Notes of which some have a number in the source (@n) and others have none.

Why it matters: siglum keeps the numbers of the source and counts the other notes by themselves. A note that an editor adds
between 45 and 46 becomes note 1, and the labels of all outputs change whenever a note is added.

Example:
    <note n="45">…</note> … <note>…</note> … <note n="46">…</note>

Better:
    <note n="45">…</note> … <note n="45a">…</note> … <note n="46">…</note>

siglum reports this once a division for notes that are numbered together, at the first without a number. It ignores signs (*,
†).
See: https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-note.html
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from siglum.check.rule import Facts, Fault, numbering_group
from siglum.text.diagnostic import Severity
from siglum.text.edition import Edition
from siglum.text.notes import Note
from siglum.text.tei import Element, attribute

RULE = Facts(
    code="I023",
    meaning="notes of which some have a number and others have none",
    name="partly-numbered-notes",
    since="0.2",
    severity=Severity.WARNING,
)


def check(root: Element, edition: Edition) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """Report the first note without a number in each group of notes that has numbers."""
    streams: defaultdict[tuple[object, ...], list[Note]] = defaultdict(list)
    for note in edition.notes:
        if note.label:
            streams[numbering_group(note, edition)[:2]].append(note)
    for notes in streams.values():
        numbered = [note for note in notes if any(sign.isalnum() for sign in attribute(note.element, "n"))]
        bare = [note for note in notes if not attribute(note.element, "n")]
        if numbered and bare:
            message = (
                f"{len(bare)} of {len(notes)} notes that are numbered together have no `@n`: this one becomes “{bare[0].label}”"
            )
            yield Fault(bare[0].element, message, "give a number to all of them, or to none")
