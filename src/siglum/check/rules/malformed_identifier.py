"""An `xml:id` that is not a name.

Why it matters: an identifier begins with a letter or an underscore and has letters, digits, hyphens, underscores and full
stops only (an XML name without colon). Programs refuse any other, or read it differently.

Example:
    <div xml:id="1st chapter">

Better:
    <div xml:id="chapter-1">

See: https://www.w3.org/TR/xml-id/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from siglum.check.rule import Facts, Fault
from siglum.schema.datatypes.names import is_ncname
from siglum.text.edition import Edition
from siglum.text.tei import TEI, XML_ID, Element, attribute

RULE = Facts(
    code="I002",
    meaning="an xml:id that is not a name",
    name="malformed-identifier",
    since="0.1",
)


def check(root: Element, edition: Edition) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """The identifiers that are no names."""
    for element in edition.document.index.identified:
        identifier = attribute(element, XML_ID)
        if is_ncname(identifier) or not str(element.tag).startswith(TEI):
            continue
        if identifier:
            help_ = f'begin with a letter, then letters, digits, - _ and full stops: "{_as_name(identifier)}"?'
            yield Fault(element, f'the xml:id "{identifier}" is not a name', help_, attribute=XML_ID)
        else:
            yield Fault(element, "the xml:id is empty", "give it a name, or remove it", attribute=XML_ID)


def _as_name(text: str) -> str:
    """The nearest name: a hyphen for what may not stand in one, and a letter before what may not begin one."""
    joined = re.sub(r"[^\w.-]+", "-", text).strip("-") or "id"
    return joined if is_ncname(joined) else f"x-{joined}"
