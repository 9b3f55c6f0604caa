"""A quotation in several elements that cannot be put together as its attributes say.

Why it matters: a quotation that is joined (@next, @prev, @part, `join`) has one pair of marks at its outer ends and is one
item of every list. Where the parts lead in a circle, stand one in the other, or two go on with the same one, they are not one
quotation: each keeps its own marks.

Example:
    <q xml:id="a" next="#b">Yes,</q> he said, <q xml:id="b" next="#a">no.</q>

Better:
    <q xml:id="a" next="#b">Yes,</q> he said, <q xml:id="b" prev="#a">no.</q>

A pointer to an identifier that does not exist is reported as I003.
See: https://tei-c.org/release/doc/tei-p5-doc/en/html/SA.html#SAAG
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.check.rule import Facts, Fault
from siglum.text.diagnostic import Severity
from siglum.text.edition import Edition
from siglum.text.tei import Element, attribute, name

RULE = Facts(
    code="I025",
    meaning="parts of a quotation that cannot be joined",
    name="broken-quotation",
    since="0.2",
    severity=Severity.WARNING,
)


def check(root: Element, edition: Edition) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """Every attribute that joins a quotation with what it cannot be joined with."""
    for each in edition.quotations.faults:
        shown = f'@{each.attribute}="{attribute(each.element, each.attribute)}"'
        message = f"{shown} of this `{name(each.element)}` joins no quotation: {each.message}"
        yield Fault(each.element, message, "point from each part to the next one, in the order of the text", each.attribute)
