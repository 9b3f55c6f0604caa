r"""A pointer that is not a valid address.

Why it matters: no program can follow it. Most cases are slips: a lone `#`, a `%` that starts no escape, a web address without
`https://`, a path with backslashes, something that cannot be an identifier.

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
    (r"#$", "has no identifier after #", "write the identifier after #, or remove the attribute"),
    (r"[^#]*#.*#", "has two #", "an address has one #; separate several addresses with spaces"),
    (r".*%(?![0-9A-Fa-f]{2})", "has a % that starts no escape", "write a percent sign as %25"),
    (
        r""".*[\\<>"]""",
        'contains a character that addresses cannot contain (\\ < > ")',
        "write / between folders, and escape others as %XX",
    ),
    (r"(?i:https?|ftp):(?:/{0,2}$|(?!//)|//[/?#])", "names no host after `http://`", "write https://HOST/PATH"),
    (r"(?i:www\.[^/#]+\.)", "lacks `https://`", "write https:// before it"),
)
"""A pattern for the value, the fault, and what to do."""
_PLAIN = re.compile(r"#[A-Za-z_][\w.-]*", re.ASCII)
"""A quick test that most pointers pass: these have no fault."""


def check(root: Element, edition: Edition) -> Iterator[Fault]:  # noqa: ARG001 - a rule's signature
    """Report each pointer that is not an address."""
    for pointer in edition.pointers:
        if _PLAIN.fullmatch(pointer.value):
            continue
        fault = _find_fault(pointer.value) or _check_name(pointer.local_id, edition)
        if fault:
            message, help_ = fault
            shown = f"`@{pointer.attribute}` {message}: `{pointer.value}`"
            yield Fault(pointer.element, shown, help_, attribute=pointer.attribute)


def _find_fault(value: str) -> tuple[str, str] | None:
    for pattern, message, help_ in _FAULTS:
        if re.match(pattern, value):
            return message, help_
    try:
        urlsplit(value)
    except ValueError as error:
        return f"is not a valid address ({str(error).lower()})", "correct it"
    return None


def _check_name(identifier: str, edition: Edition) -> tuple[str, str] | None:
    """Find a `#` before something that is not a name. If an element has this `xml:id`, rule I002 reports that."""
    wanted = unquote(identifier)
    if not wanted or is_ncname(wanted) or wanted in edition.identifiers:
        return None
    return (
        "points to something that cannot be an `xml:id`",
        "an xml:id starts with a letter and has letters, digits, - _ and full stops",
    )
