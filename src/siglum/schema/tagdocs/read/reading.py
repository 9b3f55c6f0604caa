"""Read attributes of one ODD file, with their places and reports of faults.

Nothing here raises. A value that siglum does not understand is reported and treated as absent.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Any

from siglum.schema.tagdocs.specs import Place
from siglum.text.diagnostic import Finding, Severity
from siglum.text.frozen import frozen
from siglum.text.tei import TEI, XML_BASE, Element

UNKNOWN_VALUE = "O002"
NAMELESS = "O003"
BAD_RNG = "O004"
"""The codes of faults in the form of a specification."""

Report = Callable[[Finding], None]
Locate = Callable[[Element], Place]


def _ignore(_: Finding) -> None:
    pass


@frozen
class Reading:
    """One file: its `path` in messages, the receiver of faults, and an optional source of places with columns."""

    path: str = ""
    report: Report = _ignore
    locate: Locate | None = None

    def place(self, at: Element) -> Place:
        return self.locate(at) if self.locate else Place(self.path, line_of(at))

    def fault(self, at: Element, code: str, message: str, help_: str, *, line: int = 0) -> None:
        """Report a fault of an element; `line`: a line after that of the element, if known."""
        place = self.place(at)
        where = (line, 1) if line > place.line else (max(place.line, 1), max(place.column, 1))
        self.report(Finding(place.path or self.path, *where, code, Severity.ERROR, message, help_))

    def one_of(self, at: Element, key: str, values: tuple[str, ...]) -> Any:
        """Return the attribute if it has one of these values; None if it is absent or has another value."""
        written = at.get(key)
        if written is None:
            return None
        value = written.strip()
        if value in values:
            return value
        message = f"@{key} of <{local_name(at)}> has the value “{value}”, which is not allowed"
        self.fault(at, UNKNOWN_VALUE, message, f"write {_or(values)}")
        return None

    def number(self, at: Element, key: str) -> int | None:
        """Return a count such as `@minOccurs`: 1 if it is absent or not a number, None for `unbounded`."""
        written = at.get(key)
        if written is None:
            return 1
        value = written.strip()
        if value.isascii() and value.isdigit() and len(value) < _DIGITS:
            return int(value)
        if value == "unbounded" and key in _UNBOUNDED:
            return None
        allowed = "a whole number, or unbounded" if key in _UNBOUNDED else "a whole number"
        self.fault(at, UNKNOWN_VALUE, f"@{key} of <{local_name(at)}> is “{value}”, which is not a count", f"write {allowed}")
        return 1

    def least(self, at: Element, key: str) -> int:
        """Return a minimum, which is never unbounded."""
        return self.number(at, key) or 0

    def address(self, at: Element, key: str) -> str:
        """Return the address in an attribute, relative to the file and resolved with `xml:base`; empty if absent.

        An included file is its own base, also if XInclude writes an `xml:base` on its root.
        """
        written = (at.get(key) or "").strip()
        for element in (at, *at.iterancestors()) if written else ():
            parent = element.getparent()
            if parent is not None and self.place(parent).path != self.place(element).path:
                break
            written = _join((element.get(XML_BASE) or "").strip(), written)
        return written

    def ident(self, at: Element, key: str = "ident") -> str:
        """Return the required name in an attribute; empty, with a report, if it is missing."""
        value = (at.get(key) or "").strip()
        if not value:
            self.fault(at, NAMELESS, f"this <{local_name(at)}> has no @{key}", f"add @{key}")
        return value


def _join(base: str, address: str) -> str:
    """Resolve an address against a base; absolute addresses and fragments stay unchanged."""
    if not base or address.startswith(("#", "/")) or _ABSOLUTE.match(address):
        return address
    if _ABSOLUTE.match(base):
        from urllib.parse import urljoin  # few ODDs have xml:base, and this is slow to import

        return urljoin(base, address)
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), address))


_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
SILENT = Reading()
_UNBOUNDED = frozenset({"maxOccurs", "max"})
_DIGITS = 7
"""The longest number that siglum reads: int() takes quadratic time."""


def local_name(element: Element) -> str:
    """Return the name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line_of(element: Element) -> int:
    """Return the line that lxml knows; 0 for an element that was not parsed."""
    line: int | None = element.sourceline  # type: ignore[assignment]  # the stubs do not say
    return line or 0


def text_of(element: Element) -> str:
    """Return all text in an element, without white space around it."""
    return "".join(map(str, element.itertext())).strip()


def children_by_name(element: Element) -> dict[str, list[Element]]:
    """Group the TEI children by local name, in document order."""
    children: dict[str, list[Element]] = {}
    for child in element.iterchildren(f"{TEI}*"):
        children.setdefault(str(child.tag)[len(TEI) :], []).append(child)
    return children


def _or(values: tuple[str, ...]) -> str:
    return ", ".join(values[:-1]) + f" or {values[-1]}"
