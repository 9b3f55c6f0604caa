"""The full syntax of RELAX NG (ISO/IEC 19757-2, clause 6 and Annex C) as frozen nodes: readers build them, writers print
them.

Nothing is simplified here. Names are resolved (a QName is `(namespace, local)`), datatype libraries and `ns` stay on the node
that they apply to, references are names, and `include` and `externalRef` are addresses. Every node knows its place in the
file.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal, NamedTuple

from siglum.schema.node import node

Combine = Literal["choice", "interleave"]
ExpandedName = tuple[str, str]
"""Namespace name and local name."""


class Origin(NamedTuple):
    """A place in a file: the path as messages show it, and a line and column from 1."""

    path: str = ""
    line: int = 0
    column: int = 0


@node
class Attribute:
    """A foreign attribute of an annotation."""

    name: ExpandedName
    value: str
    prefix: str = ""


@node
class Annotation:
    """A foreign element: its children are strings and elements."""

    name: ExpandedName
    attributes: tuple[Attribute, ...] = ()
    children: tuple[str | Annotation, ...] = ()
    prefix: str = ""


@node
class Notes:
    """The annotations of a node, which do not affect validity: comments, foreign attributes and elements, in and after the
    node.
    """

    comments: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    initial: tuple[Annotation, ...] = ()
    following: tuple[Annotation, ...] = ()


@node
class Node:
    """The base of all nodes; comparisons ignore its two fields."""

    origin: Origin = field(default=Origin(), compare=False, kw_only=True)
    notes: Notes = field(default=Notes(), compare=False, kw_only=True)


# Name classes (clause 6.3; `anyName`, `nsName`, `name`, `choice`, with `except`)


@node
class AnyName(Node):
    except_: NameClass | None = None


@node
class NsName(Node):
    ns: str
    except_: NameClass | None = None


@node
class Name(Node):
    ns: str
    local: str
    prefix: str = field(default="", compare=False)


@node
class NameChoice(Node):
    names: tuple[NameClass, ...]


NameClass = AnyName | NsName | Name | NameChoice


# Patterns


@node
class Element(Node):
    name: NameClass
    content: Pattern


@node
class AttributePattern(Node):
    name: NameClass
    content: Pattern


@node
class Group(Node):
    patterns: tuple[Pattern, ...]


@node
class Interleave(Node):
    patterns: tuple[Pattern, ...]


@node
class Choice(Node):
    patterns: tuple[Pattern, ...]


@node
class Optional(Node):
    content: Pattern


@node
class ZeroOrMore(Node):
    content: Pattern


@node
class OneOrMore(Node):
    content: Pattern


@node
class List(Node):
    content: Pattern


@node
class Mixed(Node):
    content: Pattern


@node
class Text(Node):
    pass


@node
class Empty(Node):
    pass


@node
class NotAllowed(Node):
    pass


@node
class Param(Node):
    name: str
    value: str


@node
class Data(Node):
    library: str
    type: str
    params: tuple[Param, ...] = ()
    except_: Pattern | None = None


@node
class Value(Node):
    """A value with the context of its QNames: `namespaces` holds prefix and name; `""` is the default namespace."""

    value: str
    library: str = ""
    type: str = "token"
    ns: str = ""
    namespaces: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@node
class Ref(Node):
    name: str


@node
class ParentRef(Node):
    name: str


@node
class ExternalRef(Node):
    """`ns`: the namespace that the file inherits if it declares none (4.6)."""

    href: str
    ns: str = ""
    base: str = field(default="", compare=False)


@node
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


@node
class Start(Node):
    content: Pattern
    combine: Combine | None = None


@node
class Define(Node):
    name: str
    content: Pattern
    combine: Combine | None = None


@node
class Div(Node):
    components: tuple[Component, ...]


@node
class Include(Node):
    href: str
    components: tuple[Component, ...] = ()
    ns: str = ""
    base: str = field(default="", compare=False)


Component = Start | Define | Div | Include
