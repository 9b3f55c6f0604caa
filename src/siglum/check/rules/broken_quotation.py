"""A quotation in several elements that siglum cannot join as its attributes say.

Why it matters: a joined quotation (@next, @prev, @part, `join`) has one pair of marks at its outer ends and is one item of
every list. Parts that form a circle, contain each other, or continue the same part cannot be joined. Each then keeps its own
marks.

Example:
    <q xml:id="a" next="#b">Yes,</q> he said, <q xml:id="b" next="#a">no.</q>

Better:
    <q xml:id="a" next="#b">Yes,</q> he said, <q xml:id="b" prev="#a">no.</q>

Rule I003 reports a pointer to an identifier that does not exist.
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
    """Report each attribute that joins a quotation to something else."""
    for fault in edition.quotations.faults:
        shown = f'`@{fault.attribute}="{attribute(fault.element, fault.attribute)}"`'
        message = f"{shown} of this `{name(fault.element)}` joins no quotation: {fault.message}"
        yield Fault(fault.element, message, "point from each part to the next, in the order of the text", fault.attribute)
