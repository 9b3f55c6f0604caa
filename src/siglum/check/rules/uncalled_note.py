"""A note that stands apart from the text and has no call.

Why it matters: a reader never finds it. A note in a division of notes or in `standOff` needs a call: a `ref` or `ptr` with
the note as its @target, or a place in the text that the note names in its own @target.

Example:
    <p>Some words.</p> … <div type="notes"><note xml:id="n1">…</note></div>

Better:
    <p>Some words.<ptr type="note" target="#n1"/></p> … <div type="notes"><note xml:id="n1">…</note></div>

See: https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-note.html
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.check.rule import Facts, Fault
from siglum.text.diagnostic import Severity
from siglum.text.edition import Edition
from siglum.text.tei import XML_ID, Element, attribute

RULE = Facts(
    code="I005",
    meaning="a note that nothing calls",
    name="uncalled-note",
    since="0.1",
    severity=Severity.WARNING,
    elements=("note",),
)


def check(element: Element, edition: Edition) -> Iterator[Fault]:
    """Report a note without a call."""
    note = edition.notes.of(element)
    if note is None or note.calls:
        return
    label = f" {attribute(element, 'n')}" if attribute(element, "n") else ""
    identifier = attribute(element, XML_ID)
    wanted = f'target="#{identifier}"' if identifier else "the note as its @target (give the note an xml:id)"
    yield Fault(element, f"no `ref` or `ptr` calls the note{label}", f"put a ptr or ref with {wanted} into the text")
