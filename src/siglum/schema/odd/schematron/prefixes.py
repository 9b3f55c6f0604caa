"""The prefixes of a schema's paths: those the constraints declare, those its elements need, those that were forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from siglum.schema.odd.codes import make_finding
from siglum.schema.odd.schematron.gather import SCHEMATRON, SCHEMATRON_1_5, XSL
from siglum.schema.tagdocs.specs import NOWHERE, TEI, Constraint, ElementSpec, Merged, Place

if TYPE_CHECKING:
    from lxml import etree

    from siglum.text.diagnostic import Finding

_XML = "http://www.w3.org/XML/1998/namespace"
_KNOWN = {
    "tei": TEI,
    "teix": "http://www.tei-c.org/ns/Examples",
    "xs": "http://www.w3.org/2001/XMLSchema",
    "xsl": XSL,
    "fn": "http://www.w3.org/2005/xpath-functions",
    "rng": "http://relaxng.org/ns/structure/1.0",
    "sch": SCHEMATRON,
    "sch1x": SCHEMATRON_1_5,
    "xi": "http://www.w3.org/2001/XInclude",
    "svg": "http://www.w3.org/2000/svg",
    "m": "http://www.w3.org/1998/Math/MathML",
}
"""What TEI's own documents bind, and what everybody means, where a constraint uses a prefix without declaring it."""

_PATHS = ("context", "test", "value", "select", "path", "subject")
"""Attributes of Schematron that hold XPath (ISO/IEC 19757-3, 5.4)."""
_NOT_NAMES = re.compile(r"""\(:.*?:\)|"[^"]*"|'[^']*'|Q\{[^}]*\}""", re.DOTALL)
_PREFIX = re.compile(r"(?<![\w.-])([A-Za-z_][\w.-]*):(?=[A-Za-z_*])")


class Prefixes:
    """Prefix and namespace, in the order they were met; a namespace without prefix gets one when it is first wanted."""

    def __init__(self, declared: dict[str, str], nearby: dict[str, str]) -> None:
        self._bound = declared
        self._nearby = nearby

    def pairs(self) -> list[tuple[str, str]]:
        """What is to be declared."""
        return list(self._bound.items())

    def name(self, uri: str, local: str) -> str:
        """A name for a path; the namespace is declared from now on."""
        return f"{self._find_prefix(uri)}:{local}" if uri else local

    def _find_prefix(self, uri: str) -> str:
        bound = next((prefix for prefix, known in self._bound.items() if known == uri), None)
        if bound is not None:
            return bound
        candidates = [prefix for table in (_KNOWN, self._nearby) for prefix, known in table.items() if known == uri]
        invented = (f"ns{number}" for number in range(1, len(self._bound) + 2))
        prefix = next(each for each in [*candidates, *invented] if each not in self._bound)
        self._bound[prefix] = uri
        return prefix

    def require(self, written: Iterable[tuple[etree._Element, Place]], findings: list[Finding]) -> None:
        """Declare what the paths use and nobody declared; report what nobody knows, where it was written."""
        for element, place in written:
            for used in sorted(_find_used(element) - set(self._bound) - {"xml"}):
                uri = self._nearby.get(used) or _KNOWN.get(used)
                if uri is None:
                    findings.append(make_finding("O302", place, used, f"“{_find_path(element, used)}”"))
                else:
                    self._bound[used] = uri


def collect_prefixes(merged: Merged, constraints: list[Constraint], findings: list[Finding]) -> Prefixes:
    """The prefixes that constraintDecl and the constraints declare, and TEI's own where an element is in its namespace."""
    declared: dict[str, str] = {}
    nearby: dict[str, str] = {}
    for element, place in _list_declarations(merged, constraints):
        prefix, uri = element.get("prefix", ""), element.get("uri", "")
        if declared.setdefault(prefix, uri) != uri:
            findings.append(make_finding("O303", place, prefix, uri, declared[prefix]))
    for constraint in constraints:
        if constraint.element is not None:
            nearby |= {prefix: uri for prefix, uri in constraint.element.nsmap.items() if prefix and prefix not in nearby}
    found = Prefixes(declared, nearby)
    for uri in dict.fromkeys(_list_namespaces(merged)):
        found.name(uri, "*")
    return found


def _list_namespaces(merged: Merged) -> Iterator[str]:
    return (merged.ns if each.ns is None else each.ns for each in merged.specs if isinstance(each, ElementSpec))


def _list_declarations(merged: Merged, constraints: list[Constraint]) -> Iterator[tuple[etree._Element, Place]]:
    """The ns elements; `xml` and, as in TEI's own tools, `xsl` need no declaration."""
    for each in merged.declarations:
        if each.tag == f"{{{SCHEMATRON}}}ns":
            yield each, NOWHERE
    for constraint in constraints:
        for each in constraint.element.iter(f"{{{SCHEMATRON}}}ns") if constraint.element is not None else ():
            if each.get("prefix") != "xsl" and each.get("uri") != _XML:
                yield each, constraint.place


def _find_used(element: etree._Element) -> set[str]:
    return {
        prefix for each in element.iter(f"{{{SCHEMATRON}}}*") for path in _list_paths(each) for prefix in _find_prefixes(path)
    }


def _list_paths(element: etree._Element) -> Iterator[str]:
    return (value for name in _PATHS if (value := element.get(name)) is not None)


def _find_prefixes(path: str) -> set[str]:
    return set(_PREFIX.findall(_NOT_NAMES.sub(" ", path)))


def _find_path(element: etree._Element, prefix: str) -> str:
    found = (
        path for each in element.iter(f"{{{SCHEMATRON}}}*") for path in _list_paths(each) if prefix in _find_prefixes(path)
    )
    return " ".join(next(found, "").split())[:80]
