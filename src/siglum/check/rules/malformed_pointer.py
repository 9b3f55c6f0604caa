r"""A pointer that is not a valid address.

Why it matters: it can lead nowhere, whatever is written elsewhere. Most are slips: a lone `#`, a `%` that begins no escape, a
web address without its beginning, a path with backslashes, an identifier that cannot be one.

Example:
    <ref target="#">, <ref target="#50">, <ref target="www.tei-c.org">, <ref target="img\1.png">

Better:
    <ref target="#note-50">, <ref target="https://www.tei-c.org/">, <ref target="img/1.png">

See: https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-teidata.pointer.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from siglum.check.rule import Facts, Fault
from siglum.schema.datatypes.names import is_ncname
from siglum.text.edition import Edition
from siglum.text.tei import Element

RULE = Facts(code="I004", meaning="a pointer that is not a valid address", name="malformed-pointer", since="0.1")

_FAULTS = (
    (r"#$", "points to “#” and no identifier", "write the identifier after #, or remove the attribute"),
    (r"[^#]*#.*#", "has two #", "an address has one #; separate several addresses with spaces"),
    (r".*%(?![0-9A-Fa-f]{2})", "has a % that begins no escape", "write a percent sign as %25"),
    (r""".*[\\<>"]""", 'has a character that no address has (\\ < > ")', "write / between folders, and escape others as %XX"),
    (r"(?i:https?|ftp):(?:/{0,2}$|(?!//)|//[/?#])", "names no computer after “http://”", "write https://HOST/PATH"),
    (r"(?i:www\.[^/#]+\.)", "lacks the beginning of a web address", "write https:// before it"),
)
"""A pattern for the value, what is wrong with it, what to do."""
_PLAIN = re.compile(r"#[A-Za-z_][\w.-]*", re.ASCII)
"""Most pointers: they have none of the faults."""


def check(root: Element, edition: Edition) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """Every pointer that is no address."""
    for pointer in edition.pointers:
        if _PLAIN.fullmatch(pointer.value):
            continue
        fault = _fault(pointer.value) or _wrong_name(pointer.local_id, edition)
        if fault:
            message, help_ = fault
            shown = f'@{pointer.attribute} {message}: "{pointer.value}"'
            yield Fault(pointer.element, shown, help_, attribute=pointer.attribute)


def _fault(value: str) -> tuple[str, str] | None:
    for pattern, message, help_ in _FAULTS:
        if re.match(pattern, value):
            return message, help_
    try:
        urlsplit(value)
    except ValueError as error:
        return f"is no valid address ({str(error).lower()})", "correct it"
    return None


def _wrong_name(identifier: str, edition: Edition) -> tuple[str, str] | None:
    """A `#` followed by what can be no identifier; one that the document has nevertheless is a fault of the `xml:id` there."""
    wanted = unquote(identifier)
    if not wanted or is_ncname(wanted) or wanted in edition.identifiers:
        return None
    return "points to what cannot be an xml:id", "an xml:id begins with a letter and has letters, digits, - _ and full stops"
