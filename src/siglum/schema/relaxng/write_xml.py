"""Write a schema in the XML syntax of RELAX NG (ISO/IEC 19757-2, clause 6) from the nodes of `syntax`.

The root declares the most common `ns` and `datatypeLibrary`; nodes that differ declare their own. White space is added only
between elements of RELAX NG, never inside a value or an annotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import assert_never

from siglum.errors import SchemaError
from siglum.schema.relaxng import syntax as s
from siglum.schema.relaxng.compact.cursor import COMPATIBILITY, RELAX_NG
from siglum.schema.relaxng.compact.prefixes import INHERIT, Uses, assign_prefixes, collect_uses, split_qname
from siglum.schema.relaxng.compact.spelling import split_comment

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = _TEXT | str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;"})

_BASE = ("http://www.w3.org/XML/1998/namespace", "base")


@dataclass(slots=True)
class _Tag:
    """An element to write; `verbatim`: no white space may be added inside."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Item] = field(default_factory=list)
    verbatim: bool = False


@dataclass(slots=True)
class _Comment:
    text: str


_Item = _Tag | _Comment | str
_Leaf = s.Text | s.Empty | s.NotAllowed | s.Ref | s.ParentRef | s.ExternalRef | s.Data | s.Value


def write_schema(pattern: s.Pattern, *, href: Callable[[str], str] = str) -> str:
    """Return the schema as XML. `href` maps the address of another file to the one to write. Raises SchemaError."""
    try:
        return _write_document(pattern, href)
    except RecursionError:
        raise SchemaError("patterns are nested too deeply to be written", help="split the schema into definitions") from None


def _write_document(pattern: s.Pattern, href: Callable[[str], str]) -> str:
    found = collect_uses(pattern)
    writer = _Writer(pattern, found, href)
    *comments, root = writer.write_items(pattern)
    assert isinstance(root, _Tag)  # nothing follows the pattern of the whole file
    root.attributes = {**writer.declarations(), **root.attributes}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    for comment in comments:
        _lay_out(comment, "", lines)
    _lay_out(root, "", lines, spread=True)
    return "\n".join(lines) + "\n"


class _Writer:
    """The properties of the file; `ns` and `library` change inside an element that declares its own."""

    def __init__(self, whole: s.Pattern, found: Uses, href: Callable[[str], str]) -> None:
        self.href = href
        self.ns = whole.ns if isinstance(whole, s.ExternalRef | s.Value) else found.default()
        libraries = {library: times for library, times in found.libraries.items() if library}
        commonest = min(libraries, key=lambda library: (-libraries[library], library), default="")
        self.library = whole.library if isinstance(whole, s.Data | s.Value) else commonest
        foreign = found.foreign | {COMPATIBILITY} if found.documented else found.foreign
        make_named_tag = {ns for ns in (*found.elements, *found.attributes) if ns != self.ns} | (found.attributes & {self.ns})
        self.prefixes = assign_prefixes(found, (foreign | make_named_tag) - {"", INHERIT})

    def declarations(self) -> dict[str, str]:
        known = sorted((prefix, ns) for ns, prefix in self.prefixes.items() if prefix != "xml")
        declared = {"xmlns": RELAX_NG, **{f"xmlns:{prefix}": ns for prefix, ns in known}}
        if self.ns not in ("", INHERIT):
            declared["ns"] = self.ns
        if self.library:
            declared["datatypeLibrary"] = self.library
        return declared

    # Patterns and components

    def write_items(self, node: s.Pattern | s.Component) -> list[_Item]:
        """Return the tag of a node, with its comments before and its annotations after it."""
        return self.add_notes(node, self.tag(node))

    def add_notes(self, node: s.Node, tag: _Tag) -> list[_Item]:
        notes = node.notes
        own: dict[str, str] = {
            self.qname(attribute.name): attribute.value for attribute in notes.attributes if attribute.name != _BASE
        }
        tag.attributes.update(own)
        comments: list[_Item] = [_Comment(text) for text in notes.comments]
        if tag.verbatim:
            return [*comments, tag, *self.annotations((*notes.initial, *notes.following))]
        tag.children[:0] = self.annotations(notes.initial)
        return [*comments, tag, *self.annotations(notes.following)]

    def tag(self, node: s.Pattern | s.Component) -> _Tag:
        match node:
            case s.Element() | s.AttributePattern():
                return self.make_named_tag(node)
            case s.Group() | s.Interleave() | s.Choice():
                return _Tag(_KINDS[type(node)], {}, self.all(node.patterns))
            case s.Optional() | s.ZeroOrMore() | s.OneOrMore() | s.List() | s.Mixed():
                return _Tag(_KINDS[type(node)], {}, self.write_content(node.content))
            case s.Grammar() | s.Div():
                return _Tag(_KINDS[type(node)], {}, self.all(node.components))
            case s.Include():
                return self.include(node)
            case s.Start():
                return _Tag("start", _combine_attribute(node), self.write_items(node.content))
            case s.Define():
                return _Tag("define", {"name": node.name, **_combine_attribute(node)}, self.write_content(node.content))
            case _:
                return self.leaf(node)

    def leaf(self, node: _Leaf) -> _Tag:
        match node:
            case s.Text() | s.Empty() | s.NotAllowed():
                return _Tag(_KINDS[type(node)])
            case s.Ref() | s.ParentRef():
                return _Tag(_KINDS[type(node)], {"name": node.name})
            case s.ExternalRef():
                return _Tag("externalRef", {"href": self.address(node), **self.inherit_ns(node.ns)})
            case s.Data():
                return self.data(node)
            case s.Value():
                return self.value(node)
            case _:
                assert_never(node)

    def all(self, nodes: Iterable[s.Pattern | s.Component]) -> list[_Item]:
        return [item for node in nodes for item in self.write_items(node)]

    def write_content(self, node: s.Pattern, *, grouped: type[s.Group | s.Choice] = s.Group) -> list[_Item]:
        """Write the content of an element that groups its children (4.12), so a plain group needs no element."""
        if isinstance(node, grouped) and len(node.patterns) > 1 and node.notes == s.Notes():
            return self.all(node.patterns)
        return self.write_items(node)

    def make_named_tag(self, node: s.Element | s.AttributePattern) -> _Tag:
        kind = _KINDS[type(node)]
        short = self.short_name(node)
        head: list[_Item] = [] if short else self.write_names(node.name)
        attributes = {"name": short} if short else {}
        if isinstance(node, s.Element):
            return _Tag(kind, attributes, head + self.write_content(node.content))
        if node.content == s.Text() and node.content.notes == s.Notes():
            return _Tag(kind, attributes, head)
        return _Tag(kind, attributes, head + self.write_items(node.content))

    def include(self, node: s.Include) -> _Tag:
        tag = _Tag("include", {"href": self.address(node), **self.inherit_ns(node.ns)})
        with self.inside(ns=node.ns):
            tag.children = self.all(node.components)
        return tag

    def address(self, node: s.ExternalRef | s.Include) -> str:
        """Write an address, with xml:base resolved."""
        if not node.base:
            return self.href(node.href)
        from urllib.parse import urljoin  # few schemas have a base, and this is slow to import

        return self.href(urljoin(node.base, node.href))

    def inherit_ns(self, ns: str) -> dict[str, str]:
        if ns == self.ns:
            return {}
        if ns == INHERIT:
            message = f"what is inherited cannot be named inside something that sets the namespace “{self.ns}”"
            raise SchemaError(message, help="give the schema a namespace of its own, or write it in the compact syntax")
        return {"ns": ns}

    @contextmanager
    def inside(self, *, ns: str | None = None, library: str | None = None) -> Iterator[None]:
        """Set `ns` and `library` inside an element that declares its own."""
        outer = self.ns, self.library
        self.ns = self.ns if ns is None else ns
        self.library = self.library if library is None else library
        yield
        self.ns, self.library = outer

    # Data

    def data(self, node: s.Data) -> _Tag:
        tag = _Tag("data", {"type": node.type, **self.library_attribute(node.library)})
        for param in node.params:
            tag.children += self.add_notes(param, _Tag("param", {"name": param.name}, [param.value], verbatim=True))
        if node.except_ is not None:
            with self.inside(library=node.library):
                tag.children.append(_Tag("except", {}, self.write_content(node.except_, grouped=s.Choice)))
        return tag

    def value(self, node: s.Value) -> _Tag:
        typed = (
            {} if (node.library, node.type) == ("", "token") else {"type": node.type, **self.library_attribute(node.library)}
        )
        qname = split_qname(node)
        unread = node.ns == INHERIT and (qname is None or bool(qname[0]))  # only a QName without a prefix reads it
        attributes = {**typed, **({} if unread else self.inherit_ns(node.ns))}
        if qname and qname[0] and self.prefixes.get(qname[1]) != qname[0] and qname[0] != "xml":
            attributes[f"xmlns:{qname[0]}"] = qname[1]
        return _Tag("value", attributes, [node.value], verbatim=True)

    def library_attribute(self, library: str) -> dict[str, str]:
        return {} if library == self.library else {"datatypeLibrary": library}

    # Names

    def short_name(self, node: s.Element | s.AttributePattern) -> str:
        """Return the name as @name: one without notes that needs no `ns` of its own; else ""."""
        name = node.name
        if not isinstance(name, s.Name) or name.notes != s.Notes():
            return ""
        if name.ns == ("" if isinstance(node, s.AttributePattern) else self.ns):
            return name.local
        return f"{self.prefixes[name.ns]}:{name.local}" if name.ns in self.prefixes else ""

    def write_names(self, node: s.NameClass) -> list[_Item]:
        return self.add_notes(node, self.name_tag(node))

    def name_tag(self, node: s.NameClass) -> _Tag:
        match node:
            case s.Name():
                if node.ns != self.ns and node.ns in self.prefixes:
                    return _Tag("name", {}, [f"{self.prefixes[node.ns]}:{node.local}"], verbatim=True)
                return _Tag("name", self.inherit_ns(node.ns), [node.local], verbatim=True)
            case s.NameChoice():
                return _Tag("choice", {}, [item for name in node.names for item in self.write_names(name)])
            case s.AnyName():
                return _Tag("anyName", {}, self.name_except(node.except_))
            case s.NsName():
                tag = _Tag("nsName", self.inherit_ns(node.ns))
                with self.inside(ns=node.ns):
                    tag.children = self.name_except(node.except_)
                return tag
            case _:
                assert_never(node)

    def name_except(self, names: s.NameClass | None) -> list[_Item]:
        if names is None:
            return []
        if isinstance(names, s.NameChoice) and len(names.names) > 1 and names.notes == s.Notes():
            return [_Tag("except", {}, [item for name in names.names for item in self.write_names(name)])]
        return [_Tag("except", {}, self.write_names(names))]

    # Annotations

    def annotations(self, elements: Iterable[s.Annotation]) -> list[_Item]:
        return [self.annotation(element, declared=False) for element in elements]

    def annotation(self, element: s.Annotation, *, declared: bool) -> _Tag:
        """Write an annotation. `declared`: unprefixed names are already in no namespace."""
        unnamed = not element.name[0]
        attributes = {"xmlns": ""} if unnamed and not declared else {}
        attributes |= {self.qname(attribute.name): attribute.value for attribute in element.attributes}
        declared = declared or unnamed
        children = [
            child if isinstance(child, str) else self.annotation(child, declared=declared) for child in element.children
        ]
        return _Tag(self.qname(element.name), attributes, [*children], verbatim=True)

    def qname(self, name: s.ExpandedName) -> str:
        return f"{self.prefixes[name[0]]}:{name[1]}" if name[0] else name[1]


def _combine_attribute(node: s.Start | s.Define) -> dict[str, str]:
    return {"combine": node.combine} if node.combine else {}


_KINDS: dict[type[s.Node], str] = {
    s.AttributePattern: "attribute",
    **{
        kind: kind.__name__[0].lower() + kind.__name__[1:]
        for kind in (
            *(s.Element, s.Group, s.Interleave, s.Choice, s.Optional, s.ZeroOrMore, s.OneOrMore, s.List, s.Mixed),
            *(s.Text, s.Empty, s.NotAllowed, s.Ref, s.ParentRef, s.Grammar, s.Div),
        )
    },
}


# Laying out


def _lay_out(item: _Item, indent: str, lines: list[str], *, spread: bool = False) -> None:
    """Append the lines of an item. `spread`: write one line for each attribute, as for the root."""
    if isinstance(item, _Comment):
        lines += _write_comment(item.text, indent)
    elif isinstance(item, str) or item.verbatim:
        lines.append(indent + _write_inline(item))
    else:
        start = indent + _write_start(item, ("\n " + indent + " " * len(item.name) + " ") if spread else " ")
        if not item.children:
            lines.append(start + "/>")
            return
        lines.append(start + ">")
        for child in item.children:
            _lay_out(child, indent + "  ", lines)
        lines.append(f"{indent}</{item.name}>")


def _write_inline(item: _Item) -> str:
    if isinstance(item, str):
        return item.translate(_TEXT)
    assert isinstance(item, _Tag)  # an annotation holds no comments
    inner = "".join(_write_inline(child) for child in item.children)
    return f"{_write_start(item, ' ')}>{inner}</{item.name}>" if inner else _write_start(item, " ") + "/>"


def _write_start(tag: _Tag, between: str) -> str:
    attributes = [f'{name}="{value.translate(_ATTRIBUTE)}"' for name, value in tag.attributes.items()]
    return "<" + " ".join([tag.name, between.join(attributes)] if attributes else [tag.name])


def _write_comment(text: str, indent: str) -> list[str]:
    """Write a comment; XML allows no `--` in it and no `-` at its end."""
    inner = [line.replace("--", "- -").replace("--", "- -") for line in split_comment(text)]
    if len(inner) == 1:
        return [f"{indent}<!-- {inner[0]} -->" if inner[0] else f"{indent}<!-- -->"]
    return [f"{indent}<!--", *(f"{indent}  {line}".rstrip() for line in inner), f"{indent}-->"]
