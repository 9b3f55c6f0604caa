"""Which namespaces and datatype libraries a schema names, and the prefixes it is written with. Used by both writers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import assert_never

from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.compact.cursor import COMPATIBILITY, RELAX_NG, XML, XSD

INHERIT = "\0inherit"
"""A namespace name for what is inherited from the file that refers to this one. Given to a reader as `ns`, it tells a writer
which names depend on that; no namespace of a document can be equal to it."""

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
"""The types of the library without a name; the compact syntax knows them as keywords."""

_QNAME_TYPES = ("QName", "NOTATION")


@dataclass(slots=True)
class Uses:
    """The namespaces a schema names, by what names them; of prefixes those that its author used, the first ones first."""

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
        """The namespace of element names without a prefix: the commonest, but what is inherited can be nothing else."""
        if INHERIT in self.elements or INHERIT in self.files or INHERIT in self.unprefixed_values:
            return INHERIT
        if "" in self.unprefixed_values or not self.elements:
            return ""
        return min(self.elements, key=lambda ns: (-self.elements[ns], ns))


def uses(pattern: s.Pattern) -> Uses:
    found = Uses()
    waiting: list[tuple[_Node, bool]] = [(pattern, False)]
    while waiting:
        node, in_attribute = waiting.pop()
        _note(found, node, whole=node is pattern)
        _use(found, node, in_attribute=in_attribute)
        in_attribute = isinstance(node, s.AttributePattern) or (in_attribute and isinstance(node, _NAME_CLASSES))
        waiting += [(part, in_attribute) for part in reversed(list(parts(node)))]
    return found


_Node = s.Pattern | s.Component | s.NameClass | s.Param
_NAME_CLASSES = (s.AnyName, s.NsName, s.Name, s.NameChoice)


def parts(node: _Node) -> Iterator[_Node]:
    """What a node is made of, in the order of writing."""
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


def _use(found: Uses, node: _Node, *, in_attribute: bool) -> None:
    match node:
        case s.Name():
            _hint(found, node.ns, node.prefix)
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
            _use_value(found, node)
        case _:
            pass


def _use_value(found: Uses, value: s.Value) -> None:
    qname = qname_parts(value)
    if qname is None:
        return
    prefix, namespace, _ = qname
    if not prefix:
        found.unprefixed_values.add(namespace)
    elif found.values.setdefault(prefix, namespace) == namespace:
        _hint(found, namespace, prefix)


def qname_parts(value: s.Value) -> tuple[str, str, str] | None:
    """Prefix, namespace and local name of a value that is a qualified name."""
    if value.library != XSD or value.type not in _QNAME_TYPES:
        return None
    prefix, colon, local = value.value.strip().rpartition(":")
    namespace = dict(value.namespaces).get(prefix) if colon else value.ns
    return None if namespace is None else (prefix, namespace, local)


def _note(found: Uses, node: _Node, *, whole: bool) -> None:
    for attribute in node.notes.attributes:
        _foreign(found, attribute)
    before, after = lead_and_rest(node)
    if whole and isinstance(node, s.Grammar):  # there is nothing before a grammar that is the whole file
        before, after = (), before + after
    for element in before:
        found.documented = True
        _hint(found, COMPATIBILITY, element.prefix)
    waiting = [*after]
    while waiting:
        element = waiting.pop()
        _foreign(found, element)
        for attribute in element.attributes:
            _foreign(found, attribute)
        waiting += [child for child in element.children if not isinstance(child, str)]


def lead_and_rest(node: _Node) -> tuple[tuple[s.Annotation, ...], tuple[s.Annotation, ...]]:
    """The documentation that the compact syntax can write as `##` before the node, and all other annotations."""
    initial, following = node.notes.initial, node.notes.following
    if isinstance(node, s.Name | s.Value | s.Param):  # nothing can stand in these: what follows them is about them
        initial, following = initial + following, ()
    count = next((n for n, element in enumerate(initial) if not is_documentation(element)), len(initial))
    return initial[:count], initial[count:] + following


def is_documentation(element: s.Annotation) -> bool:
    """Whether the compact syntax can write it as `## text`."""
    return (
        element.name == (COMPATIBILITY, "documentation")
        and not element.attributes
        and all(isinstance(child, str) for child in element.children)
    )


def _foreign(found: Uses, named: s.Annotation | s.Attribute) -> None:
    found.foreign.add(named.name[0])
    _hint(found, named.name[0], named.prefix)


def _hint(found: Uses, namespace: str, prefix: str) -> None:
    if prefix and prefix != "xml":
        hints = found.hints.setdefault(namespace, [])
        if prefix not in hints:
            hints.append(prefix)


def assign(found: Uses, namespaces: Iterable[str]) -> dict[str, str]:
    """A prefix for each of the namespaces, no two alike, the same for the same schema."""
    chosen = {XML: "xml"}
    taken = {"xml", "xmlns"} | {prefix for prefix, namespace in found.values.items() if namespace != XML}
    for prefix, namespace in found.values.items():
        chosen.setdefault(namespace, prefix)
    for namespace in sorted(set(namespaces) - set(chosen)):
        wanted = [*found.hints.get(namespace, ()), *([_KNOWN[namespace]] if namespace in _KNOWN else ())]
        chosen[namespace] = next((prefix for prefix in wanted if prefix not in taken), "") or _numbered("ns", taken)
        taken.add(chosen[namespace])
    return chosen


def assign_libraries(found: Uses) -> dict[str, str]:
    """A datatypes prefix for each library; `xsd` needs no declaration."""
    taken = {"xsd"}
    chosen = {XSD: "xsd"}
    for library in sorted(set(found.libraries) - ({XSD} if found.strange_type else {XSD, ""})):
        chosen[library] = _numbered("d", taken)
        taken.add(chosen[library])
    return chosen


def _numbered(stem: str, taken: set[str]) -> str:
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"
