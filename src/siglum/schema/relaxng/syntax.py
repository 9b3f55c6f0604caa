"""The full syntax of RELAX NG (ISO/IEC 19757-2, clause 6 and Annex C) as frozen nodes: readers make them, writers print them.

Nothing is simplified here. Names are resolved (a QName is `(namespace, local)`), datatype libraries and `ns` are kept on the
node they hold for, references stay by name, and `include` and `externalRef` by address. Every node knows where it was written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Combine = Literal["choice", "interleave"]
ExpandedName = tuple[str, str]
"""A namespace name and a local name."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was written: a file (as it is called in messages) and a 1-based line and column."""

    path: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Attribute:
    """A foreign attribute of an annotation."""

    name: ExpandedName
    value: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A foreign element: its children are strings and elements."""

    name: ExpandedName
    attributes: tuple[Attribute, ...] = ()
    children: tuple[str | Annotation, ...] = ()
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """What is said about a node without meaning for validity: comments, foreign attributes and elements, in it and after it."""

    comments: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    initial: tuple[Annotation, ...] = ()
    following: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """What every node of the syntax carries; neither field takes part in comparisons."""

    origin: Origin = field(default=Origin(), compare=False, kw_only=True)
    notes: Notes = field(default=Notes(), compare=False, kw_only=True)


# Name classes (clause 6.3; `anyName`, `nsName`, `name`, `choice`, with `except`)


@dataclass(frozen=True, slots=True)
class AnyName(Node):
    except_: NameClass | None = None


@dataclass(frozen=True, slots=True)
class NsName(Node):
    ns: str
    except_: NameClass | None = None


@dataclass(frozen=True, slots=True)
class Name(Node):
    ns: str
    local: str
    prefix: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class NameChoice(Node):
    names: tuple[NameClass, ...]


NameClass = AnyName | NsName | Name | NameChoice


# Patterns


@dataclass(frozen=True, slots=True)
class Element(Node):
    name: NameClass
    content: Pattern


@dataclass(frozen=True, slots=True)
class AttributePattern(Node):
    name: NameClass
    content: Pattern


@dataclass(frozen=True, slots=True)
class Group(Node):
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Interleave(Node):
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Choice(Node):
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Optional(Node):
    content: Pattern


@dataclass(frozen=True, slots=True)
class ZeroOrMore(Node):
    content: Pattern


@dataclass(frozen=True, slots=True)
class OneOrMore(Node):
    content: Pattern


@dataclass(frozen=True, slots=True)
class List(Node):
    content: Pattern


@dataclass(frozen=True, slots=True)
class Mixed(Node):
    content: Pattern


@dataclass(frozen=True, slots=True)
class Text(Node):
    pass


@dataclass(frozen=True, slots=True)
class Empty(Node):
    pass


@dataclass(frozen=True, slots=True)
class NotAllowed(Node):
    pass


@dataclass(frozen=True, slots=True)
class Param(Node):
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Data(Node):
    library: str
    type: str
    params: tuple[Param, ...] = ()
    except_: Pattern | None = None


@dataclass(frozen=True, slots=True)
class Value(Node):
    """A value with the context in which QNames in it are read: `namespaces` holds prefix and name, `""` being the default."""

    value: str
    library: str = ""
    type: str = "token"
    ns: str = ""
    namespaces: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Ref(Node):
    name: str


@dataclass(frozen=True, slots=True)
class ParentRef(Node):
    name: str


@dataclass(frozen=True, slots=True)
class ExternalRef(Node):
    """`ns`: what the file read inherits where it does not say (4.6)."""

    href: str
    ns: str = ""
    base: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Start(Node):
    content: Pattern
    combine: Combine | None = None


@dataclass(frozen=True, slots=True)
class Define(Node):
    name: str
    content: Pattern
    combine: Combine | None = None


@dataclass(frozen=True, slots=True)
class Div(Node):
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Include(Node):
    href: str
    components: tuple[Component, ...] = ()
    ns: str = ""
    base: str = field(default="", compare=False)


Component = Start | Define | Div | Include
