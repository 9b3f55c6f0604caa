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

from siglum.check.rule import Context, Facts, Fault
from siglum.schema.datatypes.names import is_ncname
from siglum.text.tei import XML_ID, Element, attribute

RULE = Facts(code="I002", name="malformed-identifier", since="0.1", elements=("*",))


def check(element: Element, context: Context) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """The element's identifier, where it is none."""
    if XML_ID not in element.attrib or is_ncname(identifier := attribute(element, XML_ID)):
        return
    if not identifier:
        yield Fault(element, "the xml:id is empty", "give it a name, or remove it", attribute=XML_ID)
        return
    help_ = f'begin with a letter, then letters, digits, - _ and full stops: "{_as_name(identifier)}"?'
    yield Fault(element, f'the xml:id "{identifier}" is not a name', help_, attribute=XML_ID)


def _as_name(text: str) -> str:
    """The nearest name: a hyphen for what may not stand in one, and a letter before what may not begin one."""
    joined = re.sub(r"[^\w.-]+", "-", text).strip("-") or "id"
    return joined if is_ncname(joined) else f"x-{joined}"
