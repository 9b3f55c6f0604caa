"""Read the XML syntax of RELAX NG (ISO/IEC 19757-2, clause 6) into the nodes of `syntax`.

This module also applies clauses 4.1 to 4.5 and 4.8 to 4.10, which concern the spelling alone: it separates annotations, trims
white space, and resolves `ns`, `datatypeLibrary` and prefixes. It rejects what the syntax does not allow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, NoReturn, TypeVar

from siglum.errors import SchemaError
from siglum.schema.datatypes.names import is_ncname
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.xmltree import XML_NS, XmlComment, XmlElement, parse
from siglum.text.frozen import frozen
from siglum.text.source import Source

RNG_NS = "http://relaxng.org/ns/structure/1.0"
_RNG = RNG_NS + "}"
_WHITE = " \t\r\n"
_URI_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.")
_NO_NOTES = s.Notes()
_Kids = tuple[tuple[str, ...], tuple[s.Annotation, ...]]
"""The comments before a node and the foreign elements after it."""
_NO_KIDS: _Kids = ((), ())

_ATTRIBUTES = {
    "element": {"name"},
    "attribute": {"name"},
    "ref": {"name"},
    "parentRef": {"name"},
    "param": {"name"},
    "define": {"name", "combine"},
    "start": {"combine"},
    "data": {"type"},
    "value": {"type"},
    "externalRef": {"href"},
    "include": {"href"},
}
"""The attributes that an element may have, besides `ns` and `datatypeLibrary`, which are always allowed."""


@frozen
class _Scope:
    """The values that an element inherits from its ancestors."""

    ns: str
    library: str
    base: str


@dataclass(slots=True)
class _Children:
    """The RELAX NG children of an element, with the annotations of the element and of each child."""

    elements: list[XmlElement]
    notes: s.Notes
    comments: dict[int, tuple[str, ...]]
    following: dict[int, tuple[s.Annotation, ...]]

    def around(self, number: int) -> _Kids:
        return self.comments.get(number, ()), self.following.get(number, ())


def read(source: Source, *, ns: str = "", notes: bool = True) -> s.Pattern:
    """Read the pattern in a schema file. `ns`: the namespace inherited from the referring schema (4.6, 4.7).

    Without `notes`, skip annotations and comments, which validation does not need. Raises SchemaError.
    """
    root = parse(source, "" if notes else RNG_NS)
    reader = _Reader(source.name, notes=notes)
    try:
        if not root.name.startswith(_RNG):
            reader.refuse(
                root,
                f"`{root.name.rpartition('}')[2]}` is not an element of RELAX NG",
                f'the root of a schema is <grammar xmlns="{RNG_NS}">',
            )
        return reader.pattern(root, _Scope(ns, "", ""), (root.around if notes else (), ()))
    except RecursionError:
        raise SchemaError("the schema nests its patterns too deeply", where=source.name, help="split it into defines") from None


class _Reader:
    def __init__(self, path: str, *, notes: bool) -> None:
        self.path = path
        self.with_notes = notes

    def refuse(self, at: XmlElement, message: str, help_: str = "see the RELAX NG specification, clause 6") -> NoReturn:
        raise SchemaError(message, where=f"{self.path}:{at.line}", help=help_)

    # Patterns

    def pattern(self, at: XmlElement, outer: _Scope, kids: _Kids = _NO_KIDS) -> s.Pattern:
        kind = at.name.removeprefix(_RNG)
        read = _PATTERNS.get(kind)
        if read is None:
            known = "expected a pattern" if kind in _OTHERS else "RELAX NG has no such element"
            self.refuse(at, f"<{kind}> is not allowed here: {known}")
        node = read(self, at, kind, self._make_scope(at, kind, outer))
        return _add_notes(node, kids)

    def patterns(self, at: XmlElement, scope: _Scope, children: _Children, skip: int = 0) -> tuple[s.Pattern, ...]:
        """Read the patterns in an element; at least one is required."""
        found = tuple(self.pattern(child, scope, children.around(i)) for i, child in enumerate(children.elements) if i >= skip)
        if not found:
            kind = at.name.removeprefix(_RNG)
            self.refuse(at, f"<{kind}> has no content", "put a pattern in it, or <empty/> if it must be empty")
        return found

    def read_one(self, at: XmlElement, scope: _Scope, children: _Children, skip: int = 0) -> s.Pattern:
        """Read the patterns in an element as one (4.12)."""
        found = self.patterns(at, scope, children, skip)
        return found[0] if len(found) == 1 else s.Group(found, origin=found[0].origin)

    def read_named(self, at: XmlElement, kind: str, scope: _Scope) -> s.Pattern:
        """Read `element` or `attribute`: a name, as an attribute or as the first child, and patterns."""
        children = self._read_children(at)
        if "name" in at.attributes:
            name: s.NameClass = self._read_name_attribute(at, kind, scope)
            skip = 0
        else:
            if not children.elements:
                self.refuse(
                    at, f"this <{kind}> has no name", "give it @name, or a name class such as <anyName/> as its first child"
                )
            name = self.name_class(children.elements[0], scope, children.around(0))
            skip = 1
        origin, notes = self._origin(at), children.notes
        if kind == "element":
            return s.Element(name, self.read_one(at, scope, children, skip), origin=origin, notes=notes)
        if len(children.elements) - skip > 1:
            self.refuse(at, "an <attribute> holds one pattern", "put them in a <choice> or a <group>")
        content = self.read_one(at, scope, children, skip) if len(children.elements) > skip else s.Text(origin=origin)
        return s.AttributePattern(name, content, origin=origin, notes=notes)

    def _read_name_attribute(self, at: XmlElement, kind: str, scope: _Scope) -> s.Name:
        """4.8: convert @name to a <name>; the name of an attribute inherits no namespace."""
        ns = scope.ns if kind == "element" else at.attributes.get("ns", "")
        return self._resolve_qname(at, at.attributes["name"], ns)

    def read_several(self, at: XmlElement, kind: str, scope: _Scope) -> s.Pattern:
        children = self._read_children(at)
        found = self.patterns(at, scope, children)
        return _SEVERAL[kind](found, origin=self._origin(at), notes=children.notes)

    def read_single(self, at: XmlElement, kind: str, scope: _Scope) -> s.Pattern:
        children = self._read_children(at)
        return _SINGLE[kind](self.read_one(at, scope, children), origin=self._origin(at), notes=children.notes)

    def read_leaf(self, at: XmlElement, kind: str, _make_scope: _Scope) -> s.Pattern:
        return _LEAVES[kind](origin=self._origin(at), notes=self._read_empty(at, kind))

    def read_reference(self, at: XmlElement, kind: str, _make_scope: _Scope) -> s.Pattern:
        notes = self._read_empty(at, kind)
        name = self._read_ncname(at, "name")
        return _REFERENCES[kind](name, origin=self._origin(at), notes=notes)

    def data(self, at: XmlElement, _kind: str, scope: _Scope) -> s.Pattern:
        children = self._read_children(at)
        type_ = self._read_ncname(at, "type")
        params: list[s.Param] = []
        except_: s.Pattern | None = None
        for i, child in enumerate(children.elements):
            part = child.name.removeprefix(_RNG)
            if except_ is not None:
                self.refuse(child, f"<{part}> is not allowed after <except> in <data>", "<except> comes last, and once")
            if part == "param":
                params.append(_add_notes(self._read_param(child, scope), children.around(i)))
            elif part == "except":
                except_ = _add_notes(self._read_data_except(child, scope), children.around(i))
            else:
                self.refuse(child, f"<{part}> is not allowed in <data>", "<data> holds <param> and then <except>")
        return s.Data(scope.library, type_, tuple(params), except_, origin=self._origin(at), notes=children.notes)

    def _read_param(self, at: XmlElement, outer: _Scope) -> s.Param:
        self._make_scope(at, "param", outer)
        return s.Param(
            self._read_ncname(at, "name"),
            self._read_string(at, "param"),
            origin=self._origin(at),
            notes=self._read_string_notes(at),
        )

    def _read_data_except(self, at: XmlElement, outer: _Scope) -> s.Pattern:
        scope = self._make_scope(at, "except", outer)
        children = self._read_children(at)
        found = self.patterns(at, scope, children)
        content = found[0] if len(found) == 1 else s.Choice(found, origin=self._origin(at))
        return _add_inner_notes(content, children.notes)

    def value(self, at: XmlElement, kind: str, scope: _Scope) -> s.Pattern:
        """4.4: without @type, the value is a token of the built-in library."""
        value = self._read_string(at, kind)
        type_, library = (self._read_ncname(at, "type"), scope.library) if "type" in at.attributes else ("token", "")
        notes = self._read_string_notes(at)
        namespaces = tuple(sorted({**at.namespaces, "": scope.ns}.items()))
        return s.Value(value, library, type_, scope.ns, namespaces, origin=self._origin(at), notes=notes)

    def read_external(self, at: XmlElement, kind: str, scope: _Scope) -> s.Pattern:
        notes = self._read_empty(at, kind)
        return s.ExternalRef(self._read_href(at), scope.ns, scope.base, origin=self._origin(at), notes=notes)

    def grammar(self, at: XmlElement, _kind: str, scope: _Scope) -> s.Pattern:
        children = self._read_children(at)
        components = self._read_components(children, scope, _COMPONENTS)
        return s.Grammar(components, origin=self._origin(at), notes=children.notes)

    # Components of a grammar

    def _read_components(self, children: _Children, scope: _Scope, allowed: frozenset[str]) -> tuple[s.Component, ...]:
        return tuple(
            self._read_component(child, scope, allowed, children.around(i)) for i, child in enumerate(children.elements)
        )

    def _read_component(self, at: XmlElement, outer: _Scope, allowed: frozenset[str], kids: _Kids) -> s.Component:
        kind = at.name.removeprefix(_RNG)
        if kind not in allowed:
            help_ = "a grammar holds <start>, <define>, <div> and <include>; an <include> holds the first three"
            self.refuse(at, f"<{kind}> is not allowed here", help_)
        scope = self._make_scope(at, kind, outer)
        children = self._read_children(at)
        notes = children.notes
        if kids[0] or kids[1]:
            notes = replace(notes, comments=kids[0] + notes.comments, following=kids[1])
        origin = self._origin(at)
        if kind == "div":
            return s.Div(self._read_components(children, scope, allowed), origin=origin, notes=notes)
        if kind == "include":
            components = self._read_components(children, scope, _COMPONENTS - {"include"})
            return s.Include(self._read_href(at), components, scope.ns, scope.base, origin=origin, notes=notes)
        if kind == "start" and len(children.elements) > 1:
            self.refuse(at, "<start> holds one pattern", "put them in a <choice> or a <group>")
        combine = self._read_combine(at)
        if kind == "start":
            return s.Start(self.read_one(at, scope, children), combine, origin=origin, notes=notes)
        return s.Define(self._read_ncname(at, "name"), self.read_one(at, scope, children), combine, origin=origin, notes=notes)

    def _read_combine(self, at: XmlElement) -> Literal["choice", "interleave"] | None:
        written = at.attributes.get("combine")
        match written.strip(_WHITE) if written is not None else None:
            case None:
                return None
            case "choice":
                return "choice"
            case "interleave":
                return "interleave"
        return self.refuse(at, f"@combine is “{written}”", "write choice or interleave")

    # Name classes

    def name_class(self, at: XmlElement, outer: _Scope, kids: _Kids = _NO_KIDS) -> s.NameClass:
        return _add_notes(self._read_name_class(at, outer), kids)

    def _read_name_class(self, at: XmlElement, outer: _Scope) -> s.NameClass:
        kind = at.name.removeprefix(_RNG)
        if kind not in _NAME_CLASSES:
            self.refuse(at, f"<{kind}> is not a name class", "give the element or attribute @name, or a name class first")
        scope = self._make_scope(at, kind, outer)
        if kind == "name":
            return replace(self._resolve_qname(at, self._read_string(at, kind), scope.ns), notes=self._read_string_notes(at))
        children = self._read_children(at)
        origin, notes = self._origin(at), children.notes
        if kind == "choice":
            return s.NameChoice(self._read_name_classes(at, scope, children), origin=origin, notes=notes)
        except_ = self._read_name_except(scope, children)
        if kind == "anyName":
            return s.AnyName(except_, origin=origin, notes=notes)
        return s.NsName(scope.ns, except_, origin=origin, notes=notes)

    def _read_name_classes(self, at: XmlElement, scope: _Scope, children: _Children) -> tuple[s.NameClass, ...]:
        if not children.elements:
            self.refuse(at, f"<{at.name.removeprefix(_RNG)}> has no content", "put a name class in it")
        return tuple(self.name_class(child, scope, children.around(i)) for i, child in enumerate(children.elements))

    def _read_name_except(self, outer: _Scope, children: _Children) -> s.NameClass | None:
        if not children.elements:
            return None
        excepted = children.elements[0]
        if len(children.elements) > 1 or excepted.name != _RNG + "except":
            self.refuse(excepted, "an <anyName> or <nsName> holds one <except> at most, and nothing else")
        scope = self._make_scope(excepted, "except", outer)
        inner = self._read_children(excepted)
        found = self._read_name_classes(excepted, scope, inner)
        names = found[0] if len(found) == 1 else s.NameChoice(found, origin=self._origin(excepted))
        return _add_notes(_add_inner_notes(names, inner.notes), children.around(0))

    # Attributes, names and strings

    def _make_scope(self, at: XmlElement, kind: str, outer: _Scope) -> _Scope:
        """4.3, 4.5 and 4.9: return the inherited values; reject unknown attributes."""
        attributes = at.attributes
        if not attributes:
            return outer
        allowed = _ATTRIBUTES.get(kind, ())
        ns, library, base = outer.ns, outer.library, outer.base
        for key, value in attributes.items():
            if key in allowed:
                continue
            if key == "ns":
                ns = value
            elif key == "datatypeLibrary":
                library = self._read_library(at, value)
            elif "}" not in key:
                self.refuse(at, f"<{kind}> does not allow @{key}")
            elif key.startswith(_RNG):
                self.refuse(at, f"@{key.removeprefix(_RNG)} is in the namespace of RELAX NG", "write it without a prefix")
            elif key == XML_NS + "}base":
                base = _resolve(base, value)
        if ns == outer.ns and library == outer.library and base == outer.base:
            return outer
        return _Scope(ns, library, base)

    def _read_library(self, at: XmlElement, uri: str) -> str:
        """4.3: accept "" or an absolute URI without a fragment; escape characters that a URI may not contain."""
        if uri and (not _URI_SCHEME.match(uri) or "#" in uri or _BAD_URI.search(uri)):
            self.refuse(at, f"@datatypeLibrary is “{uri}”", "use an absolute URI without a fragment (#)")
        return "".join(char if " " < char < "\x7f" else "".join(f"%{b:02X}" for b in char.encode()) for char in uri)

    def _read_href(self, at: XmlElement) -> str:
        href = at.attributes.get("href")
        if href is None:
            self.refuse(at, f"<{at.name.removeprefix(_RNG)}> has no @href", "name the schema file in @href")
        if "#" in href:
            self.refuse(at, f"@href is “{href}”", "name a whole file: a fragment (#) is not allowed")
        return href

    def _read_ncname(self, at: XmlElement, key: str) -> str:
        written = at.attributes.get(key)
        kind = at.name.removeprefix(_RNG)
        if written is None:
            self.refuse(at, f"<{kind}> has no @{key}", f"add @{key}")
        name = written.strip(_WHITE)
        if not is_ncname(name):
            self.refuse(at, f"@{key} of <{kind}> is “{name}”", "use an XML name without a colon")
        return name

    def _resolve_qname(self, at: XmlElement, written: str, ns: str) -> s.Name:
        """4.10: resolve a prefix."""
        prefix, colon, local = written.strip(_WHITE).rpartition(":")
        if not is_ncname(local) or (colon and not is_ncname(prefix)):
            self.refuse(at, f"“{written.strip(_WHITE)}” is not an XML name")
        if colon:
            declared = at.namespaces.get(prefix)
            if declared is None:
                self.refuse(at, f"the prefix of “{prefix}:{local}” is not declared", f'declare it with xmlns:{prefix}="…"')
            ns = declared
        return s.Name(ns, local, prefix, origin=self._origin(at))

    def _read_string(self, at: XmlElement, kind: str) -> str:
        inner = next((child for child in at.children if isinstance(child, XmlElement)), None)
        if inner is not None:
            self.refuse(inner, f"an element is not allowed in <{kind}>", "it holds text only")
        return at.text

    def _read_string_notes(self, at: XmlElement) -> s.Notes:
        """Return the annotations of an element that holds only text."""
        if not self.with_notes:
            return _NO_NOTES
        comments = tuple(child.text for child in at.children if isinstance(child, XmlComment))
        return s.Notes(comments, self._read_foreign_attributes(at))

    def _origin(self, at: XmlElement) -> s.Origin:
        return s.Origin(self.path, at.line, at.column)

    # Children and annotations (4.1)

    def _read_empty(self, at: XmlElement, kind: str) -> s.Notes:
        children = self._read_children(at)
        if children.elements:
            inner = children.elements[0].name.removeprefix(_RNG)
            self.refuse(children.elements[0], f"<{inner}> is not allowed in <{kind}>", f"<{kind}> is empty")
        return children.notes

    def _read_children(self, at: XmlElement) -> _Children:
        """Return the RELAX NG children; foreign ones annotate `at` or the child before them."""
        elements: list[XmlElement] = []
        if not at.children:
            return _Children(elements, self._make_notes(at, (), ()), _NO_COMMENTS, _NO_FOLLOWING)
        comments: dict[int, tuple[str, ...]] = {}
        following: dict[int, tuple[s.Annotation, ...]] = {}
        initial: tuple[s.Annotation, ...] = ()
        waiting: tuple[str, ...] = ()
        for child in at.children:
            if isinstance(child, str):
                if child.strip(_WHITE):
                    self.refuse(
                        at,
                        f"text in <{at.name.removeprefix(_RNG)}>: “{child.strip()[:30]}”",
                        "remove it; notes go into elements of another namespace",
                    )
            elif isinstance(child, XmlComment):
                waiting = (*waiting, child.text) if self.with_notes else ()
            elif child.name.startswith(_RNG):
                if waiting:
                    comments[len(elements)] = waiting
                    waiting = ()
                elements.append(child)
            elif self.with_notes:
                if elements:
                    last = len(elements) - 1
                    following[last] = (*following.get(last, ()), read_annotation(child))
                else:
                    initial = (*initial, read_annotation(child))
        return _Children(elements, self._make_notes(at, initial, waiting), comments, following)

    def _make_notes(self, at: XmlElement, initial: tuple[s.Annotation, ...], comments: tuple[str, ...]) -> s.Notes:
        if not self.with_notes:
            return _NO_NOTES
        attributes = self._read_foreign_attributes(at)
        return s.Notes(comments, attributes, initial) if attributes or initial or comments else _NO_NOTES

    def _read_foreign_attributes(self, at: XmlElement) -> tuple[s.Attribute, ...]:
        return tuple(_make_attribute(at, key) for key in at.attributes if "}" in key and not key.startswith(_RNG))


_Node = TypeVar("_Node", bound=s.Node)


def _add_notes(node: _Node, kids: _Kids) -> _Node:
    """Add the comments before a node and the foreign elements after it."""
    comments, following = kids
    if not comments and not following:
        return node
    notes = replace(node.notes, comments=comments + node.notes.comments, following=node.notes.following + following)
    return replace(node, notes=notes)


def _add_inner_notes(node: _Node, notes: s.Notes) -> _Node:
    """Add the annotations of an enclosing element that is no node itself: `except`."""
    if notes == _NO_NOTES:
        return node
    own = node.notes
    initial, attributes = notes.initial + own.initial, notes.attributes + own.attributes
    merged = replace(own, comments=notes.comments + own.comments, attributes=attributes, initial=initial)
    return replace(node, notes=merged)


def read_annotation(at: XmlElement) -> s.Annotation:
    """Convert a foreign element with all its content, including RELAX NG elements."""
    children = tuple(
        child if isinstance(child, str) else read_annotation(child)
        for child in at.children
        if not isinstance(child, XmlComment)
    )
    ns, _, local = at.name.rpartition("}")
    return s.Annotation((ns, local), tuple(_make_attribute(at, key) for key in at.attributes), children, at.prefix)


def _make_attribute(at: XmlElement, key: str) -> s.Attribute:
    ns, _, local = key.rpartition("}")
    return s.Attribute((ns, local), at.attributes[key], at.prefixes.get(key, ""))


def _resolve(base: str, href: str) -> str:
    from urllib.parse import urljoin  # few schemas have xml:base, and this is slow to import

    return urljoin(base, href)


_BAD_URI = re.compile(r"[^:]*:$|%(?![0-9A-Fa-f]{2})")
_NO_COMMENTS: dict[int, tuple[str, ...]] = {}
_NO_FOLLOWING: dict[int, tuple[s.Annotation, ...]] = {}
_COMPONENTS = frozenset({"start", "define", "div", "include"})
_NAME_CLASSES = frozenset({"name", "anyName", "nsName", "choice"})
_OTHERS = _COMPONENTS | {"name", "anyName", "nsName", "param", "except"}
_SEVERAL: dict[str, type[s.Group | s.Interleave | s.Choice]] = {
    "group": s.Group,
    "interleave": s.Interleave,
    "choice": s.Choice,
}
_SINGLE: dict[str, type[s.Optional | s.ZeroOrMore | s.OneOrMore | s.List | s.Mixed]] = {
    "optional": s.Optional,
    "zeroOrMore": s.ZeroOrMore,
    "oneOrMore": s.OneOrMore,
    "list": s.List,
    "mixed": s.Mixed,
}
_LEAVES: dict[str, type[s.Text | s.Empty | s.NotAllowed]] = {"text": s.Text, "empty": s.Empty, "notAllowed": s.NotAllowed}
_REFERENCES: dict[str, type[s.Ref | s.ParentRef]] = {"ref": s.Ref, "parentRef": s.ParentRef}

_Read = Callable[[_Reader, XmlElement, str, _Scope], s.Pattern]
_PATTERNS: dict[str, _Read] = {
    "element": _Reader.read_named,
    "attribute": _Reader.read_named,
    **dict.fromkeys(_SEVERAL, _Reader.read_several),
    **dict.fromkeys(_SINGLE, _Reader.read_single),
    **dict.fromkeys(_LEAVES, _Reader.read_leaf),
    **dict.fromkeys(_REFERENCES, _Reader.read_reference),
    "data": _Reader.data,
    "value": _Reader.value,
    "externalRef": _Reader.read_external,
    "grammar": _Reader.grammar,
}
