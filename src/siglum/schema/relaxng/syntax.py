"""The full syntax of RELAX NG (ISO/IEC 19757-2, clause 6 and Annex C) as frozen nodes: readers make them, writers print them.

Nothing is simplified here. Names are resolved (a QName is `(namespace, local)`), datatype libraries and `ns` are kept on the
node they hold for, references stay by name, and `include` and `externalRef` by address. Every node knows where it was written.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal, NamedTuple

from siglum.schema.node import node

Combine = Literal["choice", "interleave"]
ExpandedName = tuple[str, str]
"""A namespace name and a local name."""


class Origin(NamedTuple):
    """Where something was written: a file (as it is called in messages) and a 1-based line and column."""

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
    """What is said about a node without meaning for validity: comments, foreign attributes and elements, in it and after it."""

    comments: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    initial: tuple[Annotation, ...] = ()
    following: tuple[Annotation, ...] = ()


@node
class Node:
    """What every node of the syntax carries; neither field takes part in comparisons."""

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
    """A value with the context in which QNames in it are read: `namespaces` holds prefix and name, `""` being the default."""

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
    """`ns`: what the file read inherits where it does not say (4.6)."""

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
