"""A call of a note (`ref` or `ptr` of the type `noteCall`, `noteAnchor`, `noteRef`, `note` or `fn`) that calls no note.

Why it matters: a reader who follows it comes to something else, or nowhere, and the note that is meant has no call.

Example:
    Some words.<ref type="noteCall" target="#p-4">4</ref>

Better:
    Some words.<ref type="noteCall" target="#note-4">4</ref>

A call that points to an identifier that does not exist is reported as I003, one that leads to another file is not looked at.
See: https://tei-c.org/release/doc/tei-p5-doc/en/html/CO.html#CONOED
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.check.rule import Facts, Fault
from siglum.text.diagnostic import Severity
from siglum.text.edition import Edition
from siglum.text.notes import CALLS
from siglum.text.tei import Element, attribute, name, tokens

RULE = Facts(
    code="I021",
    meaning="a call of a note that calls none",
    name="call-without-note",
    since="0.2",
    severity=Severity.WARNING,
    elements=("ref", "ptr"),
)


def check(element: Element, edition: Edition) -> Iterator[Fault]:
    """The call, if what it points to is no note."""
    if attribute(element, "type") not in CALLS:
        return
    targets = tokens(element, "target")
    if not targets:
        yield Fault(
            element, f"this `{name(element)}` is the call of a note, but has no @target", 'write target="#" and its xml:id'
        )
    for each in targets:
        found = edition.identifiers.get(each)
        if found is not None and name(found) != "note":
            message = f"this `{name(element)}` is the call of a note, but {each} is a `{name(found)}`"
            yield Fault(element, message, "point to the note, or give the pointer another type", attribute="target")
