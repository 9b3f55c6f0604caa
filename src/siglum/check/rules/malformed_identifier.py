"""An `xml:id` that is not an XML name.

Why it matters: an identifier starts with a letter or an underscore, and contains only letters, digits, hyphens, underscores
and full stops. Programs reject other identifiers, or read them differently.

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
    """Report each identifier of a TEI element that is not a name."""
    for element in edition.document.index.identified:
        identifier = attribute(element, XML_ID)
        if is_ncname(identifier) or not str(element.tag).startswith(TEI):
            continue
        if identifier:
            help_ = f"start with a letter; use letters, digits, - _ and full stops, as in `{_as_name(identifier)}`"
            yield Fault(element, f"the `xml:id` `{identifier}` is not an XML name", help_, attribute=XML_ID)
        else:
            yield Fault(element, "the `xml:id` is empty", "give it a name, or remove it", attribute=XML_ID)


def _as_name(text: str) -> str:
    """The nearest name: replace forbidden characters with a hyphen, and start with a letter."""
    joined = re.sub(r"[^\w.-]+", "-", text).strip("-") or "id"
    return joined if is_ncname(joined) else f"x-{joined}"
