"""The full syntax of RELAX NG (ISO/IEC 19757-2, clause 6 and Annex C) as frozen nodes: readers build them, writers print
them.

Nothing is simplified here. Names are resolved (a QName is `(namespace, local)`), datatype libraries and `ns` stay on the node
that they apply to, references are names, and `include` and `externalRef` are addresses. Every node knows its place in the
file.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from siglum.text.frozen import frozen

Combine = Literal["choice", "interleave"]
ExpandedName = tuple[str, str]
"""Namespace name and local name."""


@frozen
class Origin:
    """A place in a file: the path as messages show it, and a line and column from 1."""

    path: str = ""
    line: int = 0
    column: int = 0


@frozen
class Attribute:
    """A foreign attribute of an annotation."""

    name: ExpandedName
    value: str
    prefix: str = ""


@frozen
class Annotation:
    """A foreign element: its children are strings and elements."""

    name: ExpandedName
    attributes: tuple[Attribute, ...] = ()
    children: tuple[str | Annotation, ...] = ()
    prefix: str = ""


@frozen
class Notes:
    """The annotations of a node, which do not affect validity: comments, foreign attributes and elements, in and after the
    node.
    """

    comments: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    initial: tuple[Annotation, ...] = ()
    following: tuple[Annotation, ...] = ()


@frozen
class Node:
    """The base of all nodes; comparisons ignore its two fields."""

    origin: Origin = field(default=Origin(), compare=False, kw_only=True)
    notes: Notes = field(default=Notes(), compare=False, kw_only=True)


# Name classes (clause 6.3; `anyName`, `nsName`, `name`, `choice`, with `except`)


@frozen
class AnyName(Node):
    except_: NameClass | None = None


@frozen
class NsName(Node):
    ns: str
    except_: NameClass | None = None


@frozen
class Name(Node):
    ns: str
    local: str
    prefix: str = field(default="", compare=False)


@frozen
class NameChoice(Node):
    names: tuple[NameClass, ...]


NameClass = AnyName | NsName | Name | NameChoice


# Patterns


@frozen
class Element(Node):
    name: NameClass
    content: Pattern


@frozen
class AttributePattern(Node):
    name: NameClass
    content: Pattern


@frozen
class Group(Node):
    patterns: tuple[Pattern, ...]


@frozen
class Interleave(Node):
    patterns: tuple[Pattern, ...]


@frozen
class Choice(Node):
    patterns: tuple[Pattern, ...]


@frozen
class Optional(Node):
    content: Pattern


@frozen
class ZeroOrMore(Node):
    content: Pattern


@frozen
class OneOrMore(Node):
    content: Pattern


@frozen
class List(Node):
    content: Pattern


@frozen
class Mixed(Node):
    content: Pattern


@frozen
class Text(Node):
    pass


@frozen
class Empty(Node):
    pass


@frozen
class NotAllowed(Node):
    pass


@frozen
class Param(Node):
    name: str
    value: str


@frozen
class Data(Node):
    library: str
    type: str
    params: tuple[Param, ...] = ()
    except_: Pattern | None = None


@frozen
class Value(Node):
    """A value with the context of its QNames: `namespaces` holds prefix and name; `""` is the default namespace."""

    value: str
    library: str = ""
    type: str = "token"
    ns: str = ""
    namespaces: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@frozen
class Ref(Node):
    name: str


@frozen
class ParentRef(Node):
    name: str


@frozen
class ExternalRef(Node):
    """`ns`: the namespace that the file inherits if it declares none (4.6)."""

    href: str
    ns: str = ""
    base: str = field(default="", compare=False)


@frozen
class Grammar(Node):
    components: tuple[Component, ...]


Pattern = (
    Element
    | AttributePattern
    | Group
    | Interleave
    | Choice
    | Optional
    | ZeroOrMore
    | OneOrMore
    | List
    | Mixed
    | Text
    | Empty
    | NotAllowed
    | Data
    | Value
    | Ref
    | ParentRef
    | ExternalRef
    | Grammar
)


# Components of a grammar


@frozen
class Start(Node):
    content: Pattern
    combine: Combine | None = None


@frozen
class Define(Node):
    name: str
    content: Pattern
    combine: Combine | None = None


@frozen
class Div(Node):
    components: tuple[Component, ...]


@frozen
class Include(Node):
    href: str
    components: tuple[Component, ...] = ()
    ns: str = ""
    base: str = field(default="", compare=False)


Component = Start | Define | Div | Include
