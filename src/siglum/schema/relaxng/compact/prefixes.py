"""Collect the namespaces and datatype libraries of a schema, and choose prefixes for them. Both writers use this module."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import assert_never

from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.compact.cursor import COMPATIBILITY, RELAX_NG, XML, XSD

INHERIT = "\0inherit"
"""The `ns` that marks what a file inherits from the referring file, so that a writer can write it again. No namespace equals
it.
"""

_KNOWN = {
    "": "local",
    INHERIT: "inherited",
    COMPATIBILITY: "a",
    RELAX_NG: "rng",
    "http://purl.oclc.org/dsdl/schematron": "sch",
    "http://www.tei-c.org/ns/1.0": "tei",
    "http://www.tei-c.org/ns/Examples": "teix",
    "http://www.w3.org/1998/Math/MathML": "mml",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/2001/XInclude": "xi",
}
BUILT_IN = ("string", "token")
"""The types of the library without a name, which are keywords of the compact syntax."""

_QNAME_TYPES = ("QName", "NOTATION")


@dataclass(slots=True)
class Uses:
    """The namespaces of a schema by their use, and the author's prefixes, first ones first."""

    elements: Counter[str] = field(default_factory=Counter)
    attributes: set[str] = field(default_factory=set)
    wildcards: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)
    documented: bool = False
    values: dict[str, str] = field(default_factory=dict)
    unprefixed_values: set[str] = field(default_factory=set)
    libraries: Counter[str] = field(default_factory=Counter)
    strange_type: bool = False
    hints: dict[str, list[str]] = field(default_factory=dict)

    def default(self) -> str:
        """The namespace of element names without a prefix: the most common one, or always the inherited one."""
        if INHERIT in self.elements or INHERIT in self.files or INHERIT in self.unprefixed_values:
            return INHERIT
        if "" in self.unprefixed_values or not self.elements:
            return ""
        return min(self.elements, key=lambda ns: (-self.elements[ns], ns))


def collect_uses(pattern: s.Pattern) -> Uses:
    found = Uses()
    waiting: list[tuple[_Node, bool]] = [(pattern, False)]
    while waiting:
        node, in_attribute = waiting.pop()
        _record_notes(found, node, whole=node is pattern)
        _record_use(found, node, in_attribute=in_attribute)
        in_attribute = isinstance(node, s.AttributePattern) or (in_attribute and isinstance(node, _NAME_CLASSES))
        waiting += [(part, in_attribute) for part in reversed(list(iter_parts(node)))]
    return found


_Node = s.Pattern | s.Component | s.NameClass | s.Param
_NAME_CLASSES = (s.AnyName, s.NsName, s.Name, s.NameChoice)


def iter_parts(node: _Node) -> Iterator[_Node]:
    """Yield the parts of a node in the order of writing."""
    match node:
        case s.Element() | s.AttributePattern():
            yield node.name
            yield node.content
        case s.Group() | s.Interleave() | s.Choice():
            yield from node.patterns
        case s.Optional() | s.ZeroOrMore() | s.OneOrMore() | s.List() | s.Mixed() | s.Start() | s.Define():
            yield node.content
        case s.Grammar() | s.Div() | s.Include():
            yield from node.components
        case s.Data():
            yield from node.params
            yield from () if node.except_ is None else (node.except_,)
        case s.AnyName() | s.NsName():
            yield from () if node.except_ is None else (node.except_,)
        case s.NameChoice():
            yield from node.names
        case s.Name() | s.Param() | s.Text() | s.Empty() | s.NotAllowed():
            return
        case s.Value() | s.Ref() | s.ParentRef() | s.ExternalRef():
            return
        case _:
            assert_never(node)


def _record_use(found: Uses, node: _Node, *, in_attribute: bool) -> None:
    match node:
        case s.Name():
            _record_prefix(found, node.ns, node.prefix)
            if in_attribute:
                found.attributes.add(node.ns)
            else:
                found.elements[node.ns] += 1
        case s.NsName():
            found.wildcards.add(node.ns)
        case s.ExternalRef() | s.Include():
            found.files.add(node.ns)
        case s.Data():
            found.libraries[node.library] += 1
            found.strange_type |= not node.library and node.type not in BUILT_IN
        case s.Value():
            found.libraries[node.library] += 1
            found.strange_type |= not node.library and node.type not in BUILT_IN
            _record_value(found, node)
        case _:
            pass


def _record_value(found: Uses, value: s.Value) -> None:
    qname = split_qname(value)
    if qname is None:
        return
    prefix, namespace, _ = qname
    if not prefix:
        found.unprefixed_values.add(namespace)
    elif found.values.setdefault(prefix, namespace) == namespace:
        _record_prefix(found, namespace, prefix)


def split_qname(value: s.Value) -> tuple[str, str, str] | None:
    """Return prefix, namespace and local name of a value that is a qualified name."""
    if value.library != XSD or value.type not in _QNAME_TYPES:
        return None
    prefix, colon, local = value.value.strip().rpartition(":")
    namespace = dict(value.namespaces).get(prefix) if colon else value.ns
    return None if namespace is None else (prefix, namespace, local)


def _record_notes(found: Uses, node: _Node, *, whole: bool) -> None:
    for attribute in node.notes.attributes:
        _record_foreign(found, attribute)
    before, after = split_annotations(node)
    if whole and isinstance(node, s.Grammar):  # nothing stands before a grammar that is the whole file
        before, after = (), before + after
    for element in before:
        found.documented = True
        _record_prefix(found, COMPATIBILITY, element.prefix)
    waiting = [*after]
    while waiting:
        element = waiting.pop()
        _record_foreign(found, element)
        for attribute in element.attributes:
            _record_foreign(found, attribute)
        waiting += [child for child in element.children if not isinstance(child, str)]


def split_annotations(node: _Node) -> tuple[tuple[s.Annotation, ...], tuple[s.Annotation, ...]]:
    """Split annotations into documentation that the compact syntax writes as `##` before the node, and all others."""
    initial, following = node.notes.initial, node.notes.following
    if isinstance(node, s.Name | s.Value | s.Param):  # these hold no elements: what follows annotates them
        initial, following = initial + following, ()
    count = next((n for n, element in enumerate(initial) if not is_documentation(element)), len(initial))
    return initial[:count], initial[count:] + following


def is_documentation(element: s.Annotation) -> bool:
    """Return whether the compact syntax can write the element as `## text`."""
    return (
        element.name == (COMPATIBILITY, "documentation")
        and not element.attributes
        and all(isinstance(child, str) for child in element.children)
    )


def _record_foreign(found: Uses, named: s.Annotation | s.Attribute) -> None:
    found.foreign.add(named.name[0])
    _record_prefix(found, named.name[0], named.prefix)


def _record_prefix(found: Uses, namespace: str, prefix: str) -> None:
    if prefix and prefix != "xml":
        hints = found.hints.setdefault(namespace, [])
        if prefix not in hints:
            hints.append(prefix)


def assign_prefixes(found: Uses, namespaces: Iterable[str]) -> dict[str, str]:
    """Choose a unique prefix for each namespace, always the same one for the same schema."""
    chosen = {XML: "xml"}
    taken = {"xml", "xmlns"} | {prefix for prefix, namespace in found.values.items() if namespace != XML}
    for prefix, namespace in found.values.items():
        chosen.setdefault(namespace, prefix)
    for namespace in sorted(set(namespaces) - set(chosen)):
        wanted = [*found.hints.get(namespace, ()), *([_KNOWN[namespace]] if namespace in _KNOWN else ())]
        chosen[namespace] = next((prefix for prefix in wanted if prefix not in taken), "") or _make_numbered_prefix("ns", taken)
        taken.add(chosen[namespace])
    return chosen


def assign_libraries(found: Uses) -> dict[str, str]:
    """Choose a datatypes prefix for each library; `xsd` needs no declaration."""
    taken = {"xsd"}
    chosen = {XSD: "xsd"}
    for library in sorted(set(found.libraries) - ({XSD} if found.strange_type else {XSD, ""})):
        chosen[library] = _make_numbered_prefix("d", taken)
        taken.add(chosen[library])
    return chosen


def _make_numbered_prefix(stem: str, taken: set[str]) -> str:
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
