"""An `xml:id` that occurs twice in a document.

Why it matters: an identifier names one element. A pointer, link or citation reaches only the first of two elements with the
same identifier, and nobody notices.

Example:
    <p xml:id="p-1">…</p>
    <p xml:id="p-1">…</p>

Better:
    <p xml:id="p-1">…</p>
    <p xml:id="p-2">…</p>

siglum ignores identifiers in the examples of `egXML`.
See: https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-att.global.html
"""

from __future__ import annotations

from collections.abc import Iterator

from siglum.check.rule import EXAMPLES, Facts, Fault
from siglum.text.edition import Edition
from siglum.text.tei import XML_ID, Element, attribute, name

RULE = Facts(code="I001", meaning="an xml:id that occurs twice", name="doubled-identifier", since="0.1")


def check(root: Element, edition: Edition) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """Report each element whose identifier an earlier element has."""
    first: dict[str, Element] = {}
    for element in edition.document.index.identified:
        identifier = attribute(element, XML_ID)
        if not identifier or str(element.tag).startswith(EXAMPLES):
            continue
        other = first.setdefault(identifier, element)
        if other is not element:
            at = edition.document.locate(other)
            here = edition.document.locate(element)
            line = f"line {at.line}" if at.path == here.path else f"{at.path}, line {at.line}"
            message = f"the `xml:id` `{identifier}` occurs twice: `{name(other)}` has it already ({line})"
            yield Fault(element, message, "give this element another identifier", attribute=XML_ID)
