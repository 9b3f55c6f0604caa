"""A call of a note (`ref` or `ptr` of the type `noteCall`, `noteAnchor`, `noteRef`, `note` or `fn`) that does not call a note.

Why it matters: a reader who follows the call arrives at something else, or nowhere. The intended note stays without a call.

Example:
    Some words.<ref type="noteCall" target="#p-4">4</ref>

Better:
    Some words.<ref type="noteCall" target="#note-4">4</ref>

Rule I003 reports a call that points to an identifier that does not exist. siglum does not check calls that lead to another
file.
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
    """Report a call that has no target, or whose target is not a note."""
    if attribute(element, "type") not in CALLS:
        return
    targets = tokens(element, "target")
    if not targets:
        yield Fault(
            element,
            f"this `{name(element)}` calls a note, but has no `@target`",
            'write target="#ID" with the xml:id of the note',
        )
    for pointer in targets:
        target = edition.identifiers.get(pointer)
        if target is not None and name(target) != "note":
            message = f"this `{name(element)}` calls a note, but `{pointer}` is a `{name(target)}`"
            yield Fault(element, message, "point to the note, or give the pointer another type", attribute="target")
