"""How the elements of one file are read: what is said about them, where they stand, and attributes with a fixed set of values.

Nothing here raises: what cannot be understood is reported, and read as if it were not there.
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
"""The codes of what can be wrong with the form of a specification."""

Report = Callable[[Finding], None]
Locate = Callable[[Element], Place]


def _ignore(_: Finding) -> None:
    pass


@frozen
class Reading:
    """The file (`path`, as messages call it), who is told of faults, and who knows places better than lxml, which has lines."""

    path: str = ""
    report: Report = _ignore
    locate: Locate | None = None

    def place(self, at: Element) -> Place:
        """Where an element was written."""
        return self.locate(at) if self.locate else Place(self.path, line_of(at))

    def fault(self, at: Element, code: str, message: str, help_: str, *, line: int = 0) -> None:
        """Tell of a fault of an element; `line` where it is known to be further down."""
        place = self.place(at)
        where = (line, 1) if line > place.line else (max(place.line, 1), max(place.column, 1))
        self.report(Finding(place.path or self.path, *where, code, Severity.ERROR, message, help_))

    def one_of(self, at: Element, key: str, values: tuple[str, ...]) -> Any:
        """The value of an attribute that has to be one of these; None where it is absent, or none of them."""
        written = at.get(key)
        if written is None:
            return None
        value = written.strip()
        if value in values:
            return value
        message = f"@{key} of <{local(at)}> is “{value}”, which is no value it can have"
        self.fault(at, UNKNOWN_VALUE, message, f"write {_or(values)}")
        return None

    def number(self, at: Element, key: str) -> int | None:
        """A count in an attribute such as `minOccurs`: 1 where it is absent or none, None for `unbounded`."""
        written = at.get(key)
        if written is None:
            return 1
        value = written.strip()
        if value.isascii() and value.isdigit() and len(value) < _DIGITS:
            return int(value)
        if value == "unbounded" and key in _UNBOUNDED:
            return None
        allowed = "a whole number, or unbounded" if key in _UNBOUNDED else "a whole number"
        self.fault(at, UNKNOWN_VALUE, f"@{key} of <{local(at)}> is “{value}”, which is no number of times", f"write {allowed}")
        return 1

    def least(self, at: Element, key: str) -> int:
        """The same for a minimum, which is never unbounded."""
        return self.number(at, key) or 0

    def address(self, at: Element, key: str) -> str:
        """The address in an attribute, relative to the file, with what `xml:base` adds to it; empty where there is none.

        The base of a file that is included is that file, whatever XInclude writes on the root of it.
        """
        written = (at.get(key) or "").strip()
        for each in (at, *at.iterancestors()) if written else ():
            around = each.getparent()
            if around is not None and self.place(around).path != self.place(each).path:
                break
            written = _joined((each.get(XML_BASE) or "").strip(), written)
        return written

    def ident(self, at: Element, key: str = "ident") -> str:
        """The name that an element has to have in an attribute; empty, and told of, where it has none."""
        value = (at.get(key) or "").strip()
        if not value:
            self.fault(at, NAMELESS, f"this <{local(at)}> has no @{key}, so that it means nothing", f"add @{key}")
        return value


def _joined(base: str, address: str) -> str:
    """An address at a base; what is absolute, or points into the same file, stays as it is."""
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
"""Nobody counts further; a number of a million digits is an attack."""


def local(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line_of(element: Element) -> int:
    """The line that lxml knows; 0 for an element that was not parsed."""
    line: int | None = element.sourceline  # type: ignore[assignment]  # the stubs do not say
    return line or 0


def text_of(element: Element) -> str:
    """All text in an element, without white space around it."""
    return "".join(map(str, element.itertext())).strip()


def parts(element: Element) -> dict[str, list[Element]]:
    """The TEI children by their local names, each kind in its order."""
    found: dict[str, list[Element]] = {}
    for child in element.iterchildren(f"{TEI}*"):
        found.setdefault(str(child.tag)[len(TEI) :], []).append(child)
    return found


def _or(values: tuple[str, ...]) -> str:
    return ", ".join(values[:-1]) + f" or {values[-1]}"
